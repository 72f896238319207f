// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.cache.CachedCall;
import io.headgate.cache.Looked;
import io.headgate.chat.FailureKind;
import io.headgate.chat.Operation;
import io.headgate.chat.ResponseFacts;
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
import io.headgate.translate.Translation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One call going through its plan. What is not delivered in the end is closed on the way. */
final class PlanRun {

  private static final int NOT_FOUND = 404;

  private final RoutingTools tools;
  private final Chain chain;
  private final Caller caller;
  private final Exchange exchange;
  private final TargetRequests requests;
  private final @Nullable CachedCall cached;

  /** The ways back from the targets that speak another format than the app. */
  private final Map<Target, Translation> translations = new ConcurrentHashMap<>();

  private int step;
  private int openBreakers;

  /**
   * @param cached the cache's part; null if it has none
   */
  PlanRun(RoutingTools tools, Chain chain, Caller caller, @Nullable CachedCall cached) {
    this.cached = cached;
    this.tools = tools;
    this.chain = chain;
    this.caller = caller;
    this.exchange = chain.exchange();
    this.requests = new TargetRequests(tools, exchange, chain.request());
  }

  /** Runs it. The stage does not fail. */
  CompletionStage<Outcome> start(Plan plan) {
    return targets(plan).thenApply(this::orStale);
  }

  /** What the cache has left over for the case that every target fails. */
  private Outcome orStale(Outcome outcome) {
    FailureKind kind = outcome.kind();
    WireError error = outcome.error();
    boolean failed =
        (outcome.is(Grade.FAILED) && kind != null && Failures.countsAgainstTarget(kind))
            || (outcome.is(Grade.SKIPPED)
                && error != null
                && error.kind() != WireError.Kind.CACHE_MISS);
    if (cached == null || !failed) {
      return outcome;
    }
    Looked stale = cached.stale();
    if (stale == null) {
      return outcome;
    }
    outcome.close();
    Outcome answered = CachedTarget.answered(stale, step);
    Attempt attempt = answered.attempt();
    String model = attempt == null ? null : attempt.model();
    return attempt == null || model == null
        ? answered
        : answered.through(
            translations.get(new Target(attempt.endpoint().provider(), model)), List.of());
  }

  private CompletionStage<Outcome> targets(Plan plan) {
    return run(plan, new Frame(false, false, null, true))
        .thenCompose(
            outcome -> {
              if (!outcome.is(Grade.SKIPPED)) {
                return done(outcome);
              }
              if (outcome.error() == null) {
                return asSent();
              }
              return openBreakers > 1 ? bypassingBreakers(plan) : done(outcome);
            });
  }

  /** All breakers are open: somebody has to find out whether they still need to be. */
  private CompletionStage<Outcome> bypassingBreakers(Plan plan) {
    note("bypass", null, "reason", "every circuit breaker is open");
    return run(plan, new Frame(false, true, null, true));
  }

  /** A target is left out because of its breaker. */
  void breakerOpen() {
    openBreakers++;
  }

