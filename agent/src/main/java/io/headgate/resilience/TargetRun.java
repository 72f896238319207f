// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.FailureKind;
import io.headgate.config.FailureSet;
import io.headgate.config.RetrySettings;
import io.headgate.expression.Expression;
import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.ApiKey;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.WireError;
import io.headgate.provider.Via;
import io.headgate.route.Target;
import io.headgate.translate.Unreadable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One target, tried until it answers or its policy is used up. Attempts never overlap, so the
 * fields are written by one thread at a time; stages order them.
 */
final class TargetRun {

  /** A stream whose head is larger than this flows, whatever is in it; in bytes. */
  private static final long STREAM_HEAD = 256 << 10;

  /** Larger answers are not judged as a whole, in bytes. */
  private static final long WHOLE = 8 << 20;

  /** Errors are not read further, in bytes. */
  private static final long ERROR = 64 << 10;

  /** The most that is kept of an error to see whose it is, in bytes. */
  private static final long BEGINNING = 2048;

  private final PlanRun run;
  private final RoutingTools tools;
  private final TargetRequest request;
  private final Effective policy;
  private final boolean alternatives;
  private final boolean forced;
  private final Acceptance acceptance;
  private final int step;
  private final Target target;

  private int made;
  private int keysTried;
  private boolean direct;

  /**
   * @param alternatives whether another target would be tried if this one fails
   * @param forced whether to go on although the breaker is open
   * @param accept what makes a good answer acceptable; null for nothing
   */
  TargetRun(
      PlanRun run,
      TargetRequest request,
      Effective policy,
      boolean alternatives,
      boolean forced,
      @Nullable Expression accept,
      int step) {
    this.run = run;
    this.tools = run.tools();
    this.request = request;
    this.policy = policy;
    this.alternatives = alternatives;
    this.forced = forced;
    this.step = step;
    this.target = request.target();
    this.acceptance = new Acceptance(run, request, accept, WHOLE);
    this.direct = tools.health().gatewayDown();
  }

  /** One attempt and what it takes along. */
  private record Sent(
      Attempt attempt,
      AttemptTimer timer,
      @Nullable ApiKey key,
      @Nullable Breaker breaker,
      Runnable over,
      long sinceNanos) {}

  CompletionStage<Outcome> start() {
    String provider = target.provider();
    // A key that will not be put on the request must not pay for how that fares.
    boolean keyed =
        tools.keys().has(provider)
            && tools.credentials().placesKey(request.request().uri(), provider);
    ApiKey key =
        keyed ? tools.keys().take(provider, alias -> tools.health().open(target, alias)) : null;
    if (key == null && keyed) {
      String why = "every key of provider " + provider + " was refused";
      run.note("skip", target, "reason", why);
      return done(Outcome.skipped(new WireError(WireError.Kind.UPSTREAM, why), step));
    }
    String alias = key == null ? null : key.alias();
    Breaker breaker = tools.health().breaker(target, alias, policy.breaker());
    boolean admitted = breaker != null && breaker.admit();
    if (breaker != null && !admitted && !forced) {
      String why = "the circuit breaker of " + target + " is open";
      run.note("skip", target, "reason", "breaker open");
      run.breakerOpen();
      return done(Outcome.skipped(new WireError(WireError.Kind.UPSTREAM, why), step));
    }
    made++;
    Duration connect = policy.timeout().connect();
    Control control = new Control(connect == null ? 0 : connect.toNanos());
    if (request.awaited()) {
      control.allowSharing();
    }
    Attempt attempt = new Attempt(request.endpoint(), request.facts(), key, control);
    attempt.direct(direct);
    Sent sent =
        new Sent(
            attempt,
            new AttemptTimer(control, policy.timeout(), tools.timers()),
            key,
            // One that was not admitted took no place that it could give back.
            admitted ? breaker : null,
            tools.health().began(target),
            tools.nanoClock().getAsLong());
    CompletionStage<GatewayResponse> stage;
    try {
      stage = run.send(request.request(), attempt);
    } catch (Throwable t) {
      stage = CompletableFuture.failedFuture(t);
    }
    return stage
        .handle((response, failure) -> headCame(sent, response, failure))
        .thenCompose(next -> next);
  }

