// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.Upstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one call: sends what the app built over the app's own connection, and anything
 * else, or anything more, over a fresh one that is set up alike. Blocks the thread that sends until
 * the head is there, except for a body that is passed on while the app still writes it: then the
 * stage stays open until {@link #finish}.
 */
final class CallUpstream implements Upstream {

  private final GatewayRequest original;
  private final Likeness likeness;
  private final @Nullable RequestOutput output;
  private final boolean passing;
  private final List<Attempt> started = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Attempt> first = new CompletableFuture<>();
  private volatile @Nullable ManagedAttempts managed;
  private volatile boolean closed;

  /**
   * The way out of one call.
   *
   * @param output what the app wrote to; null if it never asked for it
   * @param passing whether the app is still writing
   */
  CallUpstream(
      GatewayRequest original, Likeness likeness, @Nullable RequestOutput output, boolean passing) {
    this.original = original;
    this.likeness = likeness;
    this.output = output;
    this.passing = passing;
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request) {
    Attempt attempt;
    boolean open = false;
    boolean entered = Ingress.enter();
    try {
      if (closed) {
        throw new IOException("the call is over");
      }
      attempt = new Attempt(connectionFor(request));
      started.add(attempt);
      if (output == null || attempt.write(content(request))) {
        if (passing) {
          open = true;
        } else {
          attempt.await();
          attempt = followed(request, attempt);
        }
      }
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    } finally {
      Ingress.leave(entered);
    }
    if (!open) {
      // Outside the mark, because interceptors go on from here.
      attempt.complete();
    }
    first.complete(attempt);
    return attempt.stage();
  }

  @Override
  public @Nullable Attempts attempts() {
    if (passing || original.body().opaque() || closed) {
      return null;
    }
    ManagedAttempts own = managed;
    if (own == null) {
      own = new ManagedAttempts(original, likeness, output != null);
      managed = own;
    }
    return own;
  }

  /** The attempt that the server's redirects within its origin end at. */
  private Attempt followed(GatewayRequest request, Attempt answered) throws IOException {
    if (!SameOrigin.guards(original, request)
        || !likeness.followsRedirects()
        || likeness.streaming()) {
      return answered;
    }
    GatewayRequest sent = request;
    Attempt attempt = answered;
    for (int i = 0; i < SameOrigin.MAX_REDIRECTS && attempt.answered(); i++) {
      GatewayRequest next = SameOrigin.next(sent, attempt.connection());
      if (next == null) {
        break;
      }
      sent = next;
      attempt = new Attempt(likeness.open(original, sent), true);
      started.add(attempt);
      boolean bodiless = output == null || sent.method().equals("GET");
      if (bodiless || attempt.write(content(sent))) {
        attempt.await();
      }
    }
    return attempt;
  }

  private HttpURLConnection connectionFor(GatewayRequest request) throws IOException {
    // Headers and bodies are equal only if they are the very same.
    if (request.equals(original) && started.isEmpty()) {
      return likeness.origin();
    }
    Attempt before = last();
    if (passing && before != null && before.output() != null) {
      throw new IOException("the request body was streamed and cannot be sent again");
    }
    return likeness.open(original, request);
  }

  private Attempt.Content content(GatewayRequest request) {
    RequestOutput written = output;
    if (request.body() == original.body() && written != null) {
      return target -> {
        written.replay(target);
        if (!passing) {
          target.close();
        }
      };
    }
    return target -> {
      target.write(request.body().bytes());
      target.close();
    };
  }

  /** Sends the app's own request over its own connection; no interceptor has a say any more. */
  Attempt direct() {
    closed = true;
    Attempt attempt = new Attempt(likeness.origin());
    started.add(attempt);
    boolean entered = Ingress.enter();
    try {
      if ((output == null || attempt.write(content(original))) && !passing) {
        attempt.await();
      }
    } finally {
      Ingress.leave(entered);
    }
    return attempt;
  }

  /** The app has written all: waits for the head where the stage was left open. */
  void finish() {
    Attempt attempt = last();
    if (passing && attempt != null) {
      boolean entered = Ingress.enter();
      try {
        attempt.await();
      } finally {
        Ingress.leave(entered);
      }
      attempt.complete();
    }
  }

  /**
   * Where the rest of a passed-on body goes. Waits for an interceptor that holds the call back.
   *
   * @throws IOException what the connection threw
   */
  OutputStream passage(@Nullable CompletionStage<GatewayResponse> call) throws IOException {
    if (call != null) {
      CompletableFuture<Object> either = new CompletableFuture<>();
      var unused = first.thenAccept(either::complete);
      var ignored = call.handle((response, failure) -> either.complete(this));
      either.join();
    }
    Attempt attempt = last();
    if (attempt == null && call != null && givesContent(call)) {
      // The gateway answers by itself: nobody is going to read the question.
      return OutputStream.nullOutputStream();
    }
    if (attempt == null) {
      attempt = direct();
    }
    OutputStream opened = attempt.output();
    if (opened == null) {
      throw Thrown.io(attempt.thrown());
    }
    return opened;
  }

  private static boolean givesContent(CompletionStage<GatewayResponse> call) {
    CompletableFuture<GatewayResponse> stage = call.toCompletableFuture();
    GatewayResponse response = stage.isCompletedExceptionally() ? null : stage.getNow(null);
    return response != null && response.content() != null;
  }

  /**
   * Settles on what the app gets. Whatever the gateway made of it: never a second call.
   *
   * @param call null if the gateway was not asked
   * @param reporting whether an ending that is not upstream's is a fault of ours
   * @param owner of the body the app gets, if that is the gateway's
   */
  Outcome outcome(
      @Nullable CompletionStage<GatewayResponse> call, boolean reporting, AnswerBody owner) {
    Outcome outcome = chosen(call, reporting, owner);
    settle(outcome.attempt());
    return outcome;
  }

  private Outcome chosen(
      @Nullable CompletionStage<GatewayResponse> call, boolean reporting, AnswerBody owner) {
    Throwable fault = null;
    if (call != null) {
      try {
        ManagedAttempts waiting = managed;
        CompletableFuture<GatewayResponse> ending = call.toCompletableFuture();
        GatewayResponse response = waiting == null ? ending.join() : waiting.outcome(ending);
        if (response.content() != null) {
          return delivered(response, owner);
        }
        Attempt done = answeredWith(response.body());
        if (done != null) {
          return Outcome.of(done, likeness.origin(), response);
        }
        fault = new IllegalStateException("an answer that did not come from upstream");
      } catch (Throwable t) {
        fault = Thrown.cause(t);
        Attempt done = failedWith(fault);
        if (done != null) {
          return Outcome.of(done, likeness.origin());
        }
      }
    }
    ManagedAttempts own = managed;
    if (own != null && fault != null && (own.used() || own.failedWith(fault))) {
      return failed(own, fault, reporting, owner);
    }
    if (fault != null && reporting) {
      Ingress.fault("urlconnection", fault);
    }
    return Outcome.of(lastOrDirect(), likeness.origin());
  }

  private Outcome delivered(GatewayResponse response, AnswerBody owner) {
    return Outcome.delivered(new Delivery(original, likeness, owner, managed).of(response));
  }

  /** Something was sent, or the app gave up: then nothing is sent past the gateway. */
  private Outcome failed(
      ManagedAttempts own, Throwable fault, boolean reporting, AnswerBody owner) {
    boolean clients = fault instanceof IOException || own.failedWith(fault);
    if (!clients && reporting) {
      Ingress.fault("urlconnection", fault);
    }
    ManagedAttempt open = clients ? null : own.newestOpen();
    if (open != null && !open.shared()) {
      try {
        return delivered(open.response(), owner);
      } catch (IOException | RuntimeException e) {
        // Then it is no answer.
      }
    }
    own.closeAllBut(null);
    Throwable last = own.lastFailure();
    Throwable told = last == null ? new IOException("no answer", fault) : last;
    return Outcome.failed(
        likeness.origin(), likeness.url(), original.method(), clients ? fault : told);
  }

  /** Takes no more sends; lets go of all attempts but one. */
  private void settle(@Nullable Attempt chosen) {
    closed = true;
    ManagedAttempts own = managed;
    if (own != null) {
      own.finish();
    }
    for (Attempt attempt : started) {
      if (attempt != chosen) {
        attempt.discard();
      }
    }
  }

  private @Nullable Attempt answeredWith(LiveBody body) {
    for (Attempt attempt : started) {
      if (attempt.body() == body) {
        return attempt;
      }
    }
    return null;
  }

  private @Nullable Attempt failedWith(@Nullable Throwable failure) {
    for (Attempt attempt : started) {
      if (!attempt.answered() && attempt.thrown() == failure) {
        return attempt;
      }
    }
    return null;
  }

  /** The newest attempt once it has come to its end, or one past the gateway if there is none. */
  private Attempt lastOrDirect() {
    Attempt attempt = last();
    if (attempt == null) {
      attempt = direct();
      if (passing) {
        attempt.await();
      }
      return attempt;
    }
    closed = true;
    if (!attempt.ended()) {
      // An attempt on another thread that the gateway did not wait for.
      var settled = attempt.stage().handle((response, failure) -> true);
      settled.join();
    }
    return attempt;
  }

  /** The app disconnected: a stage left open ends. */
  void abandon() {
    Attempt attempt = last();
    if (passing && attempt != null) {
      attempt.abandon();
    }
    ManagedAttempts own = managed;
    if (own != null) {
      own.abandon();
    }
  }

  /** The newest attempt; null if nothing was sent. */
  @Nullable Attempt last() {
    return started.isEmpty() ? null : started.get(started.size() - 1);
  }
}
