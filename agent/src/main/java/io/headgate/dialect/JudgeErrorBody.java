// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.FailureKind;
import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Tells what kind of failure an answer of status 400 or more is; it reads no more than 64 KiB. */
final class JudgeErrorBody implements AnswerJudge {

  private static final int LIMIT = 64 << 10;

  private final int status;
  private final boolean whole;
  private final @Nullable String header;
  private final JudgeFacts facts;
  private final JsonScanner<JudgeField> scanner;
  private final JudgeBytes bytes = new JudgeBytes(this::take);
  private int taken;
  private @Nullable FailureKind failure;

  JudgeErrorBody(JudgeFacts facts, int status, Headers headers, boolean whole) {
    this.facts = facts;
    this.status = status;
    this.whole = whole;
    this.header = BedrockHeaders.errorType(headers);
    this.scanner = new JsonScanner<>(JudgeShapes.ERRORS, facts, JudgeErrors.MESSAGE_LIMIT);
  }

  @Override
  public void read(ByteBuffer chunk) {
    if (failure == null) {
      bytes.read(chunk);
      if (taken >= LIMIT) {
        end();
      }
    }
  }

  private void take(byte[] array, int from, int to) {
    int length = Math.min(to - from, LIMIT - taken);
    scanner.read(array, from, from + length);
    taken += length;
  }

  @Override
  public void end() {
    if (failure == null) {
      failure = facts.errors().kind(status, header);
    }
  }

  @Override
  public Verdict verdict() {
    return failure == null ? Verdict.OPEN : Verdict.FAILED;
  }

  @Override
  public @Nullable FailureKind failure() {
    return failure;
  }

  @Override
  public @Nullable String errorType() {
    String name = failure == null ? null : facts.errors().name();
    return name == null ? header : name;
  }

  @Override
  public @Nullable String text() {
    return whole ? "" : null;
  }
}
