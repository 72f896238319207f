// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.FailureKind;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.config.FailureSet;
import io.headgate.expression.Expression;
import io.headgate.expression.Variables;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Caller;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.WireError;
import io.headgate.resilience.Outcome.Grade;
import io.headgate.route.CallVariables;
import io.headgate.route.Plan;
import io.headgate.route.Target;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One call going through its plan. What is not delivered in the end is closed on the way. */
final class PlanRun {

  private final RoutingTools tools;
  private final Chain chain;
  private final Caller caller;
  private final Exchange exchange;
  private final TargetRequests requests;
  private int step;
  private @Nullable String arm;

  PlanRun(RoutingTools tools, Chain chain, Caller caller) {
    this.tools = tools;
    this.chain = chain;
    this.caller = caller;
    this.exchange = chain.exchange();
    this.requests = new TargetRequests(tools, exchange, chain.request());
  }

  /** Runs it. The stage does not fail. */
  CompletionStage<Outcome> start(Plan plan) {
    return run(plan, new Frame(false, false, null, true))
        .thenCompose(
            outcome ->
                outcome.is(Grade.SKIPPED) && outcome.error() == null ? asSent() : done(outcome));
  }

  /** No target of the route can serve this call: it goes where the app sent it. */
  private CompletionStage<Outcome> asSent() {
    note("as-sent", null, "reason", "no target of the route can serve this call");
    return run(
        new Plan.Try(null, null, Plan.Policy.NONE, null), new Frame(false, true, null, true));
  }

  /**
   * Where in the plan we are.
   *
   * @param alternatives whether something else would be tried if this fails
   * @param forced whether to go on although a breaker is open
   * @param accept what makes a good answer acceptable; null for nothing
   * @param outermost whether this is the chain whose steps are counted
   */
  private record Frame(
      boolean alternatives, boolean forced, @Nullable Expression accept, boolean outermost) {
    Frame inner(boolean more) {
      return new Frame(alternatives || more, forced, accept, false);
    }

    Frame accepting(@Nullable Expression condition, boolean more) {
      return new Frame(alternatives || more, forced, more ? condition : accept, false);
    }

    Frame force() {
      return new Frame(alternatives, true, accept, false);
    }
  }

  private CompletionStage<Outcome> run(Plan plan, Frame frame) {
    if (plan instanceof Plan.Try target) {
      return tryTarget(target, frame);
    }
    if (plan instanceof Plan.Chain many) {
      return chain(many, frame, 0, null);
    }
    if (plan instanceof Plan.Cascade cascade) {
      return cascade(cascade, frame, 0, null);
    }
    if (plan instanceof Plan.Deny deny) {
      note("deny", null, "status", Integer.toString(deny.status()));
      return done(
          Outcome.own(new WireError(WireError.Kind.DENIED, deny.text()), deny.status(), step));
    }
    return tryTarget(new Plan.Try(null, null, Plan.Policy.NONE, null), frame);
  }

  private CompletionStage<Outcome> tryTarget(Plan.Try plan, Frame frame) {
    TargetRequests.Made made = requests.made(plan);
    TargetRequest request = made.request();
    if (request == null) {
      Target target = requests.target(plan);
      note("skip", target, "reason", made.whyNot());
      tools.listener().unusable(target.toString(), made.whyNot());
      return done(Outcome.skipped(null, step));
    }
    arm = plan.arm();
    Effective policy = Effective.of(plan.policy(), exchange.options(), chain.request().headers());
    return new TargetRun(
            this, request, policy, frame.alternatives(), frame.forced(), frame.accept(), step)
        .start();
  }

  /**
   * @param best the outcome that the app gets unless a later one is good: the first that failed
   */
  private CompletionStage<Outcome> chain(
      Plan.Chain plan, Frame frame, int index, @Nullable Outcome best) {
    List<Plan> plans = plan.plans();
    if (index == plans.size()) {
      return best != null && best.is(Grade.SKIPPED) && best.error() != null && !frame.forced()
          ? bypassingBreakers(plan, frame)
          : done(best == null ? Outcome.skipped(null, step) : best);
    }
    if (frame.outermost()) {
      step = index;
    }
    boolean more = index + 1 < plans.size();
    return run(plans.get(index), frame.inner(more))
        .thenCompose(
            outcome -> {
              if (outcome.is(Grade.GOOD) || outcome.is(Grade.REJECTED)) {
                return done(instead(best, outcome));
              }
              Outcome kept =
                  best == null || best.is(Grade.SKIPPED) ? outcome : better(best, outcome);
              if (!outcome.is(Grade.SKIPPED) && !goesOn(plan.on(), outcome)) {
                return done(kept);
              }
              if (more && !outcome.is(Grade.SKIPPED)) {
                tools.listener().fellBack();
              }
              return chain(plan, frame, index + 1, kept);
            });
  }

