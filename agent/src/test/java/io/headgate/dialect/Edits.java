// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.BodyEdits;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.RequestBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short ways to say what a test edits. */
final class Edits {

  private Edits() {}

  static Endpoint endpoint(WireFormat format, Operation operation, @Nullable String model) {
    return new Endpoint("p", "p", format, operation, model, false);
  }

  static Endpoint chat(WireFormat format) {
    return endpoint(format, Operation.CHAT, null);
  }

  static RequestBody body(String text) {
    return RequestBody.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static BodyEdits system(@Nullable String prepend, @Nullable String append) {
    return new BodyEdits(prepend, append, Map.of(), Map.of(), List.of());
  }

  static BodyEdits set(String name, Object value) {
    return new BodyEdits(null, null, Map.of(name, value), Map.of(), List.of());
  }

  static BodyEdits clamp(String name, double least, double most) {
    return new BodyEdits(
        null, null, Map.of(), Map.of(name, new BodyEdits.Range(least, most)), List.of());
  }

  static BodyEdits remove(String... names) {
    return new BodyEdits(null, null, Map.of(), Map.of(), List.of(names));
  }

  /** What comes of a body; {@code "same"} for the same instance, {@code "none"} for null. */
  static String edited(Endpoint endpoint, String body, BodyEdits edits) {
    RequestBody before = body(body);
    return told(before, RequestEdits.edited(endpoint, before, edits));
  }

  static String withModel(Endpoint endpoint, String body, String model) {
    RequestBody before = body(body);
    return told(before, RequestEdits.withModel(endpoint, before, model));
  }

  private static String told(RequestBody before, @Nullable RequestBody after) {
    if (after == null) {
      return "none";
    }
    return after == before ? "same" : after.text();
  }
}
