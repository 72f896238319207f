// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import io.headgate.gateway.Chain;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Interceptor;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Puts on the exchange who is asking, and what the call's own header fields ask of us. The first
 * interceptor: all others may want to know, and it has to run on the thread that makes the call.
 */
public final class MetadataInterceptor implements Interceptor {

  private final MetadataReader reader;

  public MetadataInterceptor(MetadataReader reader) {
    this.reader = reader;
  }

  @Override
  public CompletionStage<GatewayResponse> intercept(Chain chain) {
    Exchange exchange = chain.exchange();
    GatewayRequest request = chain.request();
    exchange.options(
        CallOptionsReader.read(
            request.headers(),
            (field, why) ->
                exchange.note(new Decision("ignored", Map.of("field", field, "reason", why)))));
    Exchange origin = exchange.origin();
    exchange.metadata(origin == null ? reader.read(exchange, request) : origin.metadata());
    return chain.proceed(request);
  }
}