  private CompletionStage<Outcome> headCame(
      Sent sent, @Nullable GatewayResponse response, @Nullable Throwable failure) {
    if (response == null) {
      return broken(
          sent, failure == null ? new IllegalStateException("no answer") : failure, false);
    }
    Content pulled = response.content();
    if (pulled == null) {
      // An adapter that cannot be asked twice after all: what it has is what the app gets.
      sent.timer().over();
      sent.over().run();
      if (sent.breaker() != null) {
        sent.breaker().released();
      }
      return done(
          Outcome.answer(
              Outcome.Grade.GOOD,
              null,
              response,
              Content.of(new byte[0], response.body()),
              sent.attempt(),
              step));
    }
    response.body().tap(new EndTap(sent.over()));
    Content content =
        new Content(new TimedSource(pulled, sent.timer()), new LiveBody(run::tapFailed));
    boolean streaming = Streams.is(response, sent.attempt());
    // A stream that has to begin in time is looked at until it has: how late the app reads is not
    // the provider's fault.
    boolean looked =
        acceptance.asked() || replaceable() || (streaming && policy.timeout().firstToken() != null);
    if (!looked) {
      sent.timer().content();
    } else if (!streaming) {
      sent.timer().contentWithNextChunk();
    }
    Answer answer = new Answer(sent, response, content, new ByteArrayOutputStream(0));
    boolean error = response.status() >= 400;
    if (!error && !response.successful()) {
      sent.timer().content();
      return good(answer);
    }
    if (!looked) {
      return error ? failed(answer, Failures.of(response.status()), null) : good(answer);
    }
    // An error is read to its end, or for long enough to tell which it is.
    return judged(answer, error, streaming);
  }

  /**
   * An answer that the app has not seen.
   *
   * @param kept the beginning of an error, or all of what is read otherwise than it came, if it was
   *     read
   */
  private record Answer(
      Sent sent, GatewayResponse response, Content content, ByteArrayOutputStream kept) {
    String beginning() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }

  private CompletionStage<Outcome> judged(Answer answer, boolean error, boolean streaming) {
    GatewayResponse response = answer.response();
    Attempt attempt = answer.sent().attempt();
    boolean whole = acceptance.asked() && !error;
    AnswerJudge judge;
    try {
      judge =
          tools
              .editor()
              .judge(
                  attempt.endpoint(),
                  attempt.requestFacts(),
                  response.status(),
                  response.headers(),
                  whole);
    } catch (Throwable t) {
      return unjudged(answer, t);
    }
    long limit = error ? ERROR : streaming && !whole ? STREAM_HEAD : WHOLE;
    return answer
        .content()
        .hold(
            new Judging(judge, answer.kept(), error ? BEGINNING : acceptance.reads(response)),
            limit)
        .handle(
            (ended, failure) -> {
              if (failure != null && Causes.of(failure) instanceof Judging.Misjudged fault) {
                return unjudged(answer, fault);
              }
              if (failure != null) {
                answer.content().close();
                return broken(answer.sent(), failure, streaming);
              }
              FailureKind kind = judge.failure();
              if (kind != null && judge.verdict() == AnswerJudge.Verdict.FAILED) {
                return failed(answer, kind, judge.errorType());
              }
              if (error) {
                return failed(answer, Failures.of(response.status()), judge.errorType());
              }
              answer.sent().timer().content();
              boolean accepted;
              try {
                accepted = acceptance.accepts(response, attempt, judge, answer.kept(), streaming);
              } catch (Unreadable none) {
                return failed(answer, FailureKind.SERVER_ERROR, null);
              } catch (Throwable t) {
                return unjudged(answer, t);
              }
              return accepted ? good(answer) : rejected(answer);
            })
        .thenCompose(next -> next);
  }

