// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.config.Config;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.Gateway;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.ResponseReader;
import io.headgate.gateway.WireReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** What the app's client would send after our interceptors have seen the call. */
final class SentRequest {

  private SentRequest() {}

  static GatewayRequest of(Config config, String url, String... headers) {
    return of(config, List.of(), request(url, headers));
  }

  /** As the composition root orders them; what comes first stands before ours. */
  static GatewayRequest of(Config config, List<Interceptor> first, GatewayRequest request) {
    return of(config, Map.of(), first, request);
  }

  static GatewayRequest of(
      Config config, Map<String, String> env, List<Interceptor> first, GatewayRequest request) {
    return of(config, new ProviderCatalog(config, env), first, request);
  }

  static GatewayRequest of(
      Config config, ProviderCatalog catalog, List<Interceptor> first, GatewayRequest request) {
    return answered(config, catalog, first, request, Headers.EMPTY);
  }

  /** Also for what becomes of an answer with these header fields. */
  static GatewayRequest answered(
      Config config, List<Interceptor> first, GatewayRequest request, Headers answer) {
    return answered(config, new ProviderCatalog(config), first, request, answer);
  }

  private static GatewayRequest answered(
      Config config,
      ProviderCatalog catalog,
      List<Interceptor> first,
      GatewayRequest request,
      Headers answer) {
    List<Interceptor> interceptors = new ArrayList<>(first);
    interceptors.add(new OwnHeaders(config, catalog));
    interceptors.add(new Redirect(config, catalog));
    interceptors.add(new Via(config, catalog));
    interceptors.add(new Credentials(config, catalog));
    Gateway gateway =
        new Gateway(
            catalog,
            new Illiterate(),
            interceptors,
            (stage, fault) -> {
              throw new AssertionError(stage, fault);
            });
    AtomicReference<GatewayRequest> sent = new AtomicReference<>();
    gateway.execute(
        request,
        new Exchange.CallSite("test", null),
        r -> {
          sent.set(r);
          return CompletableFuture.completedFuture(
              new GatewayResponse(200, answer, "1.1", new LiveBody(t -> {})));
        });
    return sent.get();
  }

  static GatewayRequest request(String url, String... headers) {
    return new GatewayRequest(
        "POST", URI.create(url), Headers.ofFlat(headers), RequestBody.of(new byte[] {'{', '}'}));
  }

  /** Reads nothing. */
  private static final class Illiterate implements WireReader {
    @Override
    public RequestFacts request(Endpoint endpoint, GatewayRequest request) {
      return RequestFacts.NONE;
    }

    @Override
    public ResponseReader response(
        Endpoint endpoint, RequestFacts request, int status, Headers responseHeaders) {
      return new ResponseReader() {
        @Override
        public void read(ByteBuffer bytes) {}

        @Override
        public ResponseFacts finish(boolean complete) {
          return ResponseFacts.NONE;
        }
      };
    }
  }
}
