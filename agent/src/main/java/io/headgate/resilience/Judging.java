// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.Content;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Lets a judge look at what is held.
 *
 * @param kept where the beginning is kept
 * @param most how much of it is kept, in bytes; 0 if nobody wants it
 */
record Judging(AnswerJudge judge, ByteArrayOutputStream kept, long most) implements Content.Look {

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
      if (kept.size() < most) {
        byte[] bytes = new byte[(int) Math.min(view.remaining(), most - kept.size())];
        view.get(bytes);
        kept.writeBytes(bytes);
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
