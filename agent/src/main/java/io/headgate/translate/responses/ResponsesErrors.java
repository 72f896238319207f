// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ApiFailure;
import io.headgate.gateway.Headers;
import io.headgate.json.Nodes;
import io.headgate.translate.ErrorAnswer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells an app of a failure ("OpenAI, Error codes"). The SDKs take the class of their exception
 * from the status.
 */
final class ResponsesErrors {

  private ResponsesErrors() {}

  static ErrorAnswer answer(ApiFailure failure) {
    return new ErrorAnswer(status(failure), Headers.EMPTY, Nodes.object("error", error(failure)));
  }

  /**
   * The members of the event {@code error}: what OpenAI documents, and the error once more in a
   * member of its own, which is what openai-java throws for.
   */
  static @Nullable Object[] streamMembers(ApiFailure failure) {
    return new @Nullable Object[] {
      "code",
      streamCode(failure.kind()),
      "message",
      message(failure),
      "param",
      failure.parameter(),
      "error",
      error(failure)
    };
  }

  private static Map<String, @Nullable Object> error(ApiFailure failure) {
    return Nodes.object(
        "message",
        message(failure),
        "type",
        type(failure.kind()),
        "param",
        failure.parameter(),
        "code",
        code(failure.kind()));
  }

  private static int status(ApiFailure failure) {
    return switch (failure.kind()) {
      case BAD_REQUEST, CONTEXT_LENGTH, CONTENT_FILTER -> 400;
      case AUTHENTICATION -> 401;
      case PERMISSION -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case TOO_LARGE -> 413;
      case UNPROCESSABLE -> 422;
      case RATE_LIMIT, QUOTA -> 429;
      case TIMEOUT -> 504;
      case OVERLOADED -> 503;
      case SERVER -> failure.status() >= 500 && failure.status() < 512 ? failure.status() : 500;
    };
  }

  private static String type(ApiFailure.Kind kind) {
    return switch (kind) {
      case BAD_REQUEST,
          CONTEXT_LENGTH,
          CONTENT_FILTER,
          AUTHENTICATION,
          NOT_FOUND,
          CONFLICT,
          TOO_LARGE,
          UNPROCESSABLE ->
          "invalid_request_error";
      case PERMISSION -> "permission_error";
      case RATE_LIMIT -> "requests";
      case QUOTA -> "insufficient_quota";
      case TIMEOUT, OVERLOADED, SERVER -> "server_error";
    };
  }

  /** OpenAI's own word; null where it has none. Other providers' words mean nothing to its apps. */
  private static @Nullable String code(ApiFailure.Kind kind) {
    return switch (kind) {
      case BAD_REQUEST, PERMISSION, CONFLICT, UNPROCESSABLE, TIMEOUT, SERVER -> null;
      case CONTEXT_LENGTH -> "context_length_exceeded";
      case CONTENT_FILTER -> "content_filter";
      case AUTHENTICATION -> "invalid_api_key";
      case NOT_FOUND -> "model_not_found";
      case TOO_LARGE -> "request_too_large";
      case RATE_LIMIT -> "rate_limit_exceeded";
      case QUOTA -> "insufficient_quota";
      case OVERLOADED -> "server_is_overloaded";
    };
  }

  /** Errors within a response always have a word. */
  static String streamCode(ApiFailure.Kind kind) {
    String code = code(kind);
    if (code != null) {
      return code;
    }
    return switch (kind) {
      case BAD_REQUEST, UNPROCESSABLE -> "invalid_prompt";
      default -> "server_error";
    };
  }

  private static String message(ApiFailure failure) {
    return failure.message().isEmpty() ? "The model did not answer." : failure.message();
  }
}
