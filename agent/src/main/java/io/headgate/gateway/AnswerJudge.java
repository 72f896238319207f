// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.FailureKind;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer of which the app has seen nothing yet, to tell whether it may have it. Malformed
 * input is no error, it is a verdict. Memory is bounded. Used by one thread at a time.
 */
public interface AnswerJudge {

  /** Told of the answer's bytes from the first on. */
  void read(ByteBuffer chunk);

  /** There is no more. */
  void end();

  /** What can be said by now. */
  Verdict verdict();

  /** Why it failed; null unless the verdict is {@link Verdict#FAILED}. */
  @Nullable FailureKind failure();

  /** The provider's own code or type of the error; null if it gave none. A name, not a message. */
  @Nullable String errorType();

  /**
   * The text of the answer: of its first choice, reasoning and tool calls not included. Null unless
   * it is judged as a whole. Bounded.
   */
  @Nullable String text();

  /** How far the judge has got. */
  enum Verdict {
    /** Nothing that decides has come. */
    OPEN,
    /** The first content of a stream has come: from here on it may flow. */
    CONTENT,
    /** The answer is complete, and good. */
    COMPLETE,
    /** It is an error, or no answer. */
    FAILED
  }
}
