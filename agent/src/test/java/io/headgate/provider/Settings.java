// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Configurations for tests. */
final class Settings {

  private Settings() {}

  static Config enforce(Map<String, ProviderSettings> providers) {
    return new Config("f", Config.Mode.ENFORCE, Config.Fail.OPEN, "", providers, List.of());
  }

  static Config observe(Map<String, ProviderSettings> providers) {
    return new Config("f", Config.Mode.OBSERVE, Config.Fail.OPEN, "", providers, List.of());
  }

  static Config shadow(Map<String, ProviderSettings> providers) {
    return new Config("f", Config.Mode.SHADOW, Config.Fail.OPEN, "", providers, List.of());
  }

  /** At, or by way of, a platform. */
  static ProviderSettings platform(
      String base, String via, String account, String gateway, String token) {
    return new ProviderSettings(
        null,
        base == null ? null : URI.create(base),
        null,
        Map.of(),
        List.of(),
        false,
        List.of(),
        new ProviderSettings.Platform(
            via, account, gateway, token == null ? null : new Secret(token)));
  }

  static ProviderSettings base(String url) {
    return new ProviderSettings(null, URI.create(url), null, Map.of(), List.of(), false);
  }

  static ProviderSettings key(String key) {
    return new ProviderSettings(null, null, new Secret(key), Map.of(), List.of(), false);
  }

  static ProviderSettings baseAndKey(String url, String key) {
    return new ProviderSettings(null, URI.create(url), new Secret(key), Map.of(), List.of(), false);
  }

  static ProviderSettings headers(Map<String, String> headers) {
    return new ProviderSettings(null, null, null, headers, List.of(), false);
  }

  static ProviderSettings server(WireFormat dialect, String url, String... hosts) {
    return new ProviderSettings(
        dialect, url == null ? null : URI.create(url), null, Map.of(), List.of(hosts), false);
  }
}
