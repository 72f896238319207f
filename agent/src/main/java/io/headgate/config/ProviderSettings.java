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
 * @param keys several keys instead of the one; empty if there are none
 * @param platform the account, or the way, at a platform that carries calls
 * @param deployments the model behind each name that calls use instead of a model's, for prices
 */
public record ProviderSettings(
    @Nullable WireFormat dialect,
    @Nullable URI baseUrl,
    @Nullable Secret apiKey,
    Map<String, String> headers,
    List<String> hosts,
    boolean free,
    List<KeySetting> keys,
    Platform platform,
    Map<String, String> deployments) {

  /** A provider whose calls name models. */
  public ProviderSettings(
      @Nullable WireFormat dialect,
      @Nullable URI baseUrl,
      @Nullable Secret apiKey,
      Map<String, String> headers,
      List<String> hosts,
      boolean free,
      List<KeySetting> keys,
      Platform platform) {
    this(dialect, baseUrl, apiKey, headers, hosts, free, keys, platform, Map.of());
  }

  /** A provider of which nothing but this is known. */
  public ProviderSettings(
      @Nullable WireFormat dialect,
      @Nullable URI baseUrl,
      @Nullable Secret apiKey,
      Map<String, String> headers,
      List<String> hosts,
      boolean free) {
    this(dialect, baseUrl, apiKey, headers, hosts, free, List.of(), Platform.NONE);
  }

  /**
   * One of several keys.
   *
   * @param alias what people may see of it
   * @param weight how often it is taken, relative to the others; more than 0
   */
  public record KeySetting(String alias, Secret value, int weight) {}

  /**
   * What only platforms that carry other providers' calls have.
   *
   * @param via the platform that this provider's calls go through, {@code cloudflare}; null for
   *     none
   * @param account the account at the platform; null if not given
   * @param gateway the gateway's name there; null if not given
   * @param token the platform's own credential; null if not given
   */
  public record Platform(
      @Nullable String via,
      @Nullable String account,
      @Nullable String gateway,
      @Nullable Secret token) {

    public static final Platform NONE = new Platform(null, null, null, null);
  }

  /** Whether calls to the provider are changed. */
  boolean acts() {
    return baseUrl != null
        || apiKey != null
        || !headers.isEmpty()
        || !keys.isEmpty()
        || platform.via() != null;
  }

  public ProviderSettings {
    headers = Map.copyOf(headers);
    deployments = Map.copyOf(deployments);
    hosts = List.copyOf(hosts);
    keys = List.copyOf(keys);
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
        + ", keys="
        + keys.stream().map(KeySetting::alias).toList()
        + ", platform="
        + platform
        + ", deployments="
        + deployments
        + "]";
  }
}
