// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.Secret;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which calls go through Cloudflare AI Gateway, and to which URL there: <code>
 * https://gateway.ai.cloudflare.com/v1/{account}/{gateway}/{provider}/…</code>, where the rest is
 * what follows a part of the provider's own URL that is known by provider ({@link GatewayPath}).
 */
final class Cloudflare {

  /** The platform's name, as {@code via} and as a provider. */
  static final String NAME = "cloudflare";

  /** Its models, which are called without a gateway. */
  static final String WORKERS_AI = "workers-ai";

  private static final String GATEWAY = "https://gateway.ai.cloudflare.com/v1";
  private static final String REST = "https://api.cloudflare.com/client/v4/accounts/";

  private final Map<String, ProviderSettings> settings;
  private final HostTable hosts;
  private final Map<String, Provider> providers;
  private final @Nullable URI gateway;

  Cloudflare(Config config, HostTable hosts, Map<String, Provider> providers) {
    this.settings = config.providers();
    this.hosts = hosts;
    this.providers = providers;
    this.gateway = gateway(settings.get(NAME));
  }

  /**
   * The URL of the configured gateway: a {@code base-url} with account and gateway after it, unless
   * it ends with them; null if there is too little to make it of.
   */
  private static @Nullable URI gateway(@Nullable ProviderSettings its) {
    if (its == null) {
      return null;
    }
    String account = segment(its.platform().account());
    String name = segment(its.platform().gateway());
    URI base = its.baseUrl();
    if (account == null || name == null) {
      return base;
    }
    String tail = "/" + account + "/" + name;
    String text = base == null ? GATEWAY : base.toString();
    return URI.create(text.endsWith(tail) ? text : text + tail);
  }

  private static @Nullable String segment(@Nullable String text) {
    return text == null ? null : ModelSegment.encode(text.strip(), false);
  }

  /** Where the gateway is; null if none is configured. */
  @Nullable URI gateway() {
    return gateway;
  }

  /** Where the account's Workers AI is; null if no account is configured. */
  @Nullable URI workersAi() {
    ProviderSettings its = settings.get(WORKERS_AI);
    String account = its == null ? null : segment(its.platform().account());
    return account == null ? null : URI.create(REST + account + "/ai/v1");
  }

  /** The credential of the gateway itself; null if it has none. */
  @Nullable String token() {
    ProviderSettings its = settings.get(NAME);
    Secret token = its == null ? null : its.platform().token();
    String text = token == null ? "" : token.reveal().strip();
    return text.isEmpty() ? null : text;
  }

  /** Whether the configuration sends a provider's calls through the gateway. */
  boolean carries(String provider) {
    ProviderSettings its = settings.get(provider);
    return gateway != null
        && its != null
        && NAME.equals(its.platform().via())
        && GatewayPath.slug(provider) != null;
  }

  /**
   * The URL at the gateway; null if the provider does not go there, or the gateway has no place for
   * this URL.
   */
  @Nullable URI through(String provider, URI uri) {
    URI base = gateway;
    if (base == null || !carries(provider)) {
      return null;
    }
    String below = below(provider, uri);
    if (below == null) {
      return null;
    }
    String query = uri.getRawQuery();
    return URI.create(base + "/" + below + (query == null ? "" : "?" + query));
  }

  private @Nullable String below(String provider, URI uri) {
    String host = uri.getHost();
    String path = uri.getRawPath();
    if (host == null || path == null) {
      return null;
    }
    if (GatewayPath.isHost(provider, host)) {
      return GatewayPath.of(provider, host, path);
    }
    ProviderSettings its = settings.get(provider);
    URI direct = its == null ? null : its.baseUrl();
    Provider row = providers.get(provider);
    if (row != null
        && direct != null
        && uri.getRawAuthority().equalsIgnoreCase(direct.getRawAuthority())
        && path.startsWith(direct.getRawPath() + "/")) {
      String rest = path.substring(direct.getRawPath().length());
      return GatewayPath.of(provider, host, row.basePath() + rest);
    }
    HostPattern pattern = hosts.find(host, uri.getPort());
    return pattern != null && pattern.configured() ? GatewayPath.of(provider, host, path) : null;
  }

  /** Whether a URL is one that {@link #through} makes of the provider's calls. */
  boolean leadsTo(String provider, URI uri) {
    URI base = gateway;
    return base != null
        && carries(provider)
        && uri.toString().startsWith(base + "/" + GatewayPath.slug(provider) + "/");
  }
}
