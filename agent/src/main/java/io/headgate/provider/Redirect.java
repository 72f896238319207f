// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.gateway.Chain;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Interceptor;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/**
 * Sends a provider's calls to the {@code base-url} that the configuration gives it; the changed URI
 * is all that tells. The credential the app sent goes along: by naming the URL under the provider,
 * the user said that it is this provider. Changes nothing unless the configuration is to be
 * enforced.
 *
 * <p>Left alone is a call that {@link Retargeter} made for another provider, whose URL is the
 * target's already, and one that goes through a platform, which knows providers by their own URLs.
 *
 * <p>A call that the app itself already makes to the new base URL's host, which the configuration
 * lists among the provider's hosts, is left alone: the app knows its own server's ports.
 */
public final class Redirect implements Interceptor {

  private final Config config;
  private final ProviderCatalog catalog;

  public Redirect(Config config, ProviderCatalog catalog) {
    this.config = config;
    this.catalog = catalog;
  }

  @Override
  public CompletionStage<GatewayResponse> intercept(Chain chain) {
    GatewayRequest request = chain.request();
    if (!Duty.changes(config, chain) || Duty.atAnotherProvider(chain)) {
      return chain.proceed(request);
    }
    String provider = chain.attempt().endpoint().provider();
    if (!chain.attempt().direct()
        && catalog.cloudflare().through(provider, request.uri()) != null) {
      return chain.proceed(request);
    }
    URI target = target(provider, request.uri());
    return chain.proceed(target.equals(request.uri()) ? request : request.withUri(target));
  }

  /**
   * Where a call of the app's own provider goes unless a platform carries it: that URI, or the one
   * below the {@code base-url}.
   */
  public URI target(String name, URI uri) {
    ProviderSettings settings = config.providers().get(name);
    Provider provider = catalog.provider(name);
    if (settings == null || provider == null) {
      return uri;
    }
    URI base = settings.baseUrl();
    if (base != null && name.equals(Cloudflare.NAME)) {
      base = catalog.cloudflare().gateway();
    }
    if (base == null || observed(uri) || alreadyThere(uri, base)) {
      return uri;
    }
    // A server of one's own has no other base URL than the one it is given.
    String defaultPath = provider.builtIn() ? TargetBase.path(provider, base) : base.getRawPath();
    return BaseUrl.rebase(uri, defaultPath, base);
  }

  /** Whether the app calls a host that only a variable of its SDK names. */
  private boolean observed(URI uri) {
    String host = uri.getHost();
    HostPattern pattern = host == null ? null : catalog.hosts().find(host, uri.getPort());
    return pattern != null && pattern.observed();
  }

  private boolean alreadyThere(URI uri, URI base) {
    String host = uri.getHost();
    if (host == null || !host.equalsIgnoreCase(base.getHost())) {
      return false;
    }
    HostPattern pattern = catalog.hosts().find(host, uri.getPort());
    return pattern != null && pattern.configured();
  }
}
