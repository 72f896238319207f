// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ApiFailure;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads errors: Anthropic's own (Anthropic API reference, errors), and Google's, which Vertex AI
 * gives for what goes wrong before Claude is asked.
 */
final class MessagesErrorReader {

  /** Longer than any error that a person would read. */
  private static final int MOST = 2000;

  /** What a message is about: a path at its start, or a name in backticks. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "^([a-z_]{2,40}(?:\\.[A-Za-z0-9_]{1,40}){0,8}): |^[^`]{0,40}`([a-z_]{2,40})`");

  private static final List<String> TOO_LONG =
      List.of(
          "prompt is too long",
          "input is too long",
          "exceed context limit",
          "exceeds context limit",
          "maximum context length",
          "context window",
          "exceeds the maximum number of tokens");

  private MessagesErrorReader() {}

  static ApiFailure read(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    Map<String, @Nullable Object> root = body;
    if (root == null) {
      // Vertex has streams' errors as an array of one.
      List<@Nullable Object> list =
          Nodes.list(JsonTree.exact(text.getBytes(StandardCharsets.UTF_8)));
      root = list.isEmpty() ? null : Nodes.map(list.get(0));
    }
    if (root == null) {
      return failure(status, "", plain(text, status));
    }
    Map<String, @Nullable Object> error = Nodes.map(root.get("error"));
    if (error == null) {
      String message = Nodes.text(root.get(root.containsKey("message") ? "message" : "error"));
      return failure(status, "", message.isEmpty() ? plain("", status) : message);
    }
    String type = Nodes.text(error.get("type"));
    if (type.isEmpty()) {
      type = Nodes.text(error.get("status"));
    }
    int told = status == 0 ? (int) Math.min(999, Nodes.number(error.get("code"), 0)) : status;
    return failure(told, type, Nodes.text(error.get("message")));
  }

  /** A page of HTML says nothing to an app. */
  private static String plain(String text, int status) {
    String said = text.strip();
    if (said.isEmpty() || said.startsWith("<")) {
      return status > 0 ? "the provider answered with status " + status : "the provider failed";
    }
    return said.length() > MOST ? said.substring(0, MOST) : said;
  }

  private static ApiFailure failure(int status, String type, String message) {
    ApiFailure.Kind kind = kind(status, type, message.toLowerCase(Locale.ROOT));
    return new ApiFailure(
        kind, Math.max(0, status), message, type.isEmpty() ? null : type, parameter(kind, message));
  }

  private static @Nullable String parameter(ApiFailure.Kind kind, String message) {
    if (kind != ApiFailure.Kind.BAD_REQUEST && kind != ApiFailure.Kind.UNPROCESSABLE) {
      return null;
    }
    Matcher named = PARAMETER.matcher(message);
    if (!named.find()) {
      return null;
    }
    return named.group(1) == null ? named.group(2) : named.group(1);
  }

  private static ApiFailure.Kind kind(int status, String type, String message) {
    ApiFailure.Kind kind = byStatus(status);
    if (kind == null) {
      kind = byType(type);
    }
    return switch (kind) {
      case BAD_REQUEST, UNPROCESSABLE, TOO_LARGE -> refined(kind, type, message);
      case RATE_LIMIT, PERMISSION -> type.equals("billing_error") ? ApiFailure.Kind.QUOTA : kind;
      case CONTEXT_LENGTH,
          CONTENT_FILTER,
          AUTHENTICATION,
          NOT_FOUND,
          CONFLICT,
          QUOTA,
          TIMEOUT,
          OVERLOADED,
          SERVER ->
          kind;
    };
  }

  private static ApiFailure.Kind refined(ApiFailure.Kind kind, String type, String message) {
    if (TOO_LONG.stream().anyMatch(message::contains)) {
      return ApiFailure.Kind.CONTEXT_LENGTH;
    }
    if (type.equals("billing_error") || message.contains("credit balance is too low")) {
      return ApiFailure.Kind.QUOTA;
    }
    return message.contains("content filtering policy") ? ApiFailure.Kind.CONTENT_FILTER : kind;
  }

  /** Null if the status tells nothing. */
  private static ApiFailure.@Nullable Kind byStatus(int status) {
    return switch (status) {
      case 401 -> ApiFailure.Kind.AUTHENTICATION;
      case 402 -> ApiFailure.Kind.QUOTA;
      case 403 -> ApiFailure.Kind.PERMISSION;
      case 404 -> ApiFailure.Kind.NOT_FOUND;
      case 408, 504 -> ApiFailure.Kind.TIMEOUT;
      case 409 -> ApiFailure.Kind.CONFLICT;
      case 413 -> ApiFailure.Kind.TOO_LARGE;
      case 422 -> ApiFailure.Kind.UNPROCESSABLE;
      case 429 -> ApiFailure.Kind.RATE_LIMIT;
      case 503, 529 -> ApiFailure.Kind.OVERLOADED;
      default -> {
        if (status < 400) {
          yield null;
        }
        yield status < 500 ? ApiFailure.Kind.BAD_REQUEST : ApiFailure.Kind.SERVER;
      }
    };
  }

  private static ApiFailure.Kind byType(String type) {
    return switch (type) {
      case "invalid_request_error", "INVALID_ARGUMENT", "FAILED_PRECONDITION" ->
          ApiFailure.Kind.BAD_REQUEST;
      case "authentication_error", "UNAUTHENTICATED" -> ApiFailure.Kind.AUTHENTICATION;
      case "billing_error" -> ApiFailure.Kind.QUOTA;
      case "permission_error", "PERMISSION_DENIED" -> ApiFailure.Kind.PERMISSION;
      case "not_found_error", "NOT_FOUND" -> ApiFailure.Kind.NOT_FOUND;
      case "request_too_large" -> ApiFailure.Kind.TOO_LARGE;
      case "rate_limit_error", "RESOURCE_EXHAUSTED" -> ApiFailure.Kind.RATE_LIMIT;
      case "timeout_error", "DEADLINE_EXCEEDED" -> ApiFailure.Kind.TIMEOUT;
      case "overloaded_error", "UNAVAILABLE" -> ApiFailure.Kind.OVERLOADED;
      default -> ApiFailure.Kind.SERVER;
    };
  }
}
