// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.config.ProviderSettings;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The base URL at which a provider is called by those who do not call it already.
 *
 * @param url as configured, or the default one; null if there is none
 * @param path the path that it stands for, <code>{x}</code> for one segment of any text
 * @param why what is missing; null if nothing is
 */
record TargetBase(@Nullable URI url, String path, @Nullable String why) {

  /** Where Vertex AI has its models: a base URL that ends like this says in which project. */
  private static final PathPattern PROJECT = PathPattern.parse("/*/projects/*/locations/*");

  private static final String PROJECT_PATH = "/{version}/projects/{project}/locations/{location}";

  static TargetBase of(Provider provider, ProviderCatalog catalog) {
    ProviderSettings settings = catalog.settings(provider.name());
    URI base = settings == null ? null : settings.baseUrl();
    String providers = "providers." + provider.name();
    switch (provider.name()) {
      case Cloudflare.NAME:
        URI gateway = catalog.cloudflare().gateway();
        return gateway != null
            ? new TargetBase(gateway, provider.basePath(), null)
            : missing(providers + " needs account and gateway, or base-url");
      case Cloudflare.WORKERS_AI:
        URI account = catalog.cloudflare().workersAi();
        if (base == null && account == null) {
          return missing(providers + " needs account, or base-url");
        }
        return new TargetBase(base != null ? base : account, provider.basePath(), null);
      default:
        break;
    }
    if (base != null) {
      return new TargetBase(base, path(provider, base), null);
    }
    if (provider.builtIn() && provider.baseUrl().indexOf('{') < 0) {
      return new TargetBase(URI.create(provider.baseUrl()), provider.basePath(), null);
    }
    return missing(
        providers
            + " needs base-url"
            + (provider.builtIn() ? ", since its default is " + provider.baseUrl() : ""));
  }

  private static TargetBase missing(String why) {
    return new TargetBase(null, "", why);
  }

  /** The path that a base URL stands for. */
  static String path(Provider provider, URI base) {
    return namesProject(provider, base) ? PROJECT_PATH : provider.basePath();
  }

  /** Whether it is a base URL of Vertex AI that says in which project. */
  static boolean namesProject(Provider provider, URI base) {
    if (!provider.name().equals("vertex")) {
      return false;
    }
    List<String> segments = PathSegments.of(base.getRawPath());
    int from = segments.size() - PROJECT.parts().size();
    return from >= 0 && PROJECT.matches(segments, from);
  }
}
