// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.Cost;
import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.BodyTap;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.Gateway;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.ResponseReader;
import io.headgate.gateway.Upstream;
import io.headgate.gateway.WireReader;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** A real gateway with our two interceptors and a meter between them, over an upstream of straw. */
final class TelemetryHarness {

  final AtomicLong nanos = new AtomicLong(1_000_000_000L);
  final List<Throwable> faults = new ArrayList<>();
  final StreamWatch watch;
  final LiveBody body = new LiveBody(faults::add);
  final GenAiMetrics metrics;

  Endpoint endpoint =
      new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.CHAT, null, false);
  RequestFacts request = requestFacts("gpt-4o-mini");
  ResponseFacts response = ResponseFacts.NONE;
  Cost cost;
  String uri = "https://api.openai.com/v1/chat/completions";
  Headers headers = Headers.EMPTY;
  boolean shared;
  OtherGenAi others = new OtherGenAi(() -> null);
  ClassLoader loader;
  Exchange exchange;

  /** What an interceptor in front of all of ours does to a call. */
  Consumer<Exchange> first = call -> {};

  /** Stands for what routes: it may make attempts of its own. */
  Interceptor around = chain -> chain.proceed(chain.request());

  /** What the meter finds out of an attempt once its answer has ended. */
  Function<Attempt, ResponseFacts> facts = attempt -> response;

  Function<Attempt, Cost> costs = attempt -> cost;
  Interceptor between = chain -> chain.proceed(chain.request());

  private final OpenTelemetryExtension otel;
  private final OpenTelemetry target;

  TelemetryHarness(OpenTelemetryExtension otel) {
    this(otel, otel.getOpenTelemetry());
  }

  /**
   * @param target what leads to the other, sooner or later
   */
  TelemetryHarness(OpenTelemetryExtension otel, OpenTelemetry target) {
    this.otel = otel;
    this.target = target;
    this.metrics = new GenAiMetrics(target, (provider, model) -> model.startsWith("gpt-"));
    this.watch =
        new StreamWatch(Duration.ofMinutes(5), nanos::get, (stage, fault) -> faults.add(fault));
  }

  static RequestFacts requestFacts(String model) {
    RequestFacts.Builder builder = RequestFacts.builder();
    builder.model = model;
    return builder.build();
  }

  static RequestFacts streamed(String model) {
    RequestFacts.Builder builder = RequestFacts.builder();
    builder.model = model;
    builder.stream = true;
    return builder.build();
  }

  CompletableFuture<GatewayResponse> call(Upstream upstream) {
    WireReader reader =
        new WireReader() {
          @Override
          public RequestFacts request(Endpoint endpoint, GatewayRequest call) {
            return request;
          }

          @Override
          public ResponseReader response(
              Endpoint endpoint, RequestFacts facts, int status, Headers responseHeaders) {
            throw new UnsupportedOperationException();
          }
        };
    Gateway gateway =
        new Gateway(
            (method, target) -> endpoint,
            reader,
            List.of(
                this::begin,
                new GenAiInterceptor(
                    target, metrics, new ParentContext(shared, others), watch, nanos::get),
                chain -> around.intercept(chain),
                this::meter,
                between,
                new AttemptInterceptor(target, metrics, shared, watch, nanos::get)),
            (stage, fault) -> faults.add(fault));
    GatewayRequest call =
        new GatewayRequest(
            "POST",
            URI.create(uri),
            headers,
            RequestBody.of("{\"q\":\"canary-prompt\"}".getBytes()));
    return gateway
        .execute(call, new Exchange.CallSite("test", loader), upstream)
        .toCompletableFuture();
  }

  /** Answers after a second with this status; the body is the test's to drive. */
  Upstream answering(int status) {
    return sent -> {
      pass(1000);
      return CompletableFuture.completedFuture(
          new GatewayResponse(status, Headers.EMPTY, "1.1", body));
    };
  }

  void chunk(String text) {
    body.bytes(ByteBuffer.wrap(text.getBytes()));
  }

  void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** The one span with this name. */
  SpanData span(String name) {
    List<SpanData> found =
        otel.getSpans().stream().filter(span -> span.getName().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " spans are named " + name + ": " + otel.getSpans());
    }
    return found.get(0);
  }

  boolean clientSpansOnly() {
    return otel.getSpans().stream().allMatch(span -> span.getKind() == SpanKind.CLIENT);
  }

  private CompletionStage<GatewayResponse> begin(Chain chain) {
    exchange = chain.exchange();
    first.accept(exchange);
    return chain.proceed(chain.request());
  }

  /** Stands for the meter: its tap knows the facts once the body has ended. */
  private CompletionStage<GatewayResponse> meter(Chain chain) {
    return chain
        .proceed(chain.request())
        .thenApply(
            answer -> {
              answer.body().tap(new Facts(chain.attempt()));
              return answer;
            });
  }

  private final class Facts implements BodyTap {
    private final Attempt attempt;

    Facts(Attempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public void onBytes(ByteBuffer bytes) {}

    @Override
    public void onEnd() {
      attempt.responseFacts(facts.apply(attempt));
      Cost known = costs.apply(attempt);
      if (known != null) {
        attempt.cost(known);
      }
    }

    @Override
    public void onError(Throwable cause) {
      onEnd();
    }
  }
}
