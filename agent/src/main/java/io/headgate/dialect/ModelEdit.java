// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts another model into a body, where that is where the model is named. */
final class ModelEdit {

  private static final String MODEL = "model";

  private final JsonText json;
  private final String model;
  private final byte[] utf8;
  private final Splices splices = new Splices();

  private ModelEdit(JsonText json, String model) {
    this.json = json;
    this.model = model;
    this.utf8 = model.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the path names the model, so that a body need not. */
  static boolean inPath(Endpoint endpoint) {
    return endpoint.model() != null || neverInBody(endpoint.format());
  }

  static boolean neverInBody(WireFormat format) {
    return format == WireFormat.GEMINI || format == WireFormat.BEDROCK;
  }

  /** The very same text if nothing had to change; null if it has no place for a model. */
  static @Nullable JsonText apply(Endpoint endpoint, JsonText json, String model) {
    ModelEdit edit = new ModelEdit(json, model);
    if (endpoint.format() == WireFormat.GEMINI) {
      edit.gemini();
    } else if (endpoint.format() != WireFormat.BEDROCK && !edit.member(endpoint)) {
      return null;
    }
    return json.with(edit.splices);
  }

  private boolean member(Endpoint endpoint) {
    List<Integer> values = json.values(json.root(), MODEL);
    for (int value : values) {
      if (!json.isString(value) || !json.isText(value, model, utf8)) {
        splices.replace(value, json.end(value), JsonWords.string(model));
      }
    }
    if (!values.isEmpty() || inPath(endpoint)) {
      return true;
    }
    // An agent of Mistral's brings its own model; of other formats we know no place.
    if (endpoint.format() == WireFormat.OTHER || json.says(json.root(), "agent_id")) {
      return false;
    }
    json.append(json.root(), MODEL, JsonWords.string(model), splices);
    return true;
  }

  /** Some bodies repeat what the path says ({@code models/x}), and must not say otherwise. */
  private void gemini() {
    repeated(json.root());
    for (int request : json.values(json.root(), "generateContentRequest")) {
      if (json.isObject(request)) {
        repeated(request);
      }
    }
    for (int requests : json.values(json.root(), "requests")) {
      JsonCursor all = json.isArray(requests) ? new JsonCursor(json, requests) : null;
      while (all != null && all.next()) {
        if (json.isObject(all.value())) {
          repeated(all.value());
        }
      }
    }
  }

  private void repeated(int object) {
    for (int value : json.values(object, MODEL)) {
      if (json.isString(value)) {
        String old = json.text(value);
        String repeated = old.substring(0, old.lastIndexOf('/') + 1) + model;
        if (!old.equals(repeated)) {
          splices.replace(value, json.end(value), JsonWords.string(repeated));
        }
      }
    }
  }
}
