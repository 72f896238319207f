// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ApiFailure;
import io.headgate.dialect.StreamEvent;
import io.headgate.gateway.Headers;
import io.headgate.json.Nodes;
import io.headgate.translate.ErrorAnswer;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes errors; the SDKs go by the status, apps by the type (Anthropic API reference, errors). */
final class MessagesErrorWriter {

  /** What Anthropic's own message starts with; programs look for it to shorten the prompt. */
  private static final String TOO_LONG = "prompt is too long";

  private MessagesErrorWriter() {}

  static ErrorAnswer answer(ApiFailure failure) {
    Map<String, @Nullable Object> body = body(failure);
    body.put("request_id", null);
    return new ErrorAnswer(status(failure), Headers.EMPTY, body);
  }

  /** The event that ends a stream. */
  static StreamEvent event(ApiFailure failure) {
    return new StreamEvent("error", body(failure));
  }

  private static Map<String, @Nullable Object> body(ApiFailure failure) {
    return Nodes.object(
        "type",
        "error",
        "error",
        Nodes.object("type", type(failure.kind()), "message", message(failure)));
  }

  private static String message(ApiFailure failure) {
    String message = failure.message().strip();
    if (failure.kind() == ApiFailure.Kind.CONTEXT_LENGTH) {
      if (message.toLowerCase(Locale.ROOT).startsWith(TOO_LONG)) {
        return TOO_LONG + message.substring(TOO_LONG.length());
      }
      return message.isEmpty() ? TOO_LONG : TOO_LONG + ": " + message;
    }
    return message.isEmpty() ? "the provider did not say what went wrong" : message;
  }

  private static int status(ApiFailure failure) {
    return switch (failure.kind()) {
      case BAD_REQUEST, CONTEXT_LENGTH, CONTENT_FILTER -> 400;
      case AUTHENTICATION -> 401;
      case QUOTA -> 402;
      case PERMISSION -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case TOO_LARGE -> 413;
      case UNPROCESSABLE -> 422;
      case RATE_LIMIT -> 429;
      case TIMEOUT -> 504;
      case OVERLOADED -> 529;
      case SERVER -> failure.status() > 500 && failure.status() < 600 ? failure.status() : 500;
    };
  }

  private static String type(ApiFailure.Kind kind) {
    return switch (kind) {
      case BAD_REQUEST, CONTEXT_LENGTH, CONTENT_FILTER, CONFLICT, UNPROCESSABLE ->
          "invalid_request_error";
      case AUTHENTICATION -> "authentication_error";
      case QUOTA -> "billing_error";
      case PERMISSION -> "permission_error";
      case NOT_FOUND -> "not_found_error";
      case TOO_LARGE -> "request_too_large";
      case RATE_LIMIT -> "rate_limit_error";
      case TIMEOUT -> "timeout_error";
      case OVERLOADED -> "overloaded_error";
      case SERVER -> "api_error";
    };
  }
}
