// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.Content;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a judge look at what is held.
 *
 * @param kept where the beginning is kept; null if nobody wants it
 * @param most how much of it is kept, in bytes
 */
record Judging(AnswerJudge judge, @Nullable ByteArrayOutputStream kept, long most)
    implements Content.Look {

  /** A judge failed, rather than the answer. */
  static final class Misjudged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misjudged(Throwable cause) {
      super(cause);
    }
  }

  @Override
  public boolean seen(ByteBuffer chunk) {
    try {
      ByteBuffer view = chunk.duplicate();
      while (kept != null && view.hasRemaining() && kept.size() < most) {
        kept.write(view.get());
      }
      judge.read(chunk);
      return judge.verdict() != AnswerJudge.Verdict.OPEN;
    } catch (Throwable t) {
      throw new Misjudged(t);
    }
  }

  @Override
  public void end() {
    try {
      judge.end();
    } catch (Throwable t) {
      throw new Misjudged(t);
    }
  }
}
