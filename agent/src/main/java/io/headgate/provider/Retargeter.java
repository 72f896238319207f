// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the app's request into one for another model, or for another provider in the same wire
 * format. It sets the URI, the header fields and the endpoint; the body is for others to change.
 *
 * <p>At the same provider the app's URI stays byte for byte, except for the model where the path
 * names it. At another one the URI is the provider's base URL and the path it has for the operation
 * there; of the app's query and header fields nothing goes along that could be a credential.
 * Stateless, for any thread.
 */
public final class Retargeter {

  private static final String AZURE_API_VERSION = "2024-10-21";

  private final ProviderCatalog catalog;
  private final KnownKeys keys;
  private final OtherFormats otherFormats;

  public Retargeter(ProviderCatalog catalog) {
    this.catalog = catalog;
    this.keys = new KnownKeys(catalog);
    this.otherFormats = new OtherFormats(catalog);
  }

  /** What came of it: one of the two is null. */
  private record Outcome(@Nullable Retargeted retargeted, @Nullable String why) {}

  /**
   * The request for a target; null if it cannot be one for this target, and then {@link #whyNot}
   * says why.
   *
   * @param request as the app made it
   * @param from where it went
   * @param provider the target's provider
   * @param model the target's model, by its name at that provider
   */
  public @Nullable Retargeted retarget(
      GatewayRequest request, Endpoint from, String provider, String model) {
    return outcome(request, from, provider, model).retargeted();
  }

  /** Why there is no request for a target, for people; null if there is one. */
  public @Nullable String whyNot(
      GatewayRequest request, Endpoint from, String provider, String model) {
    return outcome(request, from, provider, model).why();
  }

  /**
   * What a provider lacks to be called by those who do not call it already, such as its {@code
   * base-url}, for people; null if it lacks nothing.
   */
  public @Nullable String unreachable(String provider) {
    Provider known = catalog.provider(provider);
    if (known == null) {
      return unknown(provider);
    }
    TargetBase base = TargetBase.of(known, catalog);
    URI url = base.url();
    return url == null ? base.why() : projectMissing(known, url);
  }

  /**
   * The request for a target that is to get it in another wire format, or in the same one in
   * another envelope; its body is for others to change. Null if the target understands the call as
   * it is, or has no chat at all, and then {@link #retarget} is to be asked.
   *
   * @param streaming whether the app wants a stream
   */
  public @Nullable Retargeted translate(
      GatewayRequest request, Endpoint from, String name, String model, boolean streaming) {
    return otherFormats.translate(request, from, name, model, streaming);
  }

  private Outcome outcome(GatewayRequest request, Endpoint from, String provider, String model) {
    FoundPath found = catalog.find(request.method(), request.uri());
    if (found == null) {
      return no("the path of the call is not known");
    }
    return provider.equals(from.provider())
        ? sameProvider(request, from, found, model)
        : otherProvider(request, found, provider, model);
  }

  private Outcome sameProvider(
      GatewayRequest request, Endpoint from, FoundPath found, String model) {
    if (fixed(request, from.provider()) && !model.equals(from.model())) {
      return no(
          "the app signed the call for its own model; providers."
              + from.provider()
              + " needs api-key to change it");
    }
    if (from.model() == null) {
      return new Outcome(new Retargeted(request, from), null);
    }
    URI uri = ModelSegment.swap(request.uri(), found, model);
    if (uri == null) {
      return no("no path can name the model");
    }
    Endpoint endpoint =
        new Endpoint(
            from.provider(),
            from.telemetryName(),
            from.format(),
            from.operation(),
            model,
            from.streaming());
    return new Outcome(new Retargeted(request.withUri(uri), endpoint), null);
  }

  /**
   * Whether a request to its own provider can only be sent as it is: it is signed, nobody can sign
   * another, and no key of that provider is there to stand for the signature.
   */
  public boolean fixed(GatewayRequest request, String provider) {
    return request.sealed() && !keys.configured(provider);
  }

  /** A signature of AWS holds for path and body as they are. */
  static boolean isSigned(GatewayRequest request) {
    String authorization = request.headers().first("authorization");
    return authorization != null && authorization.startsWith("AWS4-");
  }

  private Outcome otherProvider(
      GatewayRequest request, FoundPath found, String name, String model) {
    PathRule wanted = found.rule();
    Provider provider = catalog.provider(name);
    if (provider == null) {
      return no(unknown(name));
    }
    Operation operation = wanted.operation();
    if (!operation.usesModel() && operation != Operation.COUNT_TOKENS) {
      return no("only the provider that was asked can do this: " + operation.text());
    }
    TargetBase base = TargetBase.of(provider, catalog);
    URI url = base.url();
    String lacking = url == null ? base.why() : projectMissing(provider, url);
    if (url == null || lacking != null) {
      return no(lacking == null ? name + " has no base URL" : lacking);
    }
    String version = version(request.uri(), found);
    TargetPath path = TargetPath.find(provider, base, wanted, version, model);
    if (path == null) {
      return no(
          ModelSegment.encode(model, false) == null
              ? "no path can name the model"
              : name + " does not do this in the format of the call: " + operation.text());
    }
    // Any host will do: what follows the default base URL's path goes below the base URL.
    URI canonical = URI.create("https://localhost" + path.path() + query(request, path, url));
    URI uri = BaseUrl.rebase(canonical, base.path(), url);
    Headers headers = TravellingFields.of(request.headers(), wanted.format());
    return new Outcome(
        new Retargeted(
            request.withUri(uri).withHeaders(headers),
            ProviderCatalog.endpoint(provider, path.found(), path.model())),
        null);
  }

  static @Nullable String projectMissing(Provider provider, URI base) {
    return provider.name().equals("vertex") && !TargetBase.namesProject(provider, base)
        ? "providers.vertex needs a base-url that ends with /v1/projects/PROJECT/locations/LOCATION"
        : null;
  }

  /** The version in the app's path, where it is the one of a provider that has several. */
  private static String version(URI uri, FoundPath found) {
    WireFormat format = found.rule().format();
    List<String> path = PathSegments.of(uri.getRawPath());
    if (found.ruleAt() < 1 || (format != WireFormat.GEMINI && format != WireFormat.COHERE)) {
      return "";
    }
    // As RFC 3986 allows it without encoding: the version goes into another path.
    String before = path.get(found.ruleAt() - 1);
    return ProviderCatalog.isVersion(before) && before.equals(ModelSegment.encode(before, false))
        ? before
        : "";
  }

  static String query(GatewayRequest request, TargetPath path, URI base) {
    if (path.found().rule().format() == WireFormat.GEMINI) {
      return alt(request.uri().getRawQuery());
    }
    // Of all providers only Azure has such a path, and its version in the query.
    if (!path.found().root().prefix().parts().contains("deployments")
        || !path.path().startsWith("/openai/")) {
      return "";
    }
    String own = base.getRawQuery();
    return "?" + (own != null ? own : "api-version=" + AZURE_API_VERSION);
  }

  /** How the answer is to be framed, which the app's client relies on. */
  private static String alt(@Nullable String query) {
    if (query != null) {
      for (String parameter : Words.split(query, '&')) {
        if (parameter.equals("alt=sse") || parameter.equals("alt=json")) {
          return "?" + parameter;
        }
      }
    }
    return "";
  }

  private static String unknown(String provider) {
    return "there is no provider " + provider;
  }

  private static Outcome no(String why) {
    return new Outcome(null, why);
  }
}
