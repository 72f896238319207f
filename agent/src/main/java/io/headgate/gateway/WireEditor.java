// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * Changes bytes of the wire formats, and makes such bytes. What it is not told to change stays as
 * it was, byte for byte. Implemented by the dialects, so that the gateway itself knows none.
 */
public interface WireEditor {

  /**
   * A body that asks for another model; the very same one if it names that model already, or if
   * this format names the model in the path. Null if the body cannot be edited: opaque, or no JSON
   * object.
   */
  @Nullable RequestBody withModel(Endpoint endpoint, RequestBody body, String model);

  /** A body with these edits; null if it cannot be edited. */
  @Nullable RequestBody edited(Endpoint endpoint, RequestBody body, BodyEdits edits);

  /**
   * Puts another model name in the place of the one that an answer, streamed or not, gives. Null if
   * answers of this endpoint give none.
   *
   * @param answer the head of the answer
   */
  @Nullable ContentTransform answeringAs(Endpoint endpoint, GatewayResponse answer, String model);

  /**
   * Judges an answer as it comes.
   *
   * @param whole whether the answer is to be judged as a whole: there is no {@link
   *     AnswerJudge.Verdict#CONTENT} then, and the text is kept
   */
  AnswerJudge judge(
      Endpoint endpoint, RequestFacts request, int status, Headers headers, boolean whole);

  /** The status of an answer that tells of an error. */
  int status(WireError error);

  /** The header fields of such an answer, its content type among them. */
  Headers errorHeaders(WireFormat format, WireError error);

  /** The body of an answer that tells of an error, as this format writes it: JSON, in UTF-8. */
  byte[] error(WireFormat format, WireError error);

  /**
   * What tells of an error within an event stream that has begun, as this format's SDKs read it;
   * ends the stream.
   */
  byte[] streamError(WireFormat format, WireError error);
}
