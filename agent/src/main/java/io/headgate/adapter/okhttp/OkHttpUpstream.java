// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.Upstream;
import java.io.IOException;
import java.io.InterruptedIOException;
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
 * One call of the app, and the way its requests go out. What the app gets is decided by the last
 * request that went out: its answer, or the very exception OkHttp threw. How the gateway's stage
 * ended matters only if none did; then the app's request goes out as it was.
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
  private volatile @Nullable Throwable failure;

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
    this.asked = new GatewayRequest(unchanged.method(), uri, headers, body);
  }

  /** Runs the call through the gateway and returns what the app gets. */
  Response execute() throws IOException {
    try {
      CompletionStage<GatewayResponse> stage =
          Ingress.execute(asked, OkHttpAdapter.callSite(chain.call()), this);
      stage.toCompletableFuture().get();
    } catch (InterruptedException e) {
      abandon();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted"); // okio's own words
    } catch (ExecutionException | CancellationException e) {
      if (!sent) {
        Ingress.fault(OkHttpAdapter.STAGE, e);
      }
    } catch (Throwable t) {
      Ingress.fault(OkHttpAdapter.STAGE, t);
    }
    Throwable thrown = failure;
    if (thrown != null) {
      throw Unchecked.<IOException>sneak(thrown);
    }
    Answer last = answer;
    if (last == null) {
      last = new Answer(chain.proceed(unchanged), Ingress.newBody(), false, null);
    }
    return last.deliver(chain.request(), unchanged);
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest next) {
    if (abandoned) {
      return CompletableFuture.failedFuture(new IOException("Canceled"));
    }
    Answer discarded = answer;
    if (discarded != null) {
      answer = null;
      discarded.discard(); // OkHttp refuses a second request while the first answer is open.
    }
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

  private static CompletionStage<GatewayResponse> head(Answer received) {
    try {
      Response response = received.response();
      return CompletableFuture.completedFuture(
          new GatewayResponse(
              response.code(),
              Conversions.headers(response.headers()),
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

  private void abandon() {
    abandoned = true;
    Answer open = answer;
    if (open != null) {
      open.discard();
    }
  }
}
