// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what Cohere says when it fails: a message and a status, 498 and 499 among them. */
final class CohereErrors {

  private static final List<String> TOO_LONG =
      List.of(
          "too many tokens",
          "context length",
          "context window",
          "too long",
          "maximum number of tokens",
          "total number of tokens");

  private static final List<String> QUOTA =
      List.of("trial key", "billing", "spending limit", "monthly", "/ month");

  private static final List<String> FILTERED =
      List.of("content filter", "blocked content", "safety", "toxic");

  private CohereErrors() {}

  static ApiFailure failure(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    String message = text;
    if (body != null) {
      Map<String, @Nullable Object> error = Nodes.map(body.get("error"));
      Object said = error == null ? body.get("message") : error.get("message");
      message = Nodes.text(said == null ? body.get("error") : said);
    }
    return new ApiFailure(
        kind(status, message.toLowerCase(Locale.ROOT)), status, message, null, null);
  }

  private static Kind kind(int status, String message) {
    return switch (status) {
      // 498: the token is not valid.
      case 401, 498 -> Kind.AUTHENTICATION;
      case 402 -> Kind.QUOTA;
      case 403 -> Kind.PERMISSION;
      case 404 -> Kind.NOT_FOUND;
      // 499: given up in the middle.
      case 408, 499, 504 -> Kind.TIMEOUT;
      case 409 -> Kind.CONFLICT;
      case 413 -> Kind.TOO_LARGE;
      case 429 -> says(message, QUOTA) ? Kind.QUOTA : Kind.RATE_LIMIT;
      case 503, 529 -> Kind.OVERLOADED;
      default -> refused(status, message);
    };
  }

  private static Kind refused(int status, String message) {
    if (status >= 500) {
      return Kind.SERVER;
    }
    if (says(message, TOO_LONG)) {
      return Kind.CONTEXT_LENGTH;
    }
    if (says(message, FILTERED)) {
      return Kind.CONTENT_FILTER;
    }
    if (status == 0) {
      return Kind.SERVER;
    }
    return status == 422 ? Kind.UNPROCESSABLE : Kind.BAD_REQUEST;
  }

  private static boolean says(String message, List<String> words) {
    return words.stream().anyMatch(message::contains);
  }
}
