// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.config.Config;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Chain;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import java.util.concurrent.CompletionStage;

/**
 * Takes the {@code x-headgate-*} fields off a call before it leaves the JVM, in every mode: they
 * are addressed to us. Those called {@code cf-aig-*} are taken for ours where we act, unless
 * Cloudflare is going to see them. Stands behind all who read them.
 */
public final class OwnHeaders implements Interceptor {

  private static final String PREFIX = "x-headgate-";
  private static final String CLOUDFLARE = "cf-aig-";

  private final Config config;
  private final ProviderCatalog catalog;

  public OwnHeaders(Config config, ProviderCatalog catalog) {
    this.config = config;
    this.catalog = catalog;
  }

  @Override
  public CompletionStage<GatewayResponse> intercept(Chain chain) {
    GatewayRequest request = chain.request();
    boolean cloudflareToo = Duty.changes(config, chain) && !toCloudflare(chain);
    Headers headers =
        request
            .headers()
            .without(
                name -> name.startsWith(PREFIX) || (cloudflareToo && name.startsWith(CLOUDFLARE)));
    return chain.proceed(headers == request.headers() ? request : request.withHeaders(headers));
  }

  private boolean toCloudflare(Chain chain) {
    Attempt attempt = chain.attempt();
    String provider = attempt.endpoint().provider();
    return provider.equals(Cloudflare.NAME)
        || provider.equals(Cloudflare.WORKERS_AI)
        || (!attempt.direct()
            && catalog.cloudflare().through(provider, chain.request().uri()) != null);
  }
}
