// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.config.Config;
import io.headgate.dialect.Dialects;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.Faults;
import io.headgate.gateway.Gateway;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.Upstream;
import io.headgate.gateway.WireReader;
import io.headgate.meter.MeterInterceptor;
import io.headgate.meter.MeterListener;
import io.headgate.pricing.PriceCatalog;
import io.headgate.provider.Credentials;
import io.headgate.provider.OwnHeaders;
import io.headgate.provider.ProviderCatalog;
import io.headgate.provider.Redirect;
import io.headgate.provider.Via;
import io.headgate.telemetry.AttemptInterceptor;
import io.headgate.telemetry.GenAiInterceptor;
import io.headgate.telemetry.GenAiMetrics;
import io.headgate.telemetry.ParentContext;
import io.headgate.telemetry.StreamWatch;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The gateway as {@link Services} wires it, without configuration, with an SDK whose exporters drop
 * what they get and an upstream that answers at once. What an adapter adds is not in it.
 */
final class Pipeline {

  private static final Exchange.CallSite CALL_SITE = new Exchange.CallSite("bench", null);

  private static final Headers REQUEST_HEADERS =
      Headers.ofFlat(
          "User-Agent", "OpenAI/Java 4.100.0",
          "Accept", "application/json",
          "Authorization", "Bearer sk-bench",
          "Content-Type", "application/json",
          "X-Stainless-Lang", "java",
          "X-Stainless-OS", "Linux",
          "X-Stainless-Retry-Count", "0");

  private final GatewayRequest request;
  private final Headers answerHeaders;
  private final Gateway gateway;

  Pipeline(OpenTelemetrySdk sdk, byte[] body, String answerType) {
    request =
        new GatewayRequest(
            "POST",
            URI.create("https://api.openai.com/v1/chat/completions"),
            REQUEST_HEADERS,
            RequestBody.of(body));
    answerHeaders =
        Headers.ofFlat(
            "Date", "Sun, 01 Nov 2026 00:00:00 GMT",
            "Content-Type", answerType,
            "x-request-id", "req_bench0001",
            "openai-processing-ms", "312",
            "x-ratelimit-remaining-requests", "9999");
    gateway = gateway(sdk);
  }

  private static Gateway gateway(OpenTelemetrySdk sdk) {
    Config config = Config.OBSERVE_ONLY;
    Faults faults =
        (stage, fault) -> {
          throw new IllegalStateException(stage, fault);
        };
    ProviderCatalog catalog = new ProviderCatalog(config);
    PriceCatalog prices = new PriceCatalog(config.pricing(), config.providers());
    GenAiMetrics metrics = new GenAiMetrics(sdk, prices::knows);
    StreamWatch streams = new StreamWatch(StreamWatch.IDLE_LIMIT, System::nanoTime, faults);
    WireReader wire = new Dialects();
    return new Gateway(
        catalog,
        wire,
        List.of(
            new GenAiInterceptor(sdk, metrics, new ParentContext(false), streams, System::nanoTime),
            new MeterInterceptor(wire, prices, faults, InstantSource.system(), new Strict()),
            new OwnHeaders(config, catalog),
            new Redirect(config, catalog),
            new Via(config, catalog),
            new Credentials(config, catalog),
            new AttemptInterceptor(sdk, metrics, false, streams, System::nanoTime)),
        faults);
  }

  /** One call, its answer delivered in these pieces. */
  int call(ByteBuffer[] pieces) {
    Answering upstream = new Answering(answerHeaders);
    CompletionStage<GatewayResponse> stage = gateway.execute(request, CALL_SITE, upstream);
    int status = stage.toCompletableFuture().join().status();
    for (ByteBuffer piece : pieces) {
      upstream.body.bytes(piece);
    }
    upstream.body.end();
    return status;
  }

  /** What an adapter has from its client anyway. */
  static ByteBuffer[] wrap(byte[]... pieces) {
    ByteBuffer[] buffers = new ByteBuffer[pieces.length];
    for (int i = 0; i < pieces.length; i++) {
      buffers[i] = ByteBuffer.wrap(pieces[i]);
    }
    return buffers;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class Answering implements Upstream {
    private final Headers headers;
    private final LiveBody body =
        new LiveBody(
            fault -> {
              throw new IllegalStateException(fault);
            });

    Answering(Headers headers) {
      this.headers = headers;
    }

    @Override
    public CompletionStage<GatewayResponse> send(GatewayRequest request) {
      return CompletableFuture.completedFuture(new GatewayResponse(200, headers, "1.1", body));
    }
  }

  /** What is measured must not be the path of something unknown. */
  private static final class Strict implements MeterListener {
    @Override
    public void priceUnknown(Endpoint endpoint, String model) {
      throw new IllegalStateException("no price for " + model);
    }

    @Override
    public void unparsed(Endpoint endpoint, Reason reason) {
      throw new IllegalStateException("not understood: " + reason);
    }
  }
}