  /** A fault of ours must not cost the app its answer: it gets what there is. */
  private CompletionStage<Outcome> unjudged(Answer answer, Throwable fault) {
    Throwable cause = fault instanceof Judging.Misjudged ? fault.getCause() : null;
    tools.faults().fault("judge", cause != null ? cause : fault);
    answer.sent().timer().content();
    return good(answer);
  }

  private CompletionStage<Outcome> good(Answer answer) {
    Sent sent = answer.sent();
    tools.health().answered(target, tools.nanoClock().getAsLong() - sent.sinceNanos());
    if (sent.breaker() != null) {
      sent.breaker().succeeded();
    }
    run.noteAttempt(sent.attempt(), answer.response().status(), null, null);
    return done(outcome(answer, Outcome.Grade.GOOD, null));
  }

  private CompletionStage<Outcome> rejected(Answer answer) {
    if (answer.sent().breaker() != null) {
      answer.sent().breaker().succeeded();
    }
    run.noteAttempt(answer.sent().attempt(), answer.response().status(), null, "not accepted");
    return done(outcome(answer, Outcome.Grade.REJECTED, null));
  }

  private Outcome outcome(Answer answer, Outcome.Grade grade, @Nullable FailureKind kind) {
    return Outcome.answer(
        grade, kind, answer.response(), answer.content(), answer.sent().attempt(), step);
  }

  /**
   * There is no answer, or it broke off before the app saw any of it.
   *
   * @param begun whether a stream had begun
   */
  private CompletionStage<Outcome> broken(Sent sent, Throwable thrown, boolean begun) {
    Throwable cause = Causes.of(thrown);
    TimedOut ranOut = sent.timer().ranOut();
    sent.timer().over();
    Throwable failure = ranOut != null ? ranOut : cause;
    boolean slow = begun && ranOut != null && ranOut.timer() == TimedOut.Timer.FIRST_TOKEN;
    FailureKind kind =
        run.abandoned()
            ? FailureKind.CANCELLED
            : slow
                ? FailureKind.SLOW_STREAM
                : ranOut != null ? FailureKind.TIMEOUT : Failures.of(failure);
    sent.over().run();
    if (goDirect(sent, kind == FailureKind.CONNECT, 0)) {
      return start();
    }
    note(sent, kind, 0, null);
    Outcome outcome = Outcome.failed(kind, failure, sent.attempt(), step);
    if (kind == FailureKind.CANCELLED) {
      return done(outcome);
    }
    return Failures.hopeless(failure) ? done(outcome) : again(outcome, kind, 0, null);
  }

  private CompletionStage<Outcome> failed(
      Answer answer, FailureKind kind, @Nullable String errorType) {
    Sent sent = answer.sent();
    GatewayResponse response = answer.response();
    int status = response.status();
    if (goDirect(sent, gatewayFailed(answer), status)) {
      answer.content().close();
      return start();
    }
    note(sent, kind, status, errorType);
    Duration asked = RetryAfter.of(response.headers(), tools.clock().instant());
    Outcome outcome = outcome(answer, Outcome.Grade.FAILED, kind);
    ApiKey key = sent.key();
    if (key != null && otherKey(key, kind, asked)) {
      outcome.close();
      return start();
    }
    return again(outcome, kind, status, asked);
  }

  private void note(Sent sent, FailureKind kind, int status, @Nullable String errorType) {
    Breaker breaker = sent.breaker();
    if (breaker != null) {
      // A key that has to rest does so by itself.
      boolean keys = sent.key() != null && restsKey(kind);
      if (keys || !Failures.countsAgainstTarget(kind)) {
        breaker.released();
      } else if (breaker.failed()) {
        run.note("breaker", target, "state", "open");
        tools.listener().breakerOpened(target.provider());
      }
    }
    sent.attempt().failure(kind);
    if (Failures.countsAgainstTarget(kind)) {
      tools.health().failed(target);
    }
    tools.listener().attemptFailed(target.provider(), kind);
    run.noteAttempt(sent.attempt(), status, kind, errorType);
  }

