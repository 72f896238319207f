// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.RequestFacts;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows when an answer is complete, and makes a stream of a whole answer and a whole answer of a
 * stream, in the same wire format. Implemented by the dialects. Stateless and thread-safe;
 * malformed input is no error, it is null or false. Bodies have no content encoding.
 */
public interface AnswerForms {

  /** The form that a request asks for. */
  AnswerForm asked(Endpoint endpoint, GatewayRequest request, RequestFacts facts);

  /** The form that an answer has, as its content type tells, else as the request asked for. */
  AnswerForm of(Headers answer, AnswerForm asked);

  /**
   * Whether an answer came to its own end, without error, with something in it: what its format
   * ends with is there. An answer that was cut at any byte is not complete.
   */
  boolean complete(Endpoint endpoint, AnswerForm form, byte[] body);

  /**
   * A complete answer in another form, or the same one. The ids, the model and what else the answer
   * says of itself stay as they are.
   *
   * @param usage whether a stream is to tell its usage where the format leaves that to the request
   *     (OpenAI's {@code stream_options.include_usage})
   * @return null if that form cannot be made of it; the very same bytes if nothing is to be changed
   */
  byte @Nullable [] converted(
      Endpoint endpoint, AnswerForm from, byte[] body, AnswerForm to, boolean usage);

  /** The content type of a form; null for {@link AnswerForm#WHOLE}, which has the answer's own. */
  @Nullable String contentType(AnswerForm form);

  /** A stream's events, each with all that belongs to it; together they are the body. */
  List<ByteBuffer> events(AnswerForm form, byte[] body);
}
