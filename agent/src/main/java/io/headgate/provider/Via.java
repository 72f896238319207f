// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Sends the calls of providers that are configured with {@code via: cloudflare} through Cloudflare
 * AI Gateway, and takes down what the gateway says of its answers. The provider's credential stays
 * in its own field; the gateway's stands beside it. An attempt that is {@link Attempt#direct}, or
 * whose URL the gateway has no place for, goes to the provider itself.
 *
 * <p>Stands behind {@link Redirect}, which leaves these calls alone, and before {@link
 * Credentials}.
 */
public final class Via implements Interceptor {

  private final Config config;
  private final ProviderCatalog catalog;

  public Via(Config config, ProviderCatalog catalog) {
    this.config = config;
    this.catalog = catalog;
  }

  /** Whether attempts at a provider go through the platform, unless they are direct. */
  public boolean goesVia(String provider) {
    return config.mode() == Config.Mode.ENFORCE && catalog.cloudflare().carries(provider);
  }

  /**
   * Whether an answer that came by the gateway is its own failure rather than the provider's, so
   * that the provider itself may still be asked. True only for statuses that Cloudflare gives when
   * it cannot serve, in answers that bear its mark but neither the gateway's nor a provider's. A
   * connection that fails has no answer: whoever sees the exception knows.
   */
  public static boolean gatewayFailed(int status, Headers headers) {
    boolean down =
        status == 502 || status == 503 || status == 504 || (status >= 520 && status <= 530);
    return down && isCloudflares(headers) && !isAnswered(headers);
  }

  /**
   * Whether the gateway itself refused a call: the token is missing or wrong (401, code 2009), or
   * there is no such gateway (400, code 2001).
   *
   * @param body the beginning of the answer's body
   */
  public static boolean gatewayRefused(int status, String body) {
    String code = status == 401 ? "2009" : status == 400 ? "2001" : null;
    if (code == null) {
      return false;
    }
    String dense = body.replaceAll("\\s", "");
    return dense.contains("\"success\":false") && dense.matches(".*\"code\":" + code + "\\b.*");
  }

  private static boolean isCloudflares(Headers headers) {
    String server = headers.first("server");
    return headers.contains("cf-ray")
        || (server != null && server.toLowerCase(Locale.ROOT).startsWith("cloudflare"));
  }

  /** Whether the gateway worked on the call, or a provider answered it. */
  private static boolean isAnswered(Headers headers) {
    boolean[] answered = {false};
    headers.forEach(
        (anyName, value) -> {
          String name = anyName.toLowerCase(Locale.ROOT);
          answered[0] |=
              name.startsWith("cf-aig-")
                  || name.startsWith("x-ratelimit-")
                  || name.startsWith("anthropic-")
                  || name.startsWith("openai-")
                  || name.startsWith("x-amzn-")
                  || name.equals("x-request-id")
                  || name.equals("request-id");
        });
    return answered[0];
  }

  @Override
  public CompletionStage<GatewayResponse> intercept(Chain chain) {
    Attempt attempt = chain.attempt();
    String provider = attempt.endpoint().provider();
    GatewayRequest request = chain.request();
    if (!Duty.changes(config, chain)) {
      return chain.proceed(request);
    }
    if (provider.equals(Cloudflare.WORKERS_AI)) {
      return chain.proceed(withGatewayId(request));
    }
    Exchange exchange = chain.exchange();
    if (provider.equals(Cloudflare.NAME)) {
      return heard(exchange, chain.proceed(request));
    }
    if (attempt.direct() || !goesVia(provider)) {
      return chain.proceed(request);
    }
    URI uri = catalog.cloudflare().through(provider, request.uri());
    if (uri == null) {
      exchange.note(new Decision("cloudflare", Map.of("skipped", "it has no place for this URL")));
      return chain.proceed(request);
    }
    Headers headers =
        GatewayFields.with(request.headers(), exchange.options(), catalog.cloudflare().token());
    return heard(exchange, chain.proceed(request.withUri(uri).withHeaders(headers)));
  }

  private static CompletionStage<GatewayResponse> heard(
      Exchange exchange, CompletionStage<GatewayResponse> answer) {
    return answer.thenApply(
        response -> {
          Map<String, String> said = GatewayFields.said(response.headers());
          if (!said.isEmpty()) {
            exchange.note(new Decision("cloudflare", said));
          }
          return response;
        });
  }

  /** Workers AI needs no gateway, but calls can be logged by one. */
  private GatewayRequest withGatewayId(GatewayRequest request) {
    ProviderSettings settings = config.providers().get(Cloudflare.WORKERS_AI);
    String gateway = settings == null ? null : settings.platform().gateway();
    return gateway == null || request.headers().contains("cf-aig-gateway-id")
        ? request
        : request.withHeaders(request.headers().with("cf-aig-gateway-id", gateway));
  }
}
