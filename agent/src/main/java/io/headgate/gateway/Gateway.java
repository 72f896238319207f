// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.RequestFacts;
import java.net.URI;
import java.util.List;
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
    Exchange exchange;
    try {
      Endpoint endpoint = endpoints.resolve(request.method(), request.uri());
      if (endpoint == null) {
        return upstream.send(request);
      }
      RequestFacts facts = reader.request(endpoint, request);
      exchange = new Exchange(endpoint, request, facts, callSite, System.nanoTime());
    } catch (Throwable t) {
      faults.fault("gateway", t);
      return upstream.send(request);
    }
    return new Link(exchange, request, 0, upstream).proceed(request);
  }

  /** One position in the list of interceptors, and the guard around the interceptor there. */
  private final class Link implements Chain {
    private final Exchange exchange;
    private final GatewayRequest request;
    private final int index;
    private final Upstream upstream;
    private volatile @Nullable CompletionStage<GatewayResponse> proceeded;

    Link(Exchange exchange, GatewayRequest request, int index, Upstream upstream) {
      this.exchange = exchange;
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
    public CompletionStage<GatewayResponse> proceed(GatewayRequest next) {
      CompletionStage<GatewayResponse> stage =
          index == interceptors.size()
              ? upstream.send(next)
              : new Link(exchange, next, index + 1, upstream).run(interceptors.get(index));
      proceeded = stage;
      return stage;
    }

    /** Runs one interceptor with this link as its chain; its own faults never get out. */
    CompletionStage<GatewayResponse> run(Interceptor interceptor) {
      CompletionStage<GatewayResponse> result;
      try {
        result = interceptor.intercept(this);
      } catch (Throwable t) {
        report(interceptor, t);
        CompletionStage<GatewayResponse> upstreamStage = proceeded;
        return upstreamStage != null ? upstreamStage : proceed(request);
      }
      CompletionStage<GatewayResponse> inner = proceeded;
      if (inner == null || inner == result) {
        return result;
      }
      return result.handle((response, failure) -> settle(interceptor, inner, response, failure));
    }

    /** A stage that failed although the one inside it did not is the interceptor's own fault. */
    private GatewayResponse settle(
        Interceptor interceptor,
        CompletionStage<GatewayResponse> inner,
        @Nullable GatewayResponse response,
        @Nullable Throwable failure) {
      if (failure == null && response != null) {
        return response;
      }
      CompletableFuture<GatewayResponse> stage = inner.toCompletableFuture();
      if (stage.isDone() && !stage.isCompletedExceptionally()) {
        report(interceptor, failure != null ? failure : new NullPointerException("no response"));
        return stage.join();
      }
      if (failure instanceof CompletionException wrapped) {
        throw wrapped;
      }
      throw new CompletionException(failure);
    }

    private void report(Interceptor interceptor, Throwable fault) {
      faults.fault(interceptor.getClass().getSimpleName(), fault);
    }
  }
}
