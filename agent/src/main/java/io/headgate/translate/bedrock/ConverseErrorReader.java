// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.gateway.Headers;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Bedrock says when it fails, by the names of its exceptions, its status and its words.
 */
final class ConverseErrorReader {

  private static final List<String> TOO_LONG =
      List.of(
          "input is too long",
          "prompt is too long",
          "input tokens exceed",
          "maximum context length",
          "context window",
          "context length",
          "maximum number of tokens",
          "maximum number of input tokens",
          "too many input tokens",
          "input token count");

  private static final List<String> FILTERED =
      List.of("content filter", "content policy", "guardrail intervened", "blocked by guardrail");

  private static final List<String> KEYS =
      List.of(
          "security token",
          "signature",
          "credentials",
          "authentication",
          "api key",
          "bearer token",
          "token has expired");

  private ConverseErrorReader() {}

  /** What an answer with an error says: its type is in a field, of some only in the body. */
  static ApiFailure failure(
      int status, Headers headers, @Nullable Map<String, @Nullable Object> body, String text) {
    String field = headers.first("x-amzn-errortype");
    String type = field == null ? "" : bare(field);
    String message = text;
    if (body != null) {
      type = type.isEmpty() ? type(body) : type;
      message = message(body);
    }
    return new ApiFailure(
        kind(status, type, message), status, message, type.isEmpty() ? null : type, null);
  }

  /** What an exception within a stream says. */
  static ApiFailure inStream(String name, Map<String, @Nullable Object> data) {
    String type = name.isEmpty() || name.equals("error") ? type(data) : bare(name);
    String message = message(data);
    return new ApiFailure(kind(0, type, message), 0, message, type.isEmpty() ? null : type, null);
  }

  private static String message(Map<String, @Nullable Object> body) {
    for (String name : List.of("message", "Message", "originalMessage")) {
      if (body.get(name) instanceof CharSequence text) {
        return text.toString();
      }
    }
    return "";
  }

  private static String type(Map<String, @Nullable Object> body) {
    for (String name : List.of("__type", "code", "Code")) {
      String type = Nodes.text(body.get(name));
      if (!type.isEmpty()) {
        return bare(type);
      }
    }
    return "";
  }

  /** The name without its namespace, and without an address that tells of it. */
  private static String bare(String type) {
    String name = type.substring(type.indexOf('#') + 1);
    int colon = name.indexOf(':');
    name = colon < 0 ? name : name.substring(0, colon);
    return name.isEmpty() ? "" : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static Kind kind(int status, String type, String message) {
    return switch (type) {
      case "ValidationException" -> refused(message);
      case "ThrottlingException", "TooManyRequestsException", "ModelNotReadyException" ->
          Kind.RATE_LIMIT;
      case "ServiceQuotaExceededException" -> Kind.QUOTA;
      case "AccessDeniedException" -> status == 401 ? Kind.AUTHENTICATION : denied(message);
      case "UnrecognizedClientException",
          "InvalidSignatureException",
          "ExpiredTokenException",
          "MissingAuthenticationTokenException",
          "IncompleteSignatureException" ->
          Kind.AUTHENTICATION;
      case "ResourceNotFoundException" -> Kind.NOT_FOUND;
      case "ConflictException" -> Kind.CONFLICT;
      case "ModelTimeoutException" -> Kind.TIMEOUT;
      case "ServiceUnavailableException" -> Kind.OVERLOADED;
      case "InternalServerException", "ModelErrorException", "ModelStreamErrorException" ->
          Kind.SERVER;
      default -> byStatus(status, message);
    };
  }

  private static Kind byStatus(int status, String message) {
    return switch (status) {
      case 401 -> Kind.AUTHENTICATION;
      case 402 -> Kind.QUOTA;
      case 403 -> denied(message);
      case 404 -> Kind.NOT_FOUND;
      case 408, 504 -> Kind.TIMEOUT;
      case 409 -> Kind.CONFLICT;
      case 413 -> Kind.TOO_LARGE;
      case 422 -> Kind.UNPROCESSABLE;
      case 429 -> Kind.RATE_LIMIT;
      case 503, 529 -> Kind.OVERLOADED;
      // The model failed, not the request.
      case 0, 424 -> Kind.SERVER;
      default -> status < 500 ? refused(message) : Kind.SERVER;
    };
  }

  private static Kind denied(String message) {
    return says(message, KEYS) ? Kind.AUTHENTICATION : Kind.PERMISSION;
  }

  private static Kind refused(String message) {
    if (says(message, TOO_LONG)) {
      return Kind.CONTEXT_LENGTH;
    }
    return says(message, FILTERED) ? Kind.CONTENT_FILTER : Kind.BAD_REQUEST;
  }

  private static boolean says(String message, List<String> words) {
    String lower = message.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }
}
