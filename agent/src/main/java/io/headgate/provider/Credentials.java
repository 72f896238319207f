// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.gateway.ApiKey;
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
import org.jspecify.annotations.Nullable;

/**
 * Puts a provider's key in the place of the credential the app sent, and adds its {@code headers}.
 * The key is the one chosen for the attempt, else the configured one. All go only to that
 * provider's hosts, to the {@code base-url} it was given, or to the platform that carries its
 * calls, wherever the call was led meanwhile. Changes nothing unless the configuration is to be
 * enforced.
 *
 * <p>An attempt at another provider than the app's never carries the app's credentials: without a
 * configured key it gets the one of that provider's usual environment variables, or none.
 */
public final class Credentials implements Interceptor {

  /** Anthropic's OAuth tokens are refused as {@code x-api-key}. */
  private static final String ANTHROPIC_OAUTH = "sk-ant-oat";

  private final Config config;
  private final ProviderCatalog catalog;
  private final KnownKeys keys;
  private final KeyReach reach;

  public Credentials(Config config, ProviderCatalog catalog) {
    this.config = config;
    this.catalog = catalog;
    this.keys = new KnownKeys(catalog);
    this.reach = new KeyReach(catalog);
  }

  @Override
  public CompletionStage<GatewayResponse> intercept(Chain chain) {
    return chain.proceed(
        Duty.changes(config, chain)
            ? furnished(
                chain.request(),
                chain.attempt().endpoint(),
                chain.attempt().key(),
                Duty.atAnotherProvider(chain))
            : chain.request());
  }

  /**
   * The request as it leaves the JVM.
   *
   * @param chosen the key to use; null for the configured one
   * @param foreign whether it goes to another provider than the app's
   */
  GatewayRequest furnished(
      GatewayRequest request, Endpoint endpoint, @Nullable ApiKey chosen, boolean foreign) {
    ProviderSettings settings = config.providers().get(endpoint.provider());
    Provider provider = catalog.provider(endpoint.provider());
    GatewayRequest furnished = foreign ? bare(request) : request;
    if (provider == null || !reach.leadsTo(provider, request.uri())) {
      return furnished;
    }
    KnownKeys.Key key = keys.forAttempt(provider, chosen, foreign);
    if (key != null) {
      furnished = withKey(furnished, provider, endpoint.format(), key);
    }
    if (settings == null) {
      return furnished;
    }
    Headers headers = furnished.headers();
    for (Map.Entry<String, String> header : settings.headers().entrySet()) {
      if (!isFraming(header.getKey())) {
        headers = headers.with(header.getKey(), header.getValue());
      }
    }
    return headers == furnished.headers() ? furnished : furnished.withHeaders(headers);
  }

  /** Without the app's credentials, should any have come this far. */
  private static GatewayRequest bare(GatewayRequest request) {
    Headers headers = request.headers().without(Credentials::isCredential);
    URI uri = withoutKey(request.uri());
    GatewayRequest bare = headers == request.headers() ? request : request.withHeaders(headers);
    return uri.equals(request.uri()) ? bare : bare.withUri(uri);
  }

  private static GatewayRequest withKey(
      GatewayRequest request, Provider provider, WireFormat format, KnownKeys.Key known) {
    String key = known.value();
    AuthStyle style = provider.auth(format);
    if (style == AuthStyle.X_API_KEY && (known.bearer() || key.startsWith(ANTHROPIC_OAUTH))) {
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

  /** Whether a configured field may be the credential that its provider wants. */
  static boolean maybe(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return isCredential(lower) || lower.contains("auth") || lower.endsWith("-key");
  }

  /** The fields that may hold the app's credential, or that belong to a signature of AWS. */
  static boolean isCredential(String lowerCaseName) {
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
