// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.ollama;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what Ollama says when it fails: {@code error} is a text, of a line in a stream as well. */
final class OllamaErrors {

  private static final List<String> TOO_LONG =
      List.of(
          "context length",
          "context window",
          "context size",
          "exceeds the available context",
          "input length",
          "prompt is too long");

  private OllamaErrors() {}

  static ApiFailure failure(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    String message = text;
    int told = status;
    if (body != null) {
      Object error = body.get("error");
      Map<String, @Nullable Object> map = Nodes.map(error);
      message = Nodes.text(map == null ? error : map.get("message"));
      message = message.isEmpty() ? Nodes.text(body.get("message")) : message;
      // Ollama's cloud tells the status of a failure within a stream.
      told = status == 0 ? (int) Nodes.number(body.get("status_code"), 0) : status;
    }
    return new ApiFailure(
        kind(told, message.toLowerCase(Locale.ROOT)), status, message, null, null);
  }

  private static Kind kind(int status, String message) {
    return switch (status) {
      case 401 -> Kind.AUTHENTICATION;
      case 402 -> Kind.QUOTA;
      case 403 -> Kind.PERMISSION;
      case 404 -> Kind.NOT_FOUND;
      case 408, 504 -> Kind.TIMEOUT;
      case 409 -> Kind.CONFLICT;
      case 413 -> Kind.TOO_LARGE;
      case 422 -> Kind.UNPROCESSABLE;
      case 429 -> message.contains("usage limit") ? Kind.QUOTA : Kind.RATE_LIMIT;
      case 503, 529 -> Kind.OVERLOADED;
      default -> byWords(status, message);
    };
  }

  /** Within a stream, and of the runner's failures, only words tell. */
  private static Kind byWords(int status, String message) {
    if (TOO_LONG.stream().anyMatch(message::contains)) {
      return Kind.CONTEXT_LENGTH;
    }
    if (message.contains("server busy") || message.contains("overloaded")) {
      return Kind.OVERLOADED;
    }
    if (status < 500 && message.contains("not found")) {
      return Kind.NOT_FOUND;
    }
    return status >= 400 && status < 500 ? Kind.BAD_REQUEST : Kind.SERVER;
  }
}
