// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ApiFailure;
import io.headgate.gateway.Headers;
import io.headgate.json.Nodes;
import io.headgate.translate.ErrorAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes errors for apps: code, message and status of {@code google.rpc.Status}. */
final class ErrorWriter {

  /** By these words apps know that their input is too long. */
  private static final String TOO_LONG = "exceeds the maximum number of tokens";

  private record Status(int code, String word) {}

  private ErrorWriter() {}

  static ErrorAnswer write(ApiFailure failure) {
    Status status = status(failure);
    String message = failure.message().isEmpty() ? status.word : failure.message();
    if (failure.kind() == ApiFailure.Kind.CONTEXT_LENGTH && !message.contains(TOO_LONG)) {
      message = "The input token count " + TOO_LONG + " allowed. " + message;
    }
    List<@Nullable Object> details = Nodes.array();
    if (failure.parameter() != null) {
      details.add(
          Nodes.object(
              "@type",
              "type.googleapis.com/google.rpc.BadRequest",
              "fieldViolations",
              Nodes.array(
                  Nodes.object("field", failure.parameter(), "description", failure.message()))));
    }
    return new ErrorAnswer(
        status.code,
        Headers.EMPTY,
        Nodes.object(
            "error",
            Nodes.object(
                "code",
                status.code,
                "message",
                message,
                "status",
                status.word,
                "details",
                details)));
  }

  private static Status status(ApiFailure failure) {
    return switch (failure.kind()) {
      case BAD_REQUEST, CONTEXT_LENGTH, CONTENT_FILTER, TOO_LARGE, UNPROCESSABLE ->
          new Status(400, "INVALID_ARGUMENT");
      case AUTHENTICATION -> new Status(401, "UNAUTHENTICATED");
      case PERMISSION -> new Status(403, "PERMISSION_DENIED");
      case NOT_FOUND -> new Status(404, "NOT_FOUND");
      case CONFLICT -> new Status(409, "ABORTED");
      case RATE_LIMIT, QUOTA -> new Status(429, "RESOURCE_EXHAUSTED");
      case TIMEOUT -> new Status(504, "DEADLINE_EXCEEDED");
      case OVERLOADED -> new Status(503, "UNAVAILABLE");
      case SERVER ->
          failure.status() == 503 || failure.status() == 502
              ? new Status(503, "UNAVAILABLE")
              : new Status(500, "INTERNAL");
    };
  }
}
