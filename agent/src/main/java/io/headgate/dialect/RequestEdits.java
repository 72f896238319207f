// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.gateway.BodyEdits;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.RequestBody;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes the bodies of requests, in all wire formats we know, by replacing parts of their bytes:
 * white space, order, repeated names, spellings of numbers and fields nobody knows stay as the app
 * wrote them. A body that needs no change comes back as the same instance.
 */
final class RequestEdits {

  private RequestEdits() {}

  /**
   * See {@link io.headgate.gateway.WireEditor#withModel}. A body that repeats what the path says is
   * changed too. Multipart forms can be edited.
   */
  static @Nullable RequestBody withModel(Endpoint endpoint, RequestBody body, String model) {
    byte[] bytes = body.bytes();
    if (ModelEdit.neverInBody(endpoint.format()) && (body.opaque() || bytes.length == 0)) {
      return body;
    }
    if (body.opaque() || bytes.length == 0) {
      return body.opaque() || !ModelEdit.inPath(endpoint) ? null : body;
    }
    try {
      if (MultipartForm.looksLike(bytes)) {
        return changed(body, FormEdit.set(bytes, "model", model, !ModelEdit.inPath(endpoint)));
      }
      JsonText json = JsonText.of(bytes);
      if (json == null) {
        return ModelEdit.neverInBody(endpoint.format()) ? body : null;
      }
      JsonText edited = ModelEdit.apply(endpoint, json, model);
      return changed(body, edited == null ? null : edited.bytes());
    } catch (Splices.TooLargeException e) {
      return null;
    }
  }

  /**
   * See {@link io.headgate.gateway.WireEditor#edited}. First the system prompt, then what is to be
   * removed, set, and clamped, in this order. A system prompt is left out where the operation or
   * the body has no place for one; so are the sampling fields of {@link FieldNames} where they
   * would mean nothing.
   */
  static @Nullable RequestBody edited(Endpoint endpoint, RequestBody body, BodyEdits edits) {
    String before = SystemPrompt.has(endpoint) ? text(edits.systemPrepend()) : null;
    String behind = SystemPrompt.has(endpoint) ? text(edits.systemAppend()) : null;
    if (before == null
        && behind == null
        && edits.set().isEmpty()
        && edits.clamp().isEmpty()
        && edits.remove().isEmpty()) {
      return body;
    }
    JsonText json = body.opaque() ? null : JsonText.of(body.bytes());
    if (json == null) {
      return null;
    }
    try {
      RequestKind kind = RequestKind.of(endpoint.format(), json);
      Splices prompt = SystemPrompt.edit(json, kind, endpoint.operation(), before, behind);
      JsonText edited = fields(endpoint, kind, json.with(prompt), edits);
      return changed(body, edited.bytes());
    } catch (Splices.TooLargeException e) {
      return null;
    }
  }

  private static JsonText fields(
      Endpoint endpoint, RequestKind kind, JsonText json, BodyEdits edits) {
    JsonEdit edit = new JsonEdit(json);
    for (String name : edits.remove()) {
      String path = FieldNames.path(name, kind, endpoint.operation(), edit);
      if (path != null) {
        edit.remove(path);
      }
    }
    for (Map.Entry<String, @Nullable Object> entry : edits.set().entrySet()) {
      String name = entry.getKey();
      String path = FieldNames.path(name, kind, endpoint.operation(), edit);
      if (path != null) {
        edit.set(path, JsonWords.value(FieldNames.fitted(name, path, entry.getValue())));
      }
    }
    for (Map.Entry<String, BodyEdits.Range> entry : edits.clamp().entrySet()) {
      String path = FieldNames.path(entry.getKey(), kind, endpoint.operation(), edit);
      if (path != null) {
        edit.clamp(path, entry.getValue().least(), entry.getValue().most());
      }
    }
    return edit.json();
  }

  /** Nothing to add is nothing; a block of white space would be refused, too. */
  private static @Nullable String text(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static @Nullable RequestBody changed(RequestBody body, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    return bytes == body.bytes() ? body : RequestBody.of(bytes);
  }
}
