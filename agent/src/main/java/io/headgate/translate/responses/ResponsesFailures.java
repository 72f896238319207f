// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.json.JsonNumber;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a provider says instead of an answer: of OpenAI's shape, or of what servers that
 * copied its API have in place of that. What it is about is told by the status first, then by the
 * provider's words for it, then by the message.
 */
final class ResponsesFailures {

  /** How much of a body that is no JSON is told of, in characters. */
  private static final int LONGEST_TEXT = 500;

  private static final List<String> LENGTH =
      List.of(
          "context_length_exceeded",
          "maximum context length",
          "context window",
          "prompt is too long",
          "input is too long",
          "exceeds the maximum number of tokens");

  private static final List<String> FILTER =
      List.of("content_filter", "content_policy", "content management policy", "moderation");

  private static final List<String> MONEY =
      List.of("insufficient_quota", "billing", "insufficient_credits", "insufficient_balance");

  private ResponsesFailures() {}

  /** An answer with an error status. */
  static ApiFailure failure(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    if (body != null) {
      return failure(status, body);
    }
    String plain = text.strip();
    boolean page = plain.startsWith("<");
    String message =
        plain.isEmpty() || page
            ? "The provider answered with status " + status + "."
            : plain.substring(0, Math.min(LONGEST_TEXT, plain.length()));
    return new ApiFailure(kind(status, "", plain), status, message, null, null);
  }

  /**
   * An error wherever an object has it.
   *
   * @param status 0 if it came within a success
   */
  static ApiFailure failure(int status, Map<String, @Nullable Object> object) {
    Map<String, @Nullable Object> error = Nodes.map(object.get("error"));
    if (error == null) {
      String text = Nodes.text(object.get("error"));
      error = text.isEmpty() ? object : Nodes.with(object, "message", text);
    }
    String message = Nodes.text(error.get("message"));
    if (message.isEmpty()) {
      message = Nodes.text(error.get("detail"));
    }
    String code = word(error.get("code"));
    String type = word(error.get("type"));
    String names = (code == null ? "" : code) + " " + (type == null ? "" : type);
    int told = status == 0 ? status(error.get("code")) : status;
    return new ApiFailure(
        kind(told, names, message),
        status,
        message,
        code != null ? code : "error".equals(type) ? null : type,
        Nodes.textOrNull(error.get("param")));
  }

  private static @Nullable String word(@Nullable Object value) {
    String word = value instanceof JsonNumber ? value.toString() : Nodes.text(value);
    return word.isEmpty() ? null : word;
  }

  /** Some servers give the status as the code. */
  private static int status(@Nullable Object code) {
    long status = Nodes.number(code, 0);
    return status >= 400 && status < 600 ? (int) status : 0;
  }

  private static Kind kind(int status, String names, String message) {
    String said = (names + " " + message).toLowerCase(Locale.ROOT);
    String words = names.toLowerCase(Locale.ROOT);
    return switch (status) {
      case 401 -> Kind.AUTHENTICATION;
      case 402 -> Kind.QUOTA;
      case 403 -> any(said, FILTER) ? Kind.CONTENT_FILTER : Kind.PERMISSION;
      case 404 -> Kind.NOT_FOUND;
      case 408, 504 -> Kind.TIMEOUT;
      case 409 -> Kind.CONFLICT;
      case 413 -> any(said, LENGTH) ? Kind.CONTEXT_LENGTH : Kind.TOO_LARGE;
      case 429 -> any(said, MONEY) ? Kind.QUOTA : Kind.RATE_LIMIT;
      case 503, 529 -> Kind.OVERLOADED;
      case 0 -> within(said, words);
      default -> {
        if (status >= 500) {
          yield said.contains("overloaded") ? Kind.OVERLOADED : Kind.SERVER;
        }
        Kind kind = refused(said);
        yield kind != Kind.BAD_REQUEST || status != 422 ? kind : Kind.UNPROCESSABLE;
      }
    };
  }

  private static Kind refused(String said) {
    if (any(said, LENGTH)) {
      return Kind.CONTEXT_LENGTH;
    }
    if (any(said, FILTER)) {
      return Kind.CONTENT_FILTER;
    }
    return any(said, MONEY) ? Kind.QUOTA : Kind.BAD_REQUEST;
  }

  /** An error within a success: there are only words. */
  private static Kind within(String said, String words) {
    Kind kind = refused(said);
    if (kind != Kind.BAD_REQUEST) {
      return kind;
    }
    if (words.contains("rate_limit")) {
      return Kind.RATE_LIMIT;
    }
    if (said.contains("overloaded")) {
      return Kind.OVERLOADED;
    }
    if (words.contains("api_key") || words.contains("authentication")) {
      return Kind.AUTHENTICATION;
    }
    if (words.contains("not_found")) {
      return Kind.NOT_FOUND;
    }
    return words.contains("invalid") ? Kind.BAD_REQUEST : Kind.SERVER;
  }

  private static boolean any(String text, List<String> words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
