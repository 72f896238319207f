// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Finds where chats go that are put into another format, or another envelope, for their target. */
final class OtherFormats {

  /** Without a query that could be taken along. */
  private static final URI NOWHERE = URI.create("https://localhost/");

  private final ProviderCatalog catalog;

  OtherFormats(ProviderCatalog catalog) {
    this.catalog = catalog;
  }

  /** As {@link Retargeter#translate} says. */
  @Nullable Retargeted translate(
      GatewayRequest request, Endpoint from, String name, String model, boolean streaming) {
    Provider provider = catalog.provider(name);
    FoundPath asked = catalog.find(request.method(), request.uri());
    if (provider == null || asked == null || !asked.rule().isPlainChat()) {
      return null;
    }
    if (name.equals(from.provider())) {
      WireFormat format = ChatFormats.other(name, from.format(), model);
      return format == null ? null : here(request, asked, provider, model, format, streaming);
    }
    TargetBase base = TargetBase.of(provider, catalog);
    URI url = base.url();
    if (url == null || Retargeter.projectMissing(provider, url) != null) {
      return null;
    }
    TargetPath path = ChatFormats.path(provider, base, from.format(), model, streaming);
    if (path == null && TargetPath.find(provider, base, asked.rule(), "", model) == null) {
      // The same format, but at a path of another kind: Claude on Vertex AI and elsewhere.
      path = TargetPath.chat(provider, base, from.format(), model, streaming);
    }
    if (path == null) {
      return null;
    }
    boolean events = path.found().rule().format() == WireFormat.GEMINI && streaming;
    String query = events ? "?alt=sse" : Retargeter.query(request.withUri(NOWHERE), path, url);
    URI canonical = URI.create("https://localhost" + path.path() + query);
    WireFormat format = path.found().rule().format();
    return new Retargeted(
        request
            .withUri(BaseUrl.rebase(canonical, base.path(), url))
            .withHeaders(asking(TravellingFields.of(request.headers(), format), format, streaming)),
        ProviderCatalog.endpoint(provider, path.found(), path.model()));
  }

  /**
   * At the host and below the prefix that the app calls, with all that it sends: it is the same
   * provider. Null if there is no such path.
   */
  private static @Nullable Retargeted here(
      GatewayRequest request,
      FoundPath asked,
      Provider provider,
      String model,
      WireFormat format,
      boolean streaming) {
    boolean inPath =
        format == WireFormat.GEMINI
            || (provider.name().equals("vertex") && format != WireFormat.OPENAI);
    for (PathRule rule : asked.root().rules()) {
      String rest =
          rule.format() == format && rule.isPlainChat() && rule.streaming() == (streaming && inPath)
              ? TargetPath.rest(rule, model)
              : null;
      if (rest != null) {
        URI app = request.uri();
        String query = SameHost.query(app);
        if (format == WireFormat.GEMINI && streaming) {
          query += (query.isEmpty() ? "?" : "&") + "alt=sse";
        }
        FoundPath found = new FoundPath(asked.root(), rule, asked.ruleAt(), asked.prefixed());
        return new Retargeted(
            request
                .withUri(SameHost.with(app, asked.before(app.getRawPath()) + rest + query))
                .withHeaders(asking(request.headers(), format, streaming)),
            ProviderCatalog.endpoint(provider, found, inPath ? model : null));
      }
    }
    return null;
  }

  /** The fields that a translated request has instead of the app's. */
  private static Headers asking(Headers headers, WireFormat format, boolean streaming) {
    return headers
        .without(
            field ->
                field.equals("content-encoding")
                    || field.equals("content-length")
                    || field.equals("content-type")
                    || field.equals("accept")
                    || field.equals("accept-encoding"))
        .with("content-type", "application/json")
        // Its bytes are read here, whatever the app's client could unpack.
        .with("accept-encoding", "identity")
        .with("accept", accept(format, streaming));
  }

  private static String accept(WireFormat format, boolean streaming) {
    if (!streaming) {
      return "application/json";
    }
    return switch (format) {
      case BEDROCK -> "application/vnd.amazon.eventstream";
      case OLLAMA -> "application/x-ndjson";
      default -> "text/event-stream";
    };
  }
}
