// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.RequestFacts;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs one call through the interceptors.
 *
 * <p>This is the outermost boundary: whatever an interceptor throws is reported, and the call goes
 * on without that interceptor. Once it went upstream there is no second call on our account.
 */
public final class Gateway {

  private final EndpointResolver endpoints;
  private final WireReader reader;
  private final List<Interceptor> interceptors;
  private final Faults faults;

  /** Finds out where a URI leads. */
  public interface EndpointResolver {
    /** Null if the host is none of ours. */
    @Nullable Endpoint resolve(String method, URI uri);
  }

  public Gateway(
      EndpointResolver endpoints,
      WireReader reader,
      List<Interceptor> interceptors,
      Faults faults) {
    this.endpoints = endpoints;
    this.reader = reader;
    this.interceptors = List.copyOf(interceptors);
    this.faults = faults;
  }

  /**
   * Runs the call. The stage ends like the upstream's: an interceptor that fails before it went on
   * is left out, one that fails afterwards changes nothing.
   */
  public CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite callSite, Upstream upstream) {
    return execute(request, callSite, upstream, null);
  }

  /**
   * Runs a call.
   *
   * @param origin the app's call that gave rise to it; null if it is the app's own
   */
  private CompletionStage<GatewayResponse> execute(
      GatewayRequest request,
      Exchange.CallSite callSite,
      Upstream upstream,
      @Nullable Exchange origin) {
    Exchange exchange = null;
    Attempt attempt = null;
    try {
      Endpoint endpoint = endpoints.resolve(request.method(), request.uri());
      if (endpoint != null) {
        RequestFacts facts = reader.request(endpoint, request);
        // Without the body: an answer that nobody reads must not keep the question alive.
        GatewayRequest kept =
            new GatewayRequest(
                request.method(), request.uri(), request.headers(), RequestBody.NONE);
        exchange = new Exchange(endpoint, kept, facts, callSite, System.nanoTime(), origin);
        attempt = new Attempt(endpoint, facts, null, null);
      }
    } catch (Throwable t) {
      faults.fault("gateway", t);
    }
    return exchange == null || attempt == null
        ? upstream.send(request)
        : new Link(exchange, attempt, request, 0, new Sent(upstream)).proceed(request);
  }

  /** Remembers that, and how, the call went upstream, even if an interceptor fails right after. */
  private static final class Sent {
    private final Upstream upstream;
    private @Nullable Attempts attempts;
    private volatile @Nullable CompletionStage<GatewayResponse> last;

    Sent(Upstream upstream) {
      this.upstream = upstream;
    }

    @Nullable Attempts attempts() {
      Attempts known = attempts;
      if (known == null) {
        known = upstream.attempts();
        attempts = known;
      }
      return known;
    }

    CompletionStage<GatewayResponse> send(GatewayRequest request, @Nullable Control control) {
      Attempts many = control == null ? null : attempts();
      CompletionStage<GatewayResponse> stage =
          many == null || control == null ? upstream.send(request) : many.send(request, control);
      last = stage;
      return stage;
    }
  }

  /** One position in the list of interceptors, and the guard around the interceptor there. */
  private final class Link implements Chain {
    private final Exchange exchange;
    private final Attempt attempt;
    private final GatewayRequest request;
    private final int index;
    private final Sent upstream;
    private volatile @Nullable CompletionStage<GatewayResponse> proceeded;

    Link(Exchange exchange, Attempt attempt, GatewayRequest request, int index, Sent upstream) {
      this.exchange = exchange;
      this.attempt = attempt;
      this.request = request;
      this.index = index;
      this.upstream = upstream;
    }

    @Override
    public GatewayRequest request() {
      return request;
    }

    @Override
    public Exchange exchange() {
      return exchange;
    }

    @Override
    public Attempt attempt() {
      return attempt;
    }

    @Override
    public @Nullable Caller caller() {
      return upstream.attempts();
    }

    @Override
    public CompletionStage<GatewayResponse> proceed(GatewayRequest next) {
      return proceed(next, attempt);
    }

    @Override
    public CompletionStage<GatewayResponse> proceed(GatewayRequest next, Attempt nextAttempt) {
      CompletionStage<GatewayResponse> stage =
          index == interceptors.size()
              ? upstream.send(next, nextAttempt.control())
              : new Link(exchange, nextAttempt, next, index + 1, upstream)
                  .run(interceptors.get(index));
      proceeded = stage;
      return stage;
    }

    @Override
    public CompletionStage<GatewayResponse> aside(GatewayRequest next) {
      Attempts attempts = upstream.attempts();
      if (attempts == null) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("this call can be sent once only"));
      }
      Exchange.CallSite site = new Exchange.CallSite(exchange.callSite().client(), null);
      return execute(next, site, new Aside(attempts), exchange);
    }

    /** Runs one interceptor with this link as its chain; its own faults never get out. */
    CompletionStage<GatewayResponse> run(Interceptor interceptor) {
      CompletionStage<GatewayResponse> before = upstream.last;
      try {
        CompletionStage<GatewayResponse> result =
            Objects.requireNonNull(interceptor.intercept(this));
        return result == proceeded || answered(result)
            ? result
            : result
                .handle((response, failure) -> settle(interceptor, before, response, failure))
                .thenCompose(settled -> settled);
      } catch (Throwable t) {
        return without(interceptor, before, t);
      }
    }

    /** Whether an answer is there already, and nothing more to be seen to. */
    private static boolean answered(CompletionStage<GatewayResponse> result) {
      CompletableFuture<GatewayResponse> stage = result.toCompletableFuture();
      return stage.isDone() && !stage.isCompletedExceptionally() && stage.join() != null;
    }

    /**
     * Goes on as if the interceptor were not there.
     *
     * @param before what had gone upstream before it was asked: an attempt that is over, or nothing
     */
    private CompletionStage<GatewayResponse> without(
        Interceptor interceptor, @Nullable CompletionStage<GatewayResponse> before, Throwable why) {
      report(interceptor, why);
      CompletionStage<GatewayResponse> inner = inner(before);
      return inner != null ? inner : proceed(request);
    }

    /** What this link sent, even if it was lost on the way back; null if it sent nothing. */
    private @Nullable CompletionStage<GatewayResponse> inner(
        @Nullable CompletionStage<GatewayResponse> before) {
      CompletionStage<GatewayResponse> last = upstream.last;
      return proceeded != null ? proceeded : last != before ? last : null;
    }

    /** A stage that failed although the one inside it did not is the interceptor's own fault. */
    private CompletionStage<GatewayResponse> settle(
        Interceptor interceptor,
        @Nullable CompletionStage<GatewayResponse> before,
        @Nullable GatewayResponse response,
        @Nullable Throwable failure) {
      if (failure == null && response != null) {
        return CompletableFuture.completedFuture(response);
      }
      if (failure != null && Causes.of(failure) instanceof CallFailure meant) {
        return CompletableFuture.failedFuture(meant.getCause());
      }
      CompletionStage<GatewayResponse> inner = inner(before);
      boolean upstreams = inner != null && inner.toCompletableFuture().isCompletedExceptionally();
      return failure != null && upstreams
          ? CompletableFuture.failedFuture(Causes.of(failure))
          : without(
              interceptor,
              before,
              failure != null ? failure : new NullPointerException("no response"));
    }

    private void report(Interceptor interceptor, Throwable fault) {
      Throwable cause = fault instanceof CompletionException ? fault.getCause() : null;
      faults.fault(interceptor.getClass().getSimpleName(), cause == null ? fault : cause);
    }
  }
}
