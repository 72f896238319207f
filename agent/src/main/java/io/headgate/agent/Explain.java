// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.config.Config;
import io.headgate.dialect.Dialects;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Content;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.Gateway;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.metadata.MetadataInterceptor;
import io.headgate.metadata.MetadataReader;
import io.headgate.provider.KnownKeys;
import io.headgate.provider.ProviderCatalog;
import io.headgate.provider.Retargeted;
import io.headgate.provider.Retargeter;
import io.headgate.resilience.Routes;
import io.headgate.resilience.TargetHealth;
import io.headgate.route.Plan;
import io.headgate.route.PlanText;
import io.headgate.route.Route;
import io.headgate.route.Router;
import io.headgate.route.Target;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Translation;
import io.headgate.translate.Translator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells what would become of a request. */
final class Explain {

  private static final String URL = "https://api.openai.com/v1/chat/completions";

  private final Config config;
  private final ProviderCatalog catalog;
  private final Router router;
  private final Translator translator = Translations.translator();
  private final List<String> lines = new ArrayList<>();

  Explain(Config config) {
    this.config = config;
    this.catalog = new ProviderCatalog(config, System.getenv());
    this.router =
        Routes.router(
            config, new TargetHealth(System::nanoTime), target -> Long.MAX_VALUE, t -> {});
  }

  /** The explanation; empty if that is no request. */
  List<String> lines(byte[] json) {
    if (!(JsonTree.read(json) instanceof Map<?, ?> document)) {
      return List.of();
    }
    GatewayRequest request = request(document, json);
    if (request == null) {
      return List.of();
    }
    Endpoint endpoint = catalog.resolve(request.method(), request.uri());
    if (endpoint == null) {
      return List.of(request.uri().getHost() + " is not handled: the call goes as it is");
    }
    lines.add(
        request.method()
            + " "
            + request.uri().getHost()
            + request.uri().getPath()
            + ": "
            + endpoint.operation().text()
            + " at "
            + endpoint.provider());
    if (config.mode() == Config.Mode.OBSERVE) {
      lines.add("mode observe: the call goes where the app sends it");
    } else if (config.mode() == Config.Mode.SHADOW) {
      lines.add("mode shadow: what follows is recorded, and the call goes where the app sends it");
    }
    Gateway gateway =
        new Gateway(
            catalog,
            new Dialects(),
            List.of(
                new MetadataInterceptor(new MetadataReader(config.traffic().metadata())),
                this::explained),
            (stage, fault) -> lines.add("failed at " + stage + ": " + fault));
    var unused =
        gateway.execute(
            request,
            new Exchange.CallSite("explain", null),
            sent -> CompletableFuture.failedFuture(new IllegalStateException("nothing is sent")));
    return lines;
  }

  private CompletionStage<GatewayResponse> explained(Chain chain) {
    Exchange exchange = chain.exchange();
    exchange.metadata().forEach((name, value) -> lines.add("metadata." + name + " = " + value));
    Route route =
        router.plan(Routes.call(exchange, chain.request(), config.environment()), exchange::note);
    if (exchange.options().bypass()) {
      lines.add("x-headgate-bypass: nothing of what follows is done");
    }
    lines.addAll(PlanText.lines(route, exchange.decisions()));
    leftOut(route.plan(), exchange, chain.request());
    return CompletableFuture.completedFuture(
        GatewayResponse.of(
            200, Headers.EMPTY, "", Content.of(new byte[0], new LiveBody(fault -> {}))));
  }

  /** Says which targets cannot serve this call, and why. */
  private void leftOut(Plan plan, Exchange exchange, GatewayRequest request) {
    if (plan instanceof Plan.Chain many) {
      many.plans().forEach(inner -> leftOut(inner, exchange, request));
    } else if (plan instanceof Plan.Cascade cascade) {
      cascade.stages().forEach(stage -> leftOut(stage.plan(), exchange, request));
    } else if (plan instanceof Plan.Try attempt && attempt.target() != null) {
      Target target = attempt.target();
      String why = null;
      String how = null;
      try {
        how = translated(target, exchange, request);
        why = how == null ? whyNot(target, exchange, request) : null;
      } catch (Ineligible e) {
        why = e.getMessage();
      } catch (RuntimeException e) {
        why = "the request could not be translated: " + e;
      }
      if (why == null
          && !new KnownKeys(catalog)
              .hasCredential(target.provider(), exchange.endpoint().provider())) {
        why = "there is no key for provider " + target.provider();
      }
      if (why != null) {
        lines.add("left out: " + target + ": " + why);
      } else if (how != null) {
        lines.add("translated for " + target + how);
      }
    }
  }

  private @Nullable String whyNot(Target target, Exchange exchange, GatewayRequest request) {
    return new Retargeter(catalog)
        .whyNot(request, exchange.endpoint(), target.provider(), target.model());
  }

  /**
   * What translation does to the call; null if it is not translated.
   *
   * @throws Ineligible if it cannot be, and why
   */
  private @Nullable String translated(Target target, Exchange exchange, GatewayRequest request) {
    Endpoint from = exchange.endpoint();
    if (!translator.reads(from.format())) {
      return null;
    }
    boolean streaming = from.streaming() || exchange.requestFacts().stream();
    Retargeted foreign =
        new Retargeter(catalog)
            .translate(request, from, target.provider(), target.model(), streaming);
    if (foreign == null) {
      return null;
    }
    if (foreign.endpoint().format() == from.format()) {
      return "";
    }
    Translation translation =
        translator.read(from, request, null).to(foreign.endpoint(), target.model());
    return (translation.dropped().isEmpty()
            ? ""
            : ", without " + String.join(", ", translation.dropped()))
        + (translation.changed().isEmpty()
            ? ""
            : ", with " + String.join(", ", translation.changed()));
  }

  private static @Nullable GatewayRequest request(Map<?, ?> document, byte[] json) {
    boolean whole = document.get("url") instanceof String || document.get("body") != null;
    Object url = whole && document.get("url") instanceof String text ? text : URL;
    Object method = whole && document.get("method") instanceof String text ? text : "POST";
    byte[] body = whole ? JsonWriter.write(document.get("body")) : json;
    List<String> headers = new ArrayList<>(List.of("content-type", "application/json"));
    if (whole && document.get("headers") instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            headers.add(String.valueOf(name));
            headers.add(String.valueOf(value));
          });
    }
    if (whole && document.get("metadata") instanceof Map<?, ?> metadata) {
      headers.add("x-headgate-metadata");
      headers.add(new String(JsonWriter.write(metadata), StandardCharsets.UTF_8));
    }
    try {
      URI uri = URI.create(url.toString());
      if (uri.getHost() == null) {
        return null;
      }
      return new GatewayRequest(
          method.toString(),
          uri,
          Headers.ofFlat(headers.toArray(new String[0])),
          RequestBody.of(body));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
