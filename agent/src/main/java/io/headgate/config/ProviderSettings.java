// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.chat.WireFormat;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry under {@code providers}.
 *
 * @param dialect the wire format of a server of one's own; null for built-in providers, whose paths
 *     tell
 * @param baseUrl where this provider's calls go instead; null to leave them where they go
 * @param apiKey replaces the credential the app sent; null to forward the app's
 * @param headers added to every call to this provider
 * @param hosts further hosts, {@code name} or {@code name:port}, whose calls are handled
 * @param free whether its calls cost nothing
 */
public record ProviderSettings(
    @Nullable WireFormat dialect,
    @Nullable URI baseUrl,
    @Nullable Secret apiKey,
    Map<String, String> headers,
    List<String> hosts,
    boolean free) {

  public ProviderSettings {
    headers = Map.copyOf(headers);
    hosts = List.copyOf(hosts);
  }

  /** Without the headers' values: they may be credentials. */
  @Override
  public String toString() {
    return "ProviderSettings[dialect="
        + dialect
        + ", baseUrl="
        + baseUrl
        + ", apiKey="
        + apiKey
        + ", headers="
        + headers.keySet()
        + ", hosts="
        + hosts
        + ", free="
        + free
        + "]";
  }
}
