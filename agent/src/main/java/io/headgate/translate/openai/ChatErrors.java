// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ApiFailure;
import io.headgate.gateway.Headers;
import io.headgate.json.Nodes;
import io.headgate.translate.ErrorAnswer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes failures as OpenAI does; SDKs choose their exception by the status. */
final class ChatErrors {

  private ChatErrors() {}

  static ErrorAnswer answer(ApiFailure failure) {
    return new ErrorAnswer(status(failure), Headers.EMPTY, body(failure));
  }

  /** Of an answer, or of a chunk in the middle of a stream. All four members are always there. */
  static Map<String, @Nullable Object> body(ApiFailure failure) {
    String message = failure.message();
    return Nodes.object(
        "error",
        Nodes.object(
            "message",
            message.isEmpty() ? message(failure.kind()) : message,
            "type",
            type(failure.kind()),
            "param",
            failure.parameter(),
            "code",
            code(failure)));
  }

  private static int status(ApiFailure failure) {
    int own = failure.status();
    return switch (failure.kind()) {
      case BAD_REQUEST, CONTEXT_LENGTH, CONTENT_FILTER -> 400;
      case AUTHENTICATION -> 401;
      case PERMISSION -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case TOO_LARGE -> 413;
      case UNPROCESSABLE -> 422;
      case RATE_LIMIT, QUOTA -> 429;
      case TIMEOUT -> own == 408 ? 408 : 504;
      // 529 is Anthropic's alone.
      case OVERLOADED -> 503;
      case SERVER -> own >= 500 && own <= 504 ? own : 500;
    };
  }

  private static String type(ApiFailure.Kind kind) {
    return switch (kind) {
      case BAD_REQUEST,
          CONTEXT_LENGTH,
          CONTENT_FILTER,
          AUTHENTICATION,
          PERMISSION,
          NOT_FOUND,
          CONFLICT,
          TOO_LARGE,
          UNPROCESSABLE ->
          "invalid_request_error";
      case RATE_LIMIT -> "requests";
      case QUOTA -> "insufficient_quota";
      case TIMEOUT, OVERLOADED, SERVER -> "server_error";
    };
  }

  private static @Nullable String code(ApiFailure failure) {
    return switch (failure.kind()) {
      case CONTEXT_LENGTH -> "context_length_exceeded";
      case CONTENT_FILTER -> "content_filter";
      case AUTHENTICATION -> "invalid_api_key";
      case NOT_FOUND -> "model_not_found";
      case RATE_LIMIT -> "rate_limit_exceeded";
      case QUOTA -> "insufficient_quota";
      case BAD_REQUEST,
          PERMISSION,
          CONFLICT,
          TOO_LARGE,
          UNPROCESSABLE,
          TIMEOUT,
          OVERLOADED,
          SERVER ->
          own(failure.code());
    };
  }

  /** The provider's code if it could be one of OpenAI's; what other formats call a type is none. */
  private static @Nullable String own(@Nullable String code) {
    return code != null && code.matches("[a-z][a-z0-9_]*") && !code.endsWith("_error")
        ? code
        : null;
  }

  private static String message(ApiFailure.Kind kind) {
    return switch (kind) {
      case BAD_REQUEST -> "The provider refused the request.";
      case CONTEXT_LENGTH -> "The input exceeds the model's maximum context length.";
      case CONTENT_FILTER -> "The provider's content filter refused the request.";
      case AUTHENTICATION -> "The provider did not accept the credentials.";
      case PERMISSION -> "The provider does not permit this.";
      case NOT_FOUND -> "The model does not exist, or is not available.";
      case CONFLICT -> "The request conflicts with another one.";
      case TOO_LARGE -> "The request is too large.";
      case UNPROCESSABLE -> "The provider could not process the request.";
      case RATE_LIMIT -> "Rate limit reached.";
      case QUOTA -> "The quota at the provider is used up.";
      case TIMEOUT -> "The provider did not answer in time.";
      case OVERLOADED -> "The provider is overloaded.";
      case SERVER -> "The provider failed.";
    };
  }
}
