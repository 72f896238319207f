// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.gateway.Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The side of a format that a provider speaks: writes requests, reads answers. Thread-safe. */
public interface TargetDialect {

  /** The format as the models of a maker speak it, where answers differ by that. */
  default TargetDialect by(Maker maker) {
    return this;
  }

  /**
   * The body of a request. What the target's model cannot do has been taken out before; what this
   * format has no place for is left out here and noted.
   *
   * @param request with {@link ChatRequest#model} as the target knows it
   * @throws Ineligible if it cannot be said in this format at all
   */
  Map<String, @Nullable Object> request(ChatRequest request, Traits traits, Notes notes);

  /**
   * A whole answer.
   *
   * @throws Unreadable if it is none, or tells of an error although its status does not
   */
  ChatAnswer answer(Map<String, @Nullable Object> body);

  /** What reads one streamed answer. Its methods are called by one thread at a time. */
  EventReader events();

  /**
   * What an answer with an error status says.
   *
   * @param body null if it is no JSON object
   * @param text the body as it came, for one that is not
   */
  ApiFailure error(int status, @Nullable Map<String, @Nullable Object> body, String text);

  /** The same of a format that tells of errors in the fields of the answer, too. */
  default ApiFailure error(
      int status, Headers headers, @Nullable Map<String, @Nullable Object> body, String text) {
    return error(status, body, text);
  }
}