  /**
   * No target of the route can serve this call: it goes where the app sent it, unless it names no
   * model that anybody there could know.
   */
  private CompletionStage<Outcome> asSent() {
    String model = exchange.model();
    if (model != null && (model.startsWith("route/") || model.startsWith("dynamic/"))) {
      String why = "no target of " + model + " can serve this call; see headgate's messages";
      return done(Outcome.own(new WireError(WireError.Kind.DENIED, why), NOT_FOUND, step));
    }
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

    /** An answer that is good enough in here still has to be so further out. */
    Frame accepting(@Nullable Expression condition, boolean more) {
      Expression inner = more ? condition : null;
      Expression both = inner == null ? accept : accept == null ? inner : new Both(inner, accept);
      return new Frame(alternatives || more, forced, both, false);
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
    Translation translation = request.translation();
    if (translation != null) {
      translations.put(request.target(), translation);
    }
    CompletionStage<Outcome> outcome =
        cached == null ? taught(plan, frame, request) : cached(cached, plan, frame, request);
    return outcome.thenApply(
        done ->
            done.taught()
                ? done.in(plan.arm())
                : done.in(plan.arm()).through(translation, request.dropped()));
  }

  private CompletionStage<Outcome> cached(
      CachedCall cache, Plan.Try plan, Frame frame, TargetRequest request) {
    CachedTarget target;
    try {
      target = new CachedTarget(cache, caller, request, frame.accept(), step);
    } catch (Throwable t) {
      tools.faults().fault("cache", t);
      return taught(plan, frame, request);
    }
    return target.run(toSend -> taught(plan, frame, toSend));
  }

  /** Sends it; once more without a parameter that the target refuses, if there is one. */
  private CompletionStage<Outcome> taught(Plan.Try plan, Frame frame, TargetRequest request) {
    CompletionStage<Outcome> sent = send(plan, frame, request);
    return teachable(request)
        ? sent.thenCompose(
            outcome ->
                new Lesson(tools, request)
                    .learned(outcome)
                    .thenCompose(parameter -> again(plan, frame, request, outcome, parameter)))
        : sent;
  }

  /** What the app itself says to its own provider is its own, and so is what comes of it. */
  private boolean teachable(TargetRequest request) {
    return request.endpoint().operation() == Operation.CHAT
        && !request.target().provider().equals(exchange.endpoint().provider());
  }

  private CompletionStage<Outcome> again(
      Plan.Try plan,
      Frame frame,
      TargetRequest refused,
      Outcome outcome,
      Optional<String> parameter) {
    if (parameter.isEmpty() || caller.abandoned() || leftNanos() == 0) {
      return done(outcome);
    }
    TargetRequest made = requests.made(plan).request();
    if (made == null
        || Arrays.equals(made.request().body().bytes(), refused.request().body().bytes())) {
      return done(outcome);
    }
    note("learned", refused.target(), "refused", parameter.get());
    outcome.close();
    TargetRequest request = made.with(made.request(), refused.awaited());
    return send(plan, frame, request)
        .thenApply(done -> done.ofChanged().through(request.translation(), request.dropped()));
  }

  private CompletionStage<Outcome> send(Plan.Try plan, Frame frame, TargetRequest request) {
    Effective policy = Effective.of(plan.policy(), exchange.options(), chain.request().headers());
    // What the cache has left over is an alternative, too: an answer is judged before it flows.
    boolean alternatives = frame.alternatives() || (cached != null && cached.hasStale());
    return new TargetRun(this, request, policy, alternatives, frame.forced(), frame.accept(), step)
        .start();
  }

  /**
   * @param best the outcome that the app gets unless a later one is good: the first that failed
   */
  private CompletionStage<Outcome> chain(
      Plan.Chain plan, Frame frame, int index, @Nullable Outcome best) {
    List<Plan> plans = plan.plans();
    if (index == plans.size()) {
      return done(best == null ? Outcome.skipped(null, step) : best);
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
              Outcome kept = best == null ? outcome : better(best, outcome);
              if (outcome.is(Grade.FAILED) && !goesOn(plan.on(), outcome)) {
                return done(kept);
              }
              if (more && !outcome.is(Grade.SKIPPED)) {
                tools.listener().fellBack();
              }
              return chain(plan, frame, index + 1, kept);
            });
  }

  /** Whether a failure is one to go on from, and there is somebody left to go on for. */
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
              Outcome kept = best == null ? outcome : better(best, outcome);
              if (outcome.is(Grade.FAILED) && !goesOn(plan.on(), outcome)) {
                return done(kept);
              }
              if (outcome.is(Grade.REJECTED) && (caller.abandoned() || leftNanos() == 0)) {
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

  /**
   * An answer, though not accepted, is better than a failure, and that better than nothing; of two
   * failures the first counts. What the client throws to an app that gives up goes over all.
   */
  private static Outcome better(Outcome first, Outcome second) {
    boolean later = rank(second) > rank(first);
    Outcome kept = later ? second : first;
    Outcome other = later ? first : second;
    other.close();
    return kept;
  }

  private static int rank(Outcome outcome) {
    if (outcome.kind() == FailureKind.CANCELLED) {
      return 4;
    }
    return switch (outcome.grade()) {
      case GOOD, REJECTED -> 3;
      case FAILED -> 2;
      case SKIPPED -> outcome.error() == null ? 0 : 1;
    };
  }

  /** Two conditions, both of which have to hold. */
  private record Both(Expression one, Expression other) implements Expression {
    @Override
    public boolean test(Variables variables) {
      return one.test(variables) && other.test(variables);
    }

    @Override
    public @Nullable String text(Variables variables) {
      return Boolean.toString(test(variables));
    }

    @Override
    public String source() {
      return "(" + one.source() + ") && (" + other.source() + ")";
    }
  }

  // What the parts of the run ask for.

  RoutingTools tools() {
    return tools;
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
  Variables variables(GatewayResponse response, ResponseFacts facts, @Nullable String text) {
    return new CallVariables(exchange, chain.request(), tools.config().environment())
        .withResponse(response.status(), facts, text);
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
