// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Control;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Upstream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of an app whose client is asynchronous. Decisions are taken on threads of ours, never on
 * one that the app or its client brings, which may be an event loop; bytes are handed on by
 * whichever thread has them.
 *
 * @param <A> the client's type of answers
 */
public final class AsyncCall<A> {

  private final GatewayRequest asked;
  private final Exchange.CallSite site;
  private final Client<A> client;
  private final Tries<A> tries;
  private final Way way = new Way();

  /** Completes when the app does not wait any longer, with what it sees then. */
  private final CompletableFuture<Throwable> left = new CompletableFuture<>();

  private volatile @Nullable Hold current;

  /** What is waited for without the client. */
  private final Map<Object, CompletableFuture<?>> waits = new ConcurrentHashMap<>();

  /** The app's client, as it serves this call. */
  public interface Client<A> {
    /**
     * Sends a request, on this thread as far as that goes without blocking; it is marked as inside
     * a call. The very request that the call was made with goes out as the app built it; any other
     * is built from what it says, and is not to be led to another origin by the server. The stage
     * completes with the head of the answer, on any thread, or fails with what the client says.
     *
     * @throws Unsent if it is not given to the client, for a reason of ours; the stage may fail
     *     with it, too
     */
    CompletionStage<Received<A>> send(GatewayRequest request, Hold hold);

    /** What the client says if the app gives a call up. */
    Throwable givenUp();

    /** What the client says if {@link #deadlineNanos} is over. */
    default Throwable timedOut() {
      return givenUp();
    }

    /** When the app's own limit for the whole call ends it; see {@link Attempts#deadlineNanos}. */
    default long deadlineNanos() {
      return Attempts.NO_DEADLINE;
    }
  }

  /**
   * @param asked as the app made it; the body is opaque if it can be sent once only
   * @param site where it was made, with the {@linkplain Ingress#captureParent parent} that was
   *     current there
   */
  public AsyncCall(GatewayRequest asked, Exchange.CallSite site, Client<A> client) {
    this.asked = asked;
    this.site = site;
    this.client = client;
    this.tries = new Tries<>(site.client());
  }

  /**
   * Makes the call, once. The future completes with its answer, whose body waits to be pulled, or
   * fails with what the client says. If nothing at all was given to that, it gets the very request
   * that the app made; if {@link Client#send} throws {@link Unsent} for that one, too, the future
   * fails with it, and the original call is to run. It completes on a thread of ours, or on the
   * client's if the gateway had no say in the answer. Cancelling it does nothing: {@link #abandon}
   * does.
   */
  public CompletableFuture<Outcome<A>> start() {
    CompletableFuture<Outcome<A>> result = new CompletableFuture<>();
    Ingress.background(() -> run(result));
    return result;
  }

  private void run(CompletableFuture<Outcome<A>> result) {
    CompletionStage<GatewayResponse> stage;
    try {
      stage = Ingress.execute(asked, site, way);
    } catch (Throwable t) {
      stage = CompletableFuture.failedFuture(t);
    }
    CompletionStage<GatewayResponse> call = stage;
    var unused =
        way.await(stage)
            .whenComplete(
                (decided, failure) -> {
                  try {
                    settle(decided, failure, result);
                  } catch (Throwable t) {
                    result.completeExceptionally(t);
                    // It goes on if the app leaves: its answer then comes too late for anybody.
                    var ignored = call.thenAccept(GatewayResponse::abandon);
                  }
                });
  }

  private void settle(
      @Nullable GatewayResponse decided,
      @Nullable Throwable failure,
      CompletableFuture<Outcome<A>> result)
      throws Exception {
    Outcome<A> outcome = tries.outcome(decided, failure);
    if (outcome != null) {
      if (!result.complete(outcome)) {
        outcome.content().close();
      }
      return;
    }
    Hold hold = new Hold(new Control(0), true);
    current = hold;
    if (left.isDone()) {
      hold.breakOff();
    }
    var unused =
        sent(asked, hold, failed -> {})
            .whenComplete(
                (answer, thrown) -> {
                  if (answer != null) {
                    result.complete(
                        new Outcome<>(answer.head(), answer.content(), answer.received(), true));
                  } else {
                    result.completeExceptionally(Causes.of(thrown));
                  }
                });
  }

  private CompletableFuture<Tried<A>> sent(
      GatewayRequest request, Hold hold, Consumer<Throwable> failures) {
    CompletionStage<Received<A>> head;
    boolean entered = Ingress.enter();
    try {
      head = client.send(request, hold);
    } catch (Throwable t) {
      head = CompletableFuture.failedFuture(t);
    } finally {
      Ingress.leave(entered);
    }
    return head.thenApply(received -> new Tried<>(received, hold, false, failures))
        .toCompletableFuture();
  }

  /**
   * The app gives the call up, before its answer is there or while that is read: whatever waits
   * ends, but for others than the app. Never blocks.
   */
  public void abandon() {
    leave(client.givenUp());
  }

