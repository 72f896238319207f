// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.ContentTransform;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.WireError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Judges, changes and makes answers, in all wire formats we know. Thread-safe; its parts are not.
 */
final class AnswerEdits {

  /**
   * Judges an answer as it comes.
   *
   * @param whole whether it is to be judged as a whole, and its text kept
   */
  AnswerJudge judge(
      Endpoint endpoint, RequestFacts request, int status, Headers headers, boolean whole) {
    Shape<JudgeField> shape = JudgeShapes.of(endpoint.format());
    boolean readable =
        (endpoint.format() == WireFormat.BEDROCK ? plain(headers) : readable(headers))
            && shape != null;
    if (status >= 400) {
      // An error is worth a look whatever the format: they resemble each other.
      return readable(headers)
          ? new JudgeErrorBody(new JudgeFacts(endpoint.format()), status, headers, whole)
          : new JudgeByStatus(status, whole);
    }
    if (!readable || shape == null || status >= 300 || !endpoint.operation().usesModel()) {
      return new JudgeByStatus(status, whole);
    }
    return new JudgeBody(shape, endpoint, request, headers, whole);
  }

  /**
   * Puts another model name in the place of the one that the answer gives; null if the answers of
   * this endpoint give none, or if this one cannot be read.
   */
  @Nullable ContentTransform answeringAs(Endpoint endpoint, GatewayResponse answer, String model) {
    ModelRestore.Places places = ModelRestore.Places.of(endpoint.format());
    boolean possible =
        answer.successful()
            && readable(answer.headers())
            && endpoint.operation().usesModel()
            && places != null;
    return possible && places != null
        ? new ModelRestore(places, answer.headers().first("content-type"), model)
        : null;
  }

  /** The body of an answer that tells of an error, as this format writes it. */
  byte[] error(WireFormat format, WireError error) {
    return WireErrors.body(format, error);
  }

  /** The header fields that belong to such a body. */
  Headers errorHeaders(WireFormat format, WireError error) {
    return WireErrors.headers(format, error);
  }

  /** The HTTP status that belongs to such a body. */
  int errorStatus(WireError.Kind kind) {
    return WireErrors.status(kind);
  }

  /** What tells of an error within a stream that has begun, and ends it. */
  byte[] streamError(WireFormat format, WireError error) {
    return WireErrors.event(format, error);
  }

  /** Whether the body is text that is not packed, nor frames of AWS. */
  private static boolean readable(Headers headers) {
    String type = headers.first("content-type");
    return plain(headers)
        && (type == null
            || !type.toLowerCase(Locale.ROOT).startsWith("application/vnd.amazon.eventstream"));
  }

  private static boolean plain(Headers headers) {
    String encoding = headers.first("content-encoding");
    return encoding == null || encoding.isBlank() || encoding.trim().equalsIgnoreCase("identity");
  }
}