  private static boolean restsKey(FailureKind kind) {
    return kind == FailureKind.RATE_LIMIT || kind == FailureKind.QUOTA;
  }

  private static boolean gatewayFailed(Answer answer) {
    GatewayResponse response = answer.response();
    return Via.gatewayFailed(response.status(), response.headers())
        || Via.gatewayRefused(response.status(), answer.beginning());
  }

  /**
   * Whether to leave out the gateway between us and the provider, which itself is down. The
   * provider has no part in that, nor has its key.
   */
  private boolean goDirect(Sent sent, boolean gatewayDown, int status) {
    if (!gatewayDown || direct || !tools.via().goesVia(target.provider()) || run.abandoned()) {
      return false;
    }
    direct = true;
    made--;
    tools.health().gatewayFailed();
    if (sent.breaker() != null) {
      sent.breaker().released();
    }
    sent.attempt().failure(FailureKind.CONNECT);
    run.noteAttempt(sent.attempt(), status, FailureKind.CONNECT, "gateway");
    run.note("direct", target, "reason", "the gateway in between is down");
    return true;
  }

  /** Takes a key that does not work out of use; whether there is another one to go on with. */
  private boolean otherKey(ApiKey key, FailureKind kind, @Nullable Duration asked) {
    String provider = target.provider();
    switch (kind) {
      case AUTH -> tools.keys().refused(provider, key);
      case RATE_LIMIT, QUOTA -> tools.keys().limited(provider, key, asked);
      default -> {
        return false;
      }
    }
    run.note(
        "key", target, "alias", key.alias() + (kind == FailureKind.AUTH ? " refused" : " limited"));
    keysTried++;
    if (keysTried >= tools.keys().size(provider)
        || !tools.keys().available(provider)
        || run.abandoned()) {
      return false;
    }
    made--;
    return true;
  }

  /** Tries once more if that is allowed and may help. */
  private CompletionStage<Outcome> again(
      Outcome outcome, FailureKind kind, int status, @Nullable Duration asked) {
    RetrySettings retry = policy.retry();
    if (retry == null
        || made >= policy.maxAttempts()
        || !worthwhile(retry.on(), kind, status)
        || (alternatives && Delays.tooLong(retry, asked))
        || run.abandoned()) {
      return done(outcome);
    }
    if (policy.breaker() != null && !forced && tools.health().open(target, alias(outcome))) {
      // What the provider said tells the app more than that we ask no more.
      run.note("no-retry", target, "reason", "breaker open");
      return done(outcome);
    }
    long delay = Delays.nanos(retry, made, asked, tools.random());
    if (delay >= run.leftNanos()) {
      run.note("no-retry", target, "reason", "no time is left");
      return done(outcome);
    }
    if (!tools.budget().take()) {
      run.note("no-retry", target, "reason", "the retry budget is used up");
      tools.listener().retryBudgetExhausted(target.provider());
      return done(outcome);
    }
    outcome.close();
    tools.listener().retried(target.provider());
    run.note("retry", target, "after-ms", Long.toString(delay / 1_000_000));
    return run.pause(delay)
        .handle(
            (nothing, failure) ->
                failure == null && !run.abandoned()
                    ? start()
                    : done(
                        Outcome.failed(
                            FailureKind.CANCELLED,
                            failure == null ? new CancellationException() : Causes.of(failure),
                            outcome.attempt(),
                            step)))
        .thenCompose(next -> next);
  }

  private static @Nullable String alias(Outcome outcome) {
    Attempt attempt = outcome.attempt();
    ApiKey key = attempt == null ? null : attempt.key();
    return key == null ? null : key.alias();
  }

  private static boolean worthwhile(FailureSet on, FailureKind kind, int status) {
    // Waiting does not mend an account without money.
    return kind != FailureKind.QUOTA && on.matches(kind, status);
  }

  /** Whether an answer that is not good would not be the app's. */
  private boolean replaceable() {
    return alternatives
        || made < policy.maxAttempts()
        || keysTried + 1 < tools.keys().size(target.provider())
        || (!direct && tools.via().goesVia(target.provider()));
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