  private void leave(Throwable cause) {
    left.complete(cause);
    Throwable thrown = left.join(); // Whichever was first.
    Hold running = current;
    if (running != null && !running.shared()) {
      running.breakOff();
    }
    for (CompletableFuture<?> wait : waits.values()) {
      end(wait, thrown);
    }
  }

  /** Ends a wait with what the app is to see, if it still goes on. */
  private boolean end(CompletableFuture<?> wait, Throwable thrown) {
    tries.failed(thrown);
    return wait.completeExceptionally(thrown);
  }

  /** The app is done with its answer. */
  public void close() {
    tries.close();
  }

  /** The way out for the gateway. */
  private final class Way implements Upstream, Attempts {

    @Override
    public @Nullable Attempts attempts() {
      return asked.body().opaque() ? null : this;
    }

    @Override
    public CompletionStage<GatewayResponse> send(GatewayRequest request) {
      return send(request, new Control(0), true);
    }

    @Override
    public CompletionStage<GatewayResponse> send(GatewayRequest request, Control control) {
      return send(request, control, false);
    }

    private CompletionStage<GatewayResponse> send(
        GatewayRequest request, Control control, boolean single) {
      boolean aside = control.shared();
      if (!aside && abandoned()) {
        return failed(left.join());
      }
      Hold hold = new Hold(control, single);
      if (!aside) {
        tries.sending();
        current = hold;
      }
      CompletableFuture<GatewayResponse> result = new CompletableFuture<>();
      var unused =
          sent(request, hold, aside ? failure -> {} : tries::failed)
              // Whatever comes of it is for a thread that may be kept waiting.
              .whenCompleteAsync(
                  (answer, failure) -> arrived(answer, failure, hold, aside, result),
                  Ingress::background);
      if (!aside && abandoned() && !hold.shared()) {
        hold.breakOff();
      }
      return result;
    }

    private void arrived(
        @Nullable Tried<A> answer,
        @Nullable Throwable failure,
        Hold hold,
        boolean aside,
        CompletableFuture<GatewayResponse> result) {
      if (answer == null) {
        hold.over();
        Throwable cause = failure == null ? new IllegalStateException() : Causes.of(failure);
        if (cause instanceof Unsent) {
          if (!aside) {
            tries.unsent();
          }
          result.completeExceptionally(cause);
          return;
        }
        Throwable thrown = !aside && !hold.shared() && abandoned() ? left.join() : cause;
        if (!aside) {
          tries.failed(thrown);
        }
        result.completeExceptionally(thrown);
        return;
      }
      if (!aside) {
        tries.answered(answer);
      }
      if (!aside && abandoned() && !hold.shared()) {
        answer.close();
        Throwable thrown = left.join();
        tries.failed(thrown);
        result.completeExceptionally(thrown);
      } else {
        result.complete(answer.head());
      }
    }

    private <T> CompletionStage<T> failed(Throwable failure) {
      tries.failed(failure);
      return CompletableFuture.failedFuture(failure);
    }

    @Override
    public CompletionStage<@Nullable Void> pause(long nanos) {
      CompletableFuture<@Nullable Void> time = new CompletableFuture<>();
      time.completeOnTimeout(null, Math.max(0, nanos), TimeUnit.NANOSECONDS);
      return await(time);
    }

    @Override
    public <T extends @Nullable Object> CompletionStage<T> await(CompletionStage<T> stage) {
      if (stage.toCompletableFuture().isDone()) {
        return stage;
      }
      CompletableFuture<T> wait = new CompletableFuture<>();
      Object key = new Object();
      waits.put(key, wait);
      var ignored = wait.whenComplete((value, failure) -> waits.remove(key));
      long deadline = client.deadlineNanos();
      if (deadline != NO_DEADLINE) {
        expire(wait, deadline - System.nanoTime());
      }
      var unused =
          stage.whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  wait.complete(value);
                } else {
                  wait.completeExceptionally(failure);
                }
              });
      if (abandoned()) {
        end(wait, left.join());
      }
      // Neither on the thread that times waits for the whole JVM, nor on the one that cancels.
      return wait.whenCompleteAsync((value, failure) -> {}, Ingress::background);
    }

    private void expire(CompletableFuture<?> wait, long nanos) {
      CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();
      timer.completeOnTimeout(null, Math.max(0, nanos), TimeUnit.NANOSECONDS);
      var unused = timer.thenRun(() -> expired(wait));
      var ignored = wait.whenComplete((value, failure) -> timer.cancel(false));
    }

    private void expired(CompletableFuture<?> wait) {
      if (wait.isDone()) {
        return;
      }
      left.complete(client.timedOut());
      Throwable thrown = left.join(); // The app may have left in the meantime.
      if (end(wait, thrown)) {
        // Breaking off may take long: not on the thread that times waits for the whole JVM.
        Ingress.background(() -> leave(thrown));
      }
    }

    @Override
    public boolean abandoned() {
      return left.isDone();
    }

    @Override
    public long deadlineNanos() {
      return client.deadlineNanos();
    }
  }
}
