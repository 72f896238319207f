// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.ResponseFacts;
import io.headgate.expression.Expression;
import io.headgate.expression.Variables;
import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.AnswerText;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.GatewayResponse;
import io.headgate.translate.Translation;
import io.headgate.translate.Unreadable;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Whether a good answer of one target is one that the configuration accepts. */
final class Acceptance {

  private final PlanRun run;
  private final TargetRequest request;
  private final @Nullable Expression condition;
  private final long most;

  /**
   * @param condition what makes a good answer acceptable; null for nothing
   * @param most the most that is read of an answer, in bytes
   */
  Acceptance(PlanRun run, TargetRequest request, @Nullable Expression condition, long most) {
    this.run = run;
    this.request = request;
    this.condition = condition;
    this.most = most;
  }

  /** Whether there is a condition at all. */
  boolean asked() {
    return condition != null;
  }

  /**
   * How much of an answer {@link #accepts} wants to have, in bytes: all of one that the app will
   * read in another format than it comes in, if it can be read here.
   */
  long reads(GatewayResponse response) {
    return asked()
            && request.translation() != null
            && !response.headers().contains("content-encoding")
        ? most
        : 0;
  }

  /**
   * Whether the condition holds.
   *
   * @param judge has seen all of the answer
   * @param kept as much of it as was wanted
   * @throws Unreadable if the answer is none, which shows only when it is translated
   */
  boolean accepts(
      GatewayResponse response,
      Attempt attempt,
      AnswerJudge judge,
      ByteArrayOutputStream kept,
      boolean streamed) {
    if (condition == null) {
      return true;
    }
    Translation translation = request.translation();
    ResponseFacts facts = attempt.responseFacts();
    Variables variables;
    if (translation == null || kept.size() == 0 || kept.size() >= most) {
      variables = run.variables(response, facts, judge.text());
    } else {
      AnswerText.Seen seen = translation.seen(streamed, kept.toByteArray());
      variables = run.variables(response, facts.withFinish(seen.finish()), seen.text());
    }
    boolean holds = condition.test(variables);
    run.note("accept", request.target(), "value", Boolean.toString(holds));
    return holds;
  }
}
