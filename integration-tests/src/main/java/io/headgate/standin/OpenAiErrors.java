// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How OpenAI refuses. */
final class OpenAiErrors {

  private OpenAiErrors() {}

  static Reply refuse(Refusal refusal) {
    Map<String, @Nullable Object> body = refusal.body();
    return Reply.json(refusal.status(), body != null ? body : Json.object("error", error(refusal)))
        .with("x-request-id", "req_" + Integer.toHexString(refusal.message().hashCode()));
  }

  static String streamError() {
    return Reply.data(Json.object("error", error(500, Refusal.scripted(500).message())));
  }

  private static Map<String, @Nullable Object> error(Refusal refusal) {
    Map<String, @Nullable Object> error = error(refusal.status(), refusal.message());
    if (refusal.status() == 400) {
      error.put("param", refusal.param());
      error.put("code", refusal.code());
    }
    return error;
  }

  private static Map<String, @Nullable Object> error(int status, String message) {
    return switch (status) {
      case 401 -> of(message, "invalid_request_error", "invalid_api_key");
      case 404 -> of(notFound(message), "invalid_request_error", "model_not_found");
      case 429 -> of(message, "requests", "rate_limit_exceeded");
      case 400, 403, 422 -> of(message, "invalid_request_error", null);
      default -> of(message, "server_error", null);
    };
  }

  /** A refusal with 404 has just the model for a message, or a whole sentence. */
  private static String notFound(String message) {
    return message.indexOf(' ') >= 0
        ? message
        : "The model `" + message + "` does not exist or you do not have access to it.";
  }

  private static Map<String, @Nullable Object> of(
      String message, String type, @Nullable String code) {
    return Json.object("message", message, "type", type, "param", null, "code", code);
  }
}
