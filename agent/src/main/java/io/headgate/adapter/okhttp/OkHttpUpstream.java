// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.Upstream;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One call of the app, and the way its requests go out.
 *
 * <p>Of a request that was {@linkplain #send sent}, the app gets the answer, or the very exception
 * OkHttp threw. How the gateway's stage ended matters only if none was; then the app's request goes
 * out as it was. Of {@linkplain #attempts attempts} the app gets what the stage ended with; if that
 * is a fault of ours, what became of the last attempt.
 */
final class OkHttpUpstream implements Upstream {

  private final OkHttpClient client;
  private final Interceptor.Chain chain;
  private final Request unchanged;
  private final GatewayRequest asked;

  // Volatile: an interceptor that waits may send on another thread than the app's.
  private volatile boolean sent;
  private volatile boolean abandoned;
  private volatile @Nullable Answer answer;
  private volatile @Nullable Headers shown;
  private volatile @Nullable Throwable failure;

  private final Patience patience;
  private volatile @Nullable OkHttpAttempts attempts;

  /**
   * @param unchanged what to send if nothing is changed; the app's own request, unless its body was
   *     captured
   */
  OkHttpUpstream(
      OkHttpClient client,
      Interceptor.Chain chain,
      Request unchanged,
      URI uri,
      Headers headers,
      RequestBody body) {
    this.client = client;
    this.chain = chain;
    this.unchanged = unchanged;
    this.patience = new Patience(chain.call(), System.nanoTime());
    this.asked = new GatewayRequest(unchanged.method(), uri, headers, body);
  }

  /** Runs the call through the gateway and returns what the app gets. */
  Response execute() throws IOException {
    CompletionStage<GatewayResponse> stage = null;
    GatewayResponse decided = null;
    Throwable ended = null;
    IOException left = null;
    try {
      stage = Ingress.execute(asked, OkHttpAdapter.callSite(chain.call()), this);
      CompletableFuture<GatewayResponse> outcome = stage.toCompletableFuture();
      left = patience.until(outcome);
      decided = left == null ? outcome.get() : null;
    } catch (ExecutionException | CancellationException e) {
      ended = Causes.of(e);
      if (!sent && !clientEnded(ended)) {
        Ingress.fault(OkHttpAdapter.STAGE, ended);
      }
    } catch (Throwable t) {
      ended = t;
      Ingress.fault(OkHttpAdapter.STAGE, t);
    }
    if (left != null) {
      abandon(stage);
      throw left;
    }
    OkHttpAttempts made = attempts;
    Content content = decided == null ? null : decided.content();
    if (decided != null && content != null) {
      discardAnswer();
      return new Delivery(chain, patience, made).of(decided, content);
    }
    if (made != null && (made.sent() || clientEnded(ended))) {
      discardAnswer();
      return new Delivery(chain, patience, made).remaining(ended);
    }
    return sentOnce(decided);
  }

  /** What a call has come to that was sent once, or not yet. */
  private Response sentOnce(@Nullable GatewayResponse decided) throws IOException {
    Throwable thrown = failure;
    if (thrown != null) {
      throw Unchecked.<IOException>sneak(thrown);
    }
    Answer last = answer;
    if (last == null) {
      last = new Answer(chain.proceed(unchanged), Ingress.newBody(), false, null);
    }
    boolean same = decided != null && decided.body() == last.body();
    return last.deliver(
        chain.request(), unchanged, shown, same && decided != null ? decided.headers() : null);
  }

  private boolean clientEnded(@Nullable Throwable ended) {
    OkHttpAttempts made = attempts;
    return made != null && ended != null && made.mayEndWith(ended);
  }

  @Override
  public @Nullable Attempts attempts() {
    if (asked.body().opaque()) {
      return null; // It can be written once at most, and is not in our hands.
    }
    OkHttpAttempts known = attempts;
    if (known == null) {
      try {
        known = new OkHttpAttempts(client, chain, unchanged, asked, patience);
        attempts = known;
      } catch (Throwable t) {
        OkHttpAdapter.fault(t);
      }
    }
    return known;
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest next) {
    if (abandoned) {
      return CompletableFuture.failedFuture(new IOException("Canceled"));
    }
    discardAnswer(); // OkHttp refuses a second request while the first answer is open.
    Request outgoing = outgoing(next);
    Call elsewhere = elsewhere(outgoing);
    if (elsewhere == null && !Hosts.sameOrigin(outgoing.url(), unchanged.url())) {
      outgoing = unchanged; // What was meant for the other host must not go to this one.
    }
    LiveBody body = Ingress.newBody();
    CancelLink link = elsewhere == null ? null : CancelLink.between(chain.call(), elsewhere);
    Response response;
    boolean entered = Ingress.enter();
    try {
      failure = null;
      sent = true;
      if (elsewhere == null || link == null) {
        response = chain.proceed(outgoing);
      } else {
        link.throwIfCanceled();
        response = elsewhere.execute();
      }
    } catch (Throwable t) {
      failure = t;
      if (link != null) {
        link.close();
      }
      return CompletableFuture.failedFuture(t);
    } finally {
      Ingress.leave(entered);
    }
    Answer received = new Answer(response, body, outgoing != unchanged, link);
    answer = received;
    if (abandoned) {
      received.discard();
    }
    return head(received);
  }

  private void discardAnswer() {
    Answer discarded = answer;
    if (discarded != null) {
      answer = null;
      discarded.discard();
    }
  }

  private CompletionStage<GatewayResponse> head(Answer received) {
    try {
      Response response = received.response();
      Headers headers = Conversions.headers(response.headers());
      shown = headers;
      return CompletableFuture.completedFuture(
          new GatewayResponse(
              response.code(),
              headers,
              Conversions.protocol(response.protocol()),
              received.body()));
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
      return CompletableFuture.failedFuture(t);
    }
  }

  /** The request to send; the unchanged one if ours cannot be built. */
  private Request outgoing(GatewayRequest next) {
    try {
      return next.equals(asked) ? unchanged : Conversions.toOkHttp(next, asked, unchanged);
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
      return unchanged;
    }
  }

  /** A call of its own if the request goes to another origin than the app's. */
  private @Nullable Call elsewhere(Request outgoing) {
    if (outgoing == unchanged || Hosts.sameOrigin(outgoing.url(), unchanged.url())) {
      return null;
    }
    try {
      return OtherHost.call(client, chain, outgoing);
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
      return null;
    }
  }

  private void abandon(@Nullable CompletionStage<GatewayResponse> stage) {
    abandoned = true;
    Answer open = answer;
    if (open != null) {
      open.discard();
    }
    OkHttpAttempts made = attempts;
    if (made != null) {
      made.abandon();
    }
    if (stage != null) {
      var unused =
          stage.whenComplete(
              (late, failed) -> {
                if (late != null) {
                  late.abandon();
                }
              });
    }
  }
}
