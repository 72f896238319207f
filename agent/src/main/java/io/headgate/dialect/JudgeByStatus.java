// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.FailureKind;
import io.headgate.gateway.AnswerJudge;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges an answer whose body cannot be read, or is not ours to read: by its status. */
final class JudgeByStatus implements AnswerJudge {

  private final int status;
  private final boolean whole;
  private Verdict verdict;

  JudgeByStatus(int status, boolean whole) {
    this.status = status;
    this.whole = whole;
    this.verdict = status >= 400 ? Verdict.FAILED : whole ? Verdict.OPEN : Verdict.CONTENT;
  }

  @Override
  public void read(ByteBuffer chunk) {
    // Nothing in it could change the verdict.
  }

  @Override
  public void end() {
    if (verdict != Verdict.FAILED) {
      verdict = Verdict.COMPLETE;
    }
  }

  @Override
  public Verdict verdict() {
    return verdict;
  }

  @Override
  public @Nullable FailureKind failure() {
    return status >= 400 ? JudgeKinds.kind(status, List.of(), "") : null;
  }

  @Override
  public @Nullable String errorType() {
    return null;
  }

  @Override
  public @Nullable String text() {
    return whole ? "" : null;
  }
}
