// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.Secret;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Puts a provider's {@code api-key} in the place of the credential the app sent, and adds its
 * {@code headers}. Both go only to that provider's hosts or to the {@code base-url} it was given,
 * wherever the call was led meanwhile. Changes nothing while only observing.
 */
public final class Credentials implements Interceptor {

  /** Anthropic's OAuth tokens are refused as {@code x-api-key}. */
  private static final String ANTHROPIC_OAUTH = "sk-ant-oat";

  private final Config config;
  private final ProviderCatalog catalog;

  public Credentials(Config config, ProviderCatalog catalog) {
    this.config = config;
    this.catalog = catalog;
  }

  @Override
  public CompletionStage<GatewayResponse> intercept(Chain chain) {
    return chain.proceed(furnished(chain.request(), chain.attempt().endpoint()));
  }

  private GatewayRequest furnished(GatewayRequest request, Endpoint endpoint) {
    ProviderSettings settings = config.providers().get(endpoint.provider());
    Provider provider = catalog.provider(endpoint.provider());
    if (config.mode() == Config.Mode.OBSERVE
        || settings == null
        || provider == null
        || !belongs(request.uri(), provider, settings)) {
      return request;
    }
    GatewayRequest furnished = request;
    Secret secret = settings.apiKey();
    String key = secret == null ? "" : secret.reveal().strip();
    if (!key.isEmpty()) {
      furnished = withKey(furnished, provider, endpoint.format(), key);
    }
    Headers headers = furnished.headers();
    for (Map.Entry<String, String> header : settings.headers().entrySet()) {
      if (!isFraming(header.getKey())) {
        headers = headers.with(header.getKey(), header.getValue());
      }
    }
    return headers == furnished.headers() ? furnished : furnished.withHeaders(headers);
  }

  /**
   * Whether a URI leads to that provider: to a host that the configuration names, or in safety to
   * one that is the provider's own. Anyone can have a host like those of a provider's customers.
   */
  private boolean belongs(URI uri, Provider provider, ProviderSettings settings) {
    String host = uri.getHost();
    HostPattern pattern = host == null ? null : catalog.hosts().find(host, uri.getPort());
    if (pattern != null
        && pattern.provider().equals(provider.name())
        && (pattern.configured() || (pattern.providers() && safe(uri, pattern)))) {
      return true;
    }
    URI base = settings.baseUrl();
    String authority = uri.getRawAuthority();
    return base != null && authority != null && authority.equalsIgnoreCase(base.getRawAuthority());
  }

  /** The hosts of the catalogue with a port are those on this machine. */
  private static boolean safe(URI uri, HostPattern pattern) {
    return "https".equalsIgnoreCase(uri.getScheme()) || !pattern.standardPorts();
  }

  private static GatewayRequest withKey(
      GatewayRequest request, Provider provider, WireFormat format, String key) {
    AuthStyle style = provider.auth(format);
    if (style == AuthStyle.X_API_KEY && key.startsWith(ANTHROPIC_OAUTH)) {
      style = AuthStyle.BEARER;
    }
    String name = style.header();
    if (name == null) {
      return request;
    }
    if (style.beside()) {
      return request.withHeaders(request.headers().with(name, style.value(key)));
    }
    Headers headers = request.headers().without(Credentials::isCredential);
    GatewayRequest keyed = request.withHeaders(headers.with(name, style.value(key)));
    return provider.auth().keyInQuery() ? keyed.withUri(withoutKey(keyed.uri())) : keyed;
  }

  /** The fields that may hold the app's credential, or that belong to a signature of AWS. */
  private static boolean isCredential(String lowerCaseName) {
    return switch (lowerCaseName) {
      case "authorization",
          "x-api-key",
          "api-key",
          "x-goog-api-key",
          "x-amz-security-token",
          "x-amz-date",
          "x-amz-content-sha256" ->
          true;
      default -> false;
    };
  }

  /** Fields that the client below us computes. */
  private static boolean isFraming(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "host", "content-length", "transfer-encoding", "connection" -> true;
      default -> false;
    };
  }

  /** The URI without its {@code key} parameters, all else byte for byte. */
  static URI withoutKey(URI uri) {
    String query = uri.getRawQuery();
    if (query == null || !query.contains("key=")) {
      return uri;
    }
    StringBuilder kept = new StringBuilder(query.length());
    for (int from = 0; from <= query.length(); ) {
      int ampersand = query.indexOf('&', from);
      int end = ampersand < 0 ? query.length() : ampersand;
      if (!query.startsWith("key=", from)) {
        kept.append(kept.isEmpty() ? "" : "&").append(query, from, end);
      }
      from = end + 1;
    }
    String text = uri.toString();
    int mark = text.indexOf('?');
    String rest = text.substring(mark + 1 + query.length());
    return URI.create(text.substring(0, mark) + (kept.isEmpty() ? "" : "?" + kept) + rest);
  }
}
