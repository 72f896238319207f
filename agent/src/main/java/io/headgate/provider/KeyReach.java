// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.config.ProviderSettings;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How far a provider's key, and the fields configured for it, may go. Immutable. */
final class KeyReach {

  private final ProviderCatalog catalog;

  KeyReach(ProviderCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Whether a URI leads to that provider: to a host that the configuration names, or in safety to
   * one that is the provider's own. Anyone can have a host like those of a provider's customers.
   */
  boolean leadsTo(Provider provider, URI uri) {
    String host = uri.getHost();
    HostPattern pattern = host == null ? null : catalog.hosts().find(host, uri.getPort());
    if (pattern != null
        && pattern.provider().equals(provider.name())
        && (pattern.configured() || (pattern.providers() && safe(uri, pattern)))) {
      return true;
    }
    if (catalog.cloudflare().leadsTo(provider.name(), uri)
        || isDefault(uri, provider)
        || (provider.name().equals(Cloudflare.NAME) && at(catalog.cloudflare().gateway(), uri))) {
      return true;
    }
    ProviderSettings settings = catalog.settings(provider.name());
    return settings != null && at(settings.baseUrl(), uri);
  }

  private static boolean at(@Nullable URI base, URI uri) {
    String authority = uri.getRawAuthority();
    return base != null && authority != null && authority.equalsIgnoreCase(base.getRawAuthority());
  }

  /**
   * Whether it is at the default base URL, which is the provider's whatever its other hosts are.
   */
  private static boolean isDefault(URI uri, Provider provider) {
    return provider.builtIn()
        && provider.baseUrl().indexOf('{') < 0
        && "https".equalsIgnoreCase(uri.getScheme())
        && at(URI.create(provider.baseUrl()), uri);
  }

  /** The hosts of the catalogue with a port are those on this machine. */
  private static boolean safe(URI uri, HostPattern pattern) {
    return "https".equalsIgnoreCase(uri.getScheme()) || !pattern.standardPorts();
  }
}
