// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.cache.CacheSlot;
import io.headgate.cache.CachedCall;
import io.headgate.cache.Looked;
import io.headgate.chat.FailureKind;
import io.headgate.expression.Expression;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Caller;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.WireError;
import io.headgate.resilience.Outcome.Grade;
import io.headgate.translate.Translation;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One target whose answers are kept: the cache is asked before it is. */
final class CachedTarget {

  private final CacheSlot slot;
  private final Caller caller;
  private final TargetRequest request;
  private final int step;

  /**
   * @param accept what makes a good answer acceptable; null for nothing
   */
  CachedTarget(
      CachedCall cache,
      Caller caller,
      TargetRequest request,
      @Nullable Expression accept,
      int step) {
    Translation translation = request.translation();
    this.slot =
        cache.slot(
            caller,
            request.endpoint(),
            request.facts(),
            request.request(),
            accept,
            translation == null ? null : translation::seen);
    this.caller = caller;
    this.request = request;
    this.step = step;
  }

  /**
   * Answers from the cache, or else by sending.
   *
   * @param send sends what it is given; called once at most
   */
  CompletionStage<Outcome> run(Function<TargetRequest, CompletionStage<Outcome>> send) {
    return slot.look()
        .handle(
            (looked, failure) -> {
              if (looked == null) {
                slot.failed();
                return done(givenUp(failure));
              }
              return switch (looked.kind()) {
                case ANSWERED -> done(answered(looked, step));
                case REFUSED -> done(refused());
                case SEND -> sent(send);
              };
            })
        .thenCompose(next -> next);
  }

  /** An answer of the cache as an outcome. */
  static Outcome answered(Looked looked, int step) {
    GatewayResponse answer = looked.answer();
    Attempt attempt = looked.attempt();
    Content content = answer == null ? null : answer.content();
    if (answer == null || content == null || attempt == null) {
      throw new IllegalStateException("an answer without content");
    }
    return Outcome.answer(Grade.GOOD, null, answer, content, attempt, step);
  }

  private Outcome givenUp(@Nullable Throwable failure) {
    Throwable cause = failure == null ? new CancellationException() : Causes.of(failure);
    FailureKind kind = caller.abandoned() ? FailureKind.CANCELLED : Failures.of(cause);
    return Outcome.failed(kind, cause, null, step);
  }

  private Outcome refused() {
    return Outcome.skipped(
        new WireError(WireError.Kind.CACHE_MISS, "the answer is not in the cache"), step);
  }

  /** Whatever becomes of it, the slot is told: other calls may be waiting for it. */
  private CompletionStage<Outcome> sent(Function<TargetRequest, CompletionStage<Outcome>> send) {
    CompletionStage<Outcome> stage;
    try {
      stage = send.apply(request.with(slot.request(), slot.awaited()));
    } catch (Throwable t) {
      slot.failed();
      throw t;
    }
    return stage.handle(this::settled).thenCompose(next -> next);
  }

  private CompletionStage<Outcome> settled(@Nullable Outcome outcome, @Nullable Throwable failure) {
    if (outcome == null) {
      slot.failed();
      throw new CompletionException(
          failure == null ? new IllegalStateException("no outcome") : failure);
    }
    GatewayResponse response = outcome.pulled();
    Attempt attempt = outcome.attempt();
    if (response == null || attempt == null || !outcome.is(Grade.GOOD) || outcome.taught()) {
      slot.failed();
      return done(outcome);
    }
    return slot.began(response, attempt).thenApply(outcome::with);
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
