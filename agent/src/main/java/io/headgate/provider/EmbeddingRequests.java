// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.config.Config;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests of our own for embeddings, in OpenAI's format, at any provider that speaks it: at
 * the provider the app calls, where the app calls it and with the app's credential; else with the
 * key there is for it.
 */
public final class EmbeddingRequests {

  private static final URI OPENAI = URI.create("https://api.openai.com/v1/embeddings");

  private final ProviderCatalog catalog;
  private final Retargeter retargeter;
  private final KnownKeys keys;
  private final Credentials credentials;
  private final EmbeddingsUri uris;

  public EmbeddingRequests(Config config, ProviderCatalog catalog) {
    this.catalog = catalog;
    this.retargeter = new Retargeter(catalog);
    this.keys = new KnownKeys(catalog);
    this.credentials = new Credentials(config, catalog);
    this.uris = new EmbeddingsUri(catalog);
  }

  /**
   * A request; null if that provider cannot be asked, or there is no credential for it.
   *
   * @param body JSON that names the model
   * @param app the call that gives rise to it, as the app made it
   * @param appProvider the provider that call goes to
   */
  public @Nullable GatewayRequest of(
      String provider, String model, byte[] body, GatewayRequest app, String appProvider) {
    Headers headers =
        Headers.ofFlat("content-type", "application/json", "accept", "application/json");
    GatewayRequest request = new GatewayRequest("POST", OPENAI, headers, RequestBody.of(body));
    return provider.equals(appProvider)
        ? besideTheApps(provider, model, request, app)
        : atAnother(provider, model, request, appProvider);
  }

  private @Nullable GatewayRequest besideTheApps(
      String provider, String model, GatewayRequest request, GatewayRequest app) {
    // A signature holds for what the app signed, and for nothing else.
    if (Retargeter.isSigned(app) && !keys.configured(provider)) {
      return null;
    }
    URI uri = uris.of(app.method(), app.uri(), provider, model);
    Provider row = catalog.provider(provider);
    return uri == null || row == null
        ? null
        : request
            .withUri(uri)
            .withHeaders(withCredentials(request.headers(), app.headers(), row.auth().header()));
  }

  private @Nullable GatewayRequest atAnother(
      String provider, String model, GatewayRequest request, String appProvider) {
    Endpoint endpoint = catalog.resolve("POST", OPENAI);
    if (endpoint == null || !keys.hasCredential(provider, appProvider)) {
      return null;
    }
    if (provider.equals(endpoint.provider())) {
      return credentials.furnished(request, endpoint, null, true);
    }
    Retargeted there = retargeter.retarget(request, endpoint, provider, model);
    return there == null
        ? null
        : credentials.furnished(there.request(), there.endpoint(), null, true);
  }

  /**
   * @param header where else the provider takes a credential; null for nowhere
   */
  private static Headers withCredentials(Headers headers, Headers app, @Nullable String header) {
    List<String> fields = new ArrayList<>();
    headers.forEach(
        (name, value) -> {
          fields.add(name);
          fields.add(value);
        });
    app.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (Credentials.isCredential(lower)
              || lower.equalsIgnoreCase(header)
              || lower.equals("openai-organization")
              || lower.equals("openai-project")) {
            fields.add(name);
            fields.add(value);
          }
        });
    return Headers.ofFlat(fields.toArray(new String[0]));
  }
}
