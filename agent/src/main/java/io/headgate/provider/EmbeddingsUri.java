// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the app would ask for embeddings in OpenAI's format: at the host it calls, below the path
 * prefix it calls, with its query. A region, a customer's own host or a proxy is what the app has
 * chosen, and nobody else is to get its prompts and its key.
 */
final class EmbeddingsUri {

  private final ProviderCatalog catalog;

  EmbeddingsUri(ProviderCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The URI for embeddings; null if none can be made of the app's.
   *
   * @param app what the app calls
   */
  @Nullable URI of(String method, URI app, String provider, String model) {
    FoundPath found = catalog.find(method, app);
    Provider its = catalog.provider(provider);
    if (found == null || its == null || !its.speaks(WireFormat.OPENAI)) {
      return null;
    }
    String path = beside(app, found, model);
    if (path == null && found.prefixed()) {
      path = elsewhere(app, its, model);
    }
    URI uri = path == null ? null : at(app, path);
    return uri == null ? null : named(uri, provider, model);
  }

  /** Below the same prefix. */
  private static @Nullable String beside(URI app, FoundPath found, String model) {
    for (PathRule rule : found.root().rules()) {
      String rest = isWanted(rule) ? TargetPath.rest(rule, model) : null;
      if (rest != null) {
        return found.before(app.getRawPath()) + rest;
      }
    }
    return null;
  }

  /** Below another prefix that the provider has for it on the same host. */
  private static @Nullable String elsewhere(URI app, Provider provider, String model) {
    for (ApiRoot root : provider.roots()) {
      for (PathRule rule : root.rules()) {
        if (isWanted(rule)) {
          TargetBase base = new TargetBase(app, "", null);
          TargetPath path = TargetPath.find(provider, base, rule, "", model);
          return path == null ? null : path.path();
        }
      }
    }
    return null;
  }

  private static boolean isWanted(PathRule rule) {
    return rule.format() == WireFormat.OPENAI && rule.operation() == Operation.EMBEDDINGS;
  }

  private static @Nullable URI at(URI app, String path) {
    return app.getScheme() == null || app.getRawAuthority() == null
        ? null
        : SameHost.with(app, path + SameHost.query(app));
  }

  /** With the model's name where the path has one; null if it is no path for embeddings. */
  private @Nullable URI named(URI uri, String provider, String model) {
    FoundPath found = catalog.find("POST", uri);
    if (found == null) {
      return null;
    }
    Endpoint endpoint = catalog.resolve("POST", uri);
    URI named =
        endpoint == null || endpoint.model() == null ? uri : ModelSegment.swap(uri, found, model);
    return endpoint != null && endpoint.provider().equals(provider) && isWanted(found.rule())
        ? named
        : null;
  }
}
