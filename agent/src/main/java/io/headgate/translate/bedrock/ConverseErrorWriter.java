// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ApiFailure;
import io.headgate.dialect.StreamEvent;
import io.headgate.gateway.Headers;
import io.headgate.json.Nodes;
import io.headgate.translate.ErrorAnswer;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells of a failure such that the AWS SDKs raise an exception of theirs. */
final class ConverseErrorWriter {

  private static final int MODEL_FAILED = 424;

  private ConverseErrorWriter() {}

  /** An answer; the SDKs take the exception from its header. */
  static ErrorAnswer answer(ApiFailure failure) {
    Row row = row(failure);
    Headers headers = Headers.ofFlat("x-amzn-errortype", row.type());
    return new ErrorAnswer(row.status(), headers, body(failure));
  }

  /** An event that goes out as an exception: within a stream there are only five of them. */
  static StreamEvent event(ApiFailure failure) {
    String type =
        switch (failure.kind()) {
          case RATE_LIMIT, QUOTA -> "throttlingException";
          case OVERLOADED -> "serviceUnavailableException";
          case BAD_REQUEST,
              CONTEXT_LENGTH,
              CONTENT_FILTER,
              AUTHENTICATION,
              PERMISSION,
              NOT_FOUND,
              CONFLICT,
              TOO_LARGE,
              UNPROCESSABLE ->
              "validationException";
          case TIMEOUT -> "modelStreamErrorException";
          // One that has a status failed as a whole, the others in the middle.
          case SERVER ->
              failure.status() >= 500 ? "internalServerException" : "modelStreamErrorException";
        };
    return new StreamEvent(ConverseDialect.EXCEPTION + type, body(failure));
  }

  private static Map<String, @Nullable Object> body(ApiFailure failure) {
    String message = failure.message();
    if (failure.kind() == ApiFailure.Kind.CONTEXT_LENGTH
        && !message.toLowerCase(Locale.ROOT).contains("too long")) {
      // Apps know it by these words, as Bedrock has no exception of its own for it.
      message = "Input is too long for requested model. " + message;
    }
    return Nodes.object("message", message.strip());
  }

  private static Row row(ApiFailure failure) {
    return switch (failure.kind()) {
      case BAD_REQUEST, CONTEXT_LENGTH, CONTENT_FILTER, TOO_LARGE, UNPROCESSABLE ->
          new Row(400, "ValidationException");
      case AUTHENTICATION -> new Row(403, "UnrecognizedClientException");
      case PERMISSION -> new Row(403, "AccessDeniedException");
      case NOT_FOUND -> new Row(404, "ResourceNotFoundException");
      case CONFLICT -> new Row(400, "ConflictException");
      case RATE_LIMIT -> new Row(429, "ThrottlingException");
      case QUOTA -> new Row(400, "ServiceQuotaExceededException");
      case TIMEOUT -> new Row(408, "ModelTimeoutException");
      case OVERLOADED -> new Row(503, "ServiceUnavailableException");
      case SERVER ->
          failure.status() == MODEL_FAILED
              ? new Row(MODEL_FAILED, "ModelErrorException")
              : new Row(500, "InternalServerException");
    };
  }

  /** What tells of a failure. */
  private record Row(int status, String type) {}
}