  /** All breakers are open: somebody has to find out whether they still need to be. */
  private CompletionStage<Outcome> bypassingBreakers(Plan.Chain plan, Frame frame) {
    if (plan.plans().size() < 2) {
      return done(Outcome.skipped(new WireError(WireError.Kind.UPSTREAM, OPEN), step));
    }
    note("bypass", null, "reason", "every circuit breaker is open");
    return chain(plan, frame.force(), 0, null);
  }

  private static final String OPEN = "the circuit breaker is open";

  /** Whether something else is to be tried after a failure. */
  private boolean goesOn(FailureSet on, Outcome outcome) {
    FailureKind kind = outcome.kind();
    return kind != null
        && kind != FailureKind.CANCELLED
        && !caller.abandoned()
        && leftNanos() > 0
        && on.matches(kind, outcome.status());
  }

  private CompletionStage<Outcome> cascade(
      Plan.Cascade plan, Frame frame, int index, @Nullable Outcome best) {
    List<Plan.Stage> stages = plan.stages();
    if (index == stages.size()) {
      return done(best == null ? Outcome.skipped(null, step) : best);
    }
    if (frame.outermost()) {
      step = index;
    }
    Plan.Stage stage = stages.get(index);
    boolean more = index + 1 < stages.size();
    return run(stage.plan(), frame.accepting(stage.accept(), more))
        .thenCompose(
            outcome -> {
              if (outcome.is(Grade.GOOD)) {
                return done(instead(best, outcome));
              }
              Outcome kept =
                  best == null || best.is(Grade.SKIPPED) ? outcome : better(best, outcome);
              if (outcome.is(Grade.FAILED) && !goesOn(plan.on(), outcome)) {
                return done(kept);
              }
              return cascade(plan, frame, index + 1, kept);
            });
  }

  /** The one that is good; the other is let go of. */
  private static Outcome instead(@Nullable Outcome before, Outcome good) {
    if (before != null) {
      before.close();
    }
    return good;
  }

  /** An answer, though not accepted, is better than a failure; of two failures the first counts. */
  private static Outcome better(Outcome first, Outcome second) {
    boolean later =
        second.is(Grade.REJECTED) || (first.is(Grade.SKIPPED) && !second.is(Grade.SKIPPED));
    Outcome kept = later ? second : first;
    Outcome other = later ? first : second;
    other.close();
    return kept;
  }

  // What the parts of the run ask for.

  RoutingTools tools() {
    return tools;
  }

  @Nullable String arm() {
    return arm;
  }

  CompletionStage<GatewayResponse> send(GatewayRequest request, Attempt attempt) {
    return chain.proceed(request, attempt);
  }

  CompletionStage<@Nullable Void> pause(long nanos) {
    return caller.pause(nanos);
  }

  boolean abandoned() {
    return caller.abandoned();
  }

  /** How long the app's own timeout still lets us go on; {@link Long#MAX_VALUE} for ever. */
  long leftNanos() {
    long deadline = caller.deadlineNanos();
    return deadline == Caller.NO_DEADLINE
        ? Long.MAX_VALUE
        : Math.max(0, deadline - tools.nanoClock().getAsLong());
  }

  void tapFailed(Throwable fault) {
    tools.faults().fault("tap", fault);
  }

  /** What {@code accept} can ask for, once the answer is complete. */
  Variables variables(GatewayResponse response, Attempt attempt, @Nullable String text) {
    ResponseFacts facts = attempt.responseFacts();
    Map<String, @Nullable Object> answer = new HashMap<>();
    answer.put("status", (long) response.status());
    answer.put("finish", facts.finishReasons().isEmpty() ? null : facts.finishReasons().get(0));
    answer.put("text", text);
    Map<String, @Nullable Object> tokens = new HashMap<>();
    tokens.put("input", count(facts.usage().input()));
    tokens.put("output", count(facts.usage().output()));
    answer.put("tokens", tokens);
    return new CallVariables(exchange, chain.request(), tools.config().environment())
        .withResponse(() -> answer);
  }

  private static @Nullable Long count(long tokens) {
    return tokens == Usage.UNKNOWN ? null : (Long) tokens;
  }

  void note(String name, @Nullable Target target, String key, String value) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (target != null) {
      attributes.put("target", target.toString());
    }
    attributes.put(key, value);
    exchange.note(new Decision(name, attributes));
  }

  /** Takes down how an attempt went. */
  void noteAttempt(
      Attempt attempt, int status, @Nullable FailureKind kind, @Nullable String detail) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("number", Integer.toString(attempt.number()));
    attributes.put("target", attempt.endpoint().provider() + "/" + attempt.model());
    if (attempt.key() != null) {
      attributes.put("key", attempt.key().alias());
    }
    if (status > 0) {
      attributes.put("status", Integer.toString(status));
    }
    attributes.put("outcome", kind == null ? "ok" : Words.of(kind));
    if (detail != null) {
      attributes.put("detail", detail);
    }
    exchange.note(new Decision("attempt", attributes));
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
