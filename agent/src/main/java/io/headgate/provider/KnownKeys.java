// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.config.ProviderSettings;
import io.headgate.config.Secret;
import io.headgate.gateway.ApiKey;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which credential there is for a provider: the configured one, or, for calls that are led there
 * from another provider, the one in the environment variables that its own tools read. Immutable.
 */
public final class KnownKeys {

  /** These name a file, or something that has to be turned into a credential first. */
  private static final Set<String> NO_KEYS =
      Set.of(
          "AWS_ACCESS_KEY_ID",
          "GOOGLE_APPLICATION_CREDENTIALS",
          "OCI_CONFIG_FILE",
          "AICORE_SERVICE_KEY",
          "WATSONX_APIKEY");

  /** Its value is refused as {@code x-api-key}. */
  private static final String BEARER_VARIABLE = "ANTHROPIC_AUTH_TOKEN";

  private final ProviderCatalog catalog;
  private final KeyReach reach;

  public KnownKeys(ProviderCatalog catalog) {
    this.catalog = catalog;
    this.reach = new KeyReach(catalog);
  }

  /**
   * A credential.
   *
   * @param bearer whether it is a bearer token, whatever the provider's keys are
   */
  record Key(String value, boolean bearer) {
    @Override
    public String toString() {
      return "***";
    }
  }

  /**
   * Whether a call of an app that called one provider can be sent to another with a credential, if
   * it needs any: servers of the user's own, and what stands in front of a provider, may need none.
   */
  public boolean hasCredential(String provider, String appProvider) {
    Provider row = catalog.provider(provider);
    if (row == null || provider.equals(appProvider)) {
      return row != null;
    }
    ProviderSettings settings = catalog.settings(provider);
    if (row.auth().header() != null && (configured(row) != null || usual(row) != null)) {
      return true;
    }
    boolean inHeaders =
        settings != null && settings.headers().keySet().stream().anyMatch(Credentials::maybe);
    return inHeaders || !row.builtIn() || elsewhere(row) || atTheGateway(provider);
  }

  /**
   * Whether a configured key of a provider, one of several included, is put into a request to a
   * URI. If not, an answer from there says nothing about the key.
   *
   * @param uri as it leaves the JVM: behind a {@code base-url} or a platform, the URI there
   */
  public boolean placesKey(URI uri, String provider) {
    Provider row = catalog.provider(provider);
    return row != null && configured(provider) && reach.leadsTo(row, uri);
  }

  /** The gateway can hold the provider's key. */
  private boolean atTheGateway(String provider) {
    Cloudflare cloudflare = catalog.cloudflare();
    return cloudflare.carries(provider) && cloudflare.token() != null;
  }

  /** Whether it is called on this machine, or at something that stands in front of it. */
  private boolean elsewhere(Provider row) {
    URI base = TargetBase.of(row, catalog).url();
    String host = base == null ? null : base.getHost();
    if (base == null || host == null) {
      return false;
    }
    HostPattern pattern = catalog.hosts().find(host, base.getPort());
    return pattern == null || !pattern.standardPorts();
  }

  /** The key for an attempt; null if there is none. */
  @Nullable Key forAttempt(Provider provider, @Nullable ApiKey chosen, boolean usualToo) {
    String pooled = chosen == null ? "" : chosen.reveal().strip();
    if (!pooled.isEmpty()) {
      return new Key(pooled, false);
    }
    Key known = configured(provider);
    return known != null || !usualToo ? known : usual(provider);
  }

  /** Whether a key is configured that replaces the app's credential. */
  boolean configured(String provider) {
    Provider row = catalog.provider(provider);
    return row != null && row.auth().header() != null && configured(row) != null;
  }

  /** The configured key, or the first of several, which serves where nobody chooses. */
  private @Nullable Key configured(Provider provider) {
    ProviderSettings settings = catalog.settings(provider.name());
    if (settings == null) {
      return null;
    }
    Key key = key(settings.apiKey());
    for (int i = 0; key == null && i < settings.keys().size(); i++) {
      key = key(settings.keys().get(i).value());
    }
    return key == null && provider.name().equals(Cloudflare.NAME)
        ? key(settings.platform().token())
        : key;
  }

  private @Nullable Key usual(Provider provider) {
    for (String name : provider.keyVariables()) {
      String value = NO_KEYS.contains(name) ? null : catalog.variable(name);
      if (value != null && !value.isBlank() && isPrintable(value.strip())) {
        return new Key(value.strip(), name.equals(BEARER_VARIABLE));
      }
    }
    return null;
  }

  /** What has other characters cannot be sent. */
  private static boolean isPrintable(String value) {
    return value.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  private static @Nullable Key key(@Nullable Secret secret) {
    String value = secret == null ? "" : secret.reveal().strip();
    return value.isEmpty() ? null : new Key(value, false);
  }
}
