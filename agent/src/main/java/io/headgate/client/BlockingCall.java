// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.Apart;
import io.headgate.gateway.Attempts;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Control;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Upstream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call of an app whose client blocks. All of it happens on the app's thread, but for what may
 * come to be shared with others.
 *
 * @param <A> the client's type of answers
 */
public final class BlockingCall<A> {

  private final GatewayRequest asked;
  private final Exchange.CallSite site;
  private final Client<A> client;
  private final Tries<A> tries;
  private final Way way = new Way();

  /** Completes when the app does not wait any longer, with what it sees then. */
  private final CompletableFuture<Exception> left = new CompletableFuture<>();

  private volatile @Nullable Hold current;

  /** The app's client, as it serves this call. */
  public interface Client<A> {
    /**
     * Sends a request on this thread, which is marked as inside a call, and waits for the head of
     * the answer. The very request that the call was made with goes out as the app built it; any
     * other is built from what it says, and is not to be led to another origin by the server.
     *
     * @throws Unsent if it is not given to the client, for a reason of ours
     * @throws Exception what the client throws
     */
    Received<A> send(GatewayRequest request, Hold hold) throws Exception;

    /** What the client throws if the app gives a call up from another thread. */
    Exception givenUp();

    /**
     * What the client throws if its thread is interrupted, and its flag as the client leaves it.
     */
    Exception interrupted();

    /** What the client throws if {@link #deadlineNanos} is over. */
    default Exception timedOut() {
      return givenUp();
    }

    /** When the app's own limit for the whole call ends it; see {@link Attempts#deadlineNanos}. */
    default long deadlineNanos() {
      return Attempts.NO_DEADLINE;
    }
  }

  /**
   * @param asked as the app made it; the body is opaque if it can be sent once only
   * @param site where it was made
   */
  public BlockingCall(GatewayRequest asked, Exchange.CallSite site, Client<A> client) {
    this.asked = asked;
    this.site = site;
    this.client = client;
    this.tries = new Tries<>(site.client());
  }

  /**
   * Makes the call. Returns its answer, whose body waits to be read. If nothing at all was given to
   * the client, that gets the very request that the app made.
   *
   * @throws Unsent if {@link Client#send} threw it for that one, too: the original call is to run
   * @throws Exception what the client throws
   */
  public Outcome<A> run() throws Exception {
    GatewayResponse decided = null;
    Throwable ended = null;
    CompletionStage<GatewayResponse> stage = null;
    try {
      stage = Ingress.execute(asked, site, way);
      CompletionStage<GatewayResponse> over = way.await(stage);
      decided = over.toCompletableFuture().get();
    } catch (ExecutionException e) {
      ended = e;
    } catch (Throwable t) {
      ended = t;
    }
    if (decided == null && stage != null && !stage.toCompletableFuture().isDone()) {
      // The app does not wait any longer. What others wait for as well goes on without it.
      abandon();
      var unused = stage.thenAccept(GatewayResponse::abandon);
    }
    Outcome<A> outcome = tries.outcome(decided, ended);
    return outcome != null ? outcome : untouched();
  }

  /** As if we were not there. */
  private Outcome<A> untouched() throws Exception {
    boolean entered = Ingress.enter();
    try {
      Hold hold = new Hold(new Control(0), true);
      current = hold;
      if (left.isDone()) {
        throw left.join();
      }
      Tried<A> answer = new Tried<>(client.send(asked, hold), hold, false, failure -> {});
      return new Outcome<>(answer.head(), answer.content(), answer.received(), true);
    } finally {
      Ingress.leave(entered);
    }
  }

  /**
   * The app gives the call up, before its answer is there or while that is read: whoever waits is
   * thrown out, but for others than the app.
   */
  public void abandon() {
    leave(client.givenUp());
  }

  private void leave(Exception thrown) {
    left.complete(thrown);
    Hold running = current;
    if (running != null && !running.shared()) {
      running.breakOff();
    }
  }

  /** The app is done with its answer. */
  public void close() {
    tries.close();
  }

  /** Waits for a chunk of the answer; for {@link ContentStream}. */
  <T extends @Nullable Object> T waitFor(CompletableFuture<T> chunk) throws Exception {
    Exception end = chunk.isDone() ? null : until(chunk, Attempts.NO_DEADLINE);
    if (end != null) {
      throw end;
    }
    try {
      return chunk.get();
    } catch (ExecutionException e) {
      Throwable cause = Causes.of(e);
      if (cause instanceof Error error) {
        throw error;
      }
      throw (Exception) cause;
    }
  }

  /** Waits until it is done, and then returns null; or what ends the wait. */
  private @Nullable Exception until(CompletableFuture<?> done, long deadlineNanos) {
    CompletableFuture<Object> either = CompletableFuture.anyOf(done, left);
    try {
      if (deadlineNanos == Attempts.NO_DEADLINE) {
        either.get();
      } else {
        either.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      return client.interrupted();
    } catch (TimeoutException e) {
      return done.isDone() ? null : client.timedOut();
    } catch (ExecutionException | CancellationException e) {
      return null;
    }
    return done.isDone() ? null : left.join();
  }

  private <T> CompletionStage<T> failed(Throwable failure) {
    tries.failed(failure);
    return CompletableFuture.failedFuture(failure);
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
      if (!aside) {
        tries.sending();
      }
      boolean apart = control.shareable() && !aside;
      Hold hold = new Hold(control, single);
      return apart
          ? Apart.run(() -> run(request, hold, true, false))
          : run(request, hold, false, aside);
    }

    /**
     * @param apart whether this is not the app's thread, and reading is to be done apart, too
     * @param aside whether it is no part of the app's call: nothing of it is ever the app's
     */
    private CompletionStage<GatewayResponse> run(
        GatewayRequest request, Hold hold, boolean apart, boolean aside) {
      if (!aside) {
        current = hold;
        if (abandoned() && !hold.shared()) {
          return failed(left.join());
        }
      }
      boolean entered = Ingress.enter();
      try {
        Received<A> received = client.send(request, hold);
        Tried<A> answer = new Tried<>(received, hold, apart, aside ? failure -> {} : tries::failed);
        if (!aside) {
          tries.answered(answer);
          if (abandoned() && !hold.shared()) {
            answer.close();
          }
        }
        return CompletableFuture.completedFuture(answer.head());
      } catch (Unsent e) {
        hold.over();
        if (!aside) {
          tries.unsent();
        }
        return CompletableFuture.failedFuture(e);
      } catch (Throwable t) {
        hold.over();
        return aside ? CompletableFuture.failedFuture(t) : failed(t);
      } finally {
        Ingress.leave(entered);
      }
    }

    @Override
    public CompletionStage<@Nullable Void> pause(long nanos) {
      // Its end is that time's, or the call's own if that comes first.
      long wake = System.nanoTime() + nanos;
      long deadline = client.deadlineNanos();
      boolean late = deadline != NO_DEADLINE && deadline - wake < 0;
      Exception end = until(new CompletableFuture<>(), late ? deadline : wake);
      return end == null || (!late && !left.isDone() && System.nanoTime() - wake >= 0)
          ? CompletableFuture.completedFuture(null)
          : over(end);
    }

    /** The app does not wait any longer: what nobody else waits for is broken off. */
    private <T> CompletionStage<T> over(Exception end) {
      leave(end);
      return failed(end);
    }

    @Override
    public <T extends @Nullable Object> CompletionStage<T> await(CompletionStage<T> stage) {
      CompletableFuture<T> done = stage.toCompletableFuture();
      Exception end = done.isDone() ? null : until(done, client.deadlineNanos());
      return end == null ? stage : over(end);
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
