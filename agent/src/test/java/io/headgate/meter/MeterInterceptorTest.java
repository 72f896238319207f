// SPDX-License-Identifier: Apache-2.0
package io.headgate.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Cost;
import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.BodyTap;
import io.headgate.gateway.CallOptions;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.FixedChain;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.ResponseReader;
import io.headgate.gateway.WireReader;
import io.headgate.pricing.PriceCatalog;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeterInterceptorTest {

  private final RecordingReader reader = new RecordingReader();
  private final List<String> faults = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final LiveBody body = new LiveBody(t -> faults.add("tap " + t.getMessage()));
  private Instant now = Instant.parse("2026-08-22T10:00:00Z");
  private boolean readerFails;

  @Test
  void anAnswerIsMeteredAndPricedWhenItsBodyEnds() {
    Exchange exchange = exchange(Operation.CHAT, "openai", "gpt-4o");
    meter(exchange, 200);
    write("{\"a\":");
    write("1}");
    assertThat(exchange.cost()).isNull();
    assertThat(exchange.responseFacts()).isSameAs(ResponseFacts.NONE);
    body.end();
    assertThat(reader.text()).isEqualTo("{\"a\":1}");
    assertThat(reader.finishes).containsExactly(true);
    assertThat(exchange.responseFacts()).isSameAs(reader.facts);
    assertThat(costOf(exchange).total()).isEqualTo(450_000);
    assertThat(heard).isEmpty();
    assertThat(faults).isEmpty();
  }

  @Test
  void gzipIsUndoneWhereverItIsSplit() throws Exception {
    byte[] gzip = Compressed.gzip("{\"usage\":true}");
    for (int split = 0; split <= gzip.length; split++) {
      MeterInterceptorTest each = new MeterInterceptorTest();
      Exchange exchange = exchange(Operation.CHAT, "openai", "gpt-4o");
      each.meter(exchange, 200, "Content-Encoding", "gzip");
      each.body.bytes(ByteBuffer.wrap(gzip, 0, split));
      each.body.bytes(ByteBuffer.wrap(gzip, split, gzip.length - split));
      each.body.end();
      assertThat(each.reader.text()).isEqualTo("{\"usage\":true}");
      assertThat(each.reader.finishes).containsExactly(true);
    }
  }

  @Test
  void truncatedGzipIsNotComplete() throws Exception {
    byte[] gzip = Compressed.gzip("{\"usage\":true}");
    meter(exchange(Operation.CHAT, "openai", "gpt-4o"), 200, "content-encoding", "gzip");
    body.bytes(ByteBuffer.wrap(Arrays.copyOf(gzip, gzip.length - 9)));
    body.end();
    assertThat(reader.finishes).containsExactly(false);
    assertThat(heard).containsExactly("unparsed COMPRESSION");
  }

  @Test
  void aBombIsNotRead() throws Exception {
    reader.keep = false;
    meter(exchange(Operation.CHAT, "openai", "gpt-4o"), 200, "content-encoding", "gzip");
    body.bytes(ByteBuffer.wrap(Compressed.gzip(new byte[64 << 20])));
    body.end();
    assertThat(reader.count).isLessThan(32L << 20);
    assertThat(reader.finishes).containsExactly(false);
    assertThat(heard).containsExactly("unparsed COMPRESSION");
    assertThat(faults).isEmpty();
  }

  @Test
  void anEncodingBeyondUsIsNotReadButHeadersMayStillTell() {
    Exchange exchange = exchange(Operation.CHAT, "openai", "gpt-4o");
    meter(exchange, 200, "content-encoding", "br");
    write("compressed");
    body.end();
    assertThat(reader.text()).isEmpty();
    assertThat(reader.finishes).containsExactly(false);
    assertThat(heard).containsExactly("unparsed ENCODING");
    assertThat(costOf(exchange).total()).isEqualTo(450_000);
  }

  @Test
  void aBodyWithoutAByteIsSettledToo() {
    reader.facts = ResponseFacts.NONE;
    Exchange exchange = exchange(Operation.CHAT, "openai", "gpt-4o");
    meter(exchange, 204);
    body.end();
    assertThat(reader.finishes).containsExactly(true);
    assertThat(exchange.cost()).isNull();
    assertThat(heard).containsExactly("unparsed FORMAT");
  }

  @Test
  void anAbandonedAnswerIsSettledWithWhatWasSeen() {
    Exchange exchange = exchange(Operation.CHAT, "openai", "gpt-4o");
    reader.facts =
        RecordingReader.facts(
            "gpt-4o-mini", Usage.builder().input(10).output(5).estimated(true).build(), false);
    meter(exchange, 200);
    write("data: 1");
    body.error(null);
    assertThat(reader.finishes).containsExactly(false);
    assertThat(costOf(exchange).source()).isEqualTo(Cost.Source.ESTIMATED);
    assertThat(heard).isEmpty();
  }

  @Test
  void onlyTheFirstEndingCounts() {
    meter(exchange(Operation.CHAT, "openai", "gpt-4o"), 200);
    body.end();
    body.error(new IOException("late"));
    body.end();
    write("late");
    assertThat(reader.finishes).containsExactly(true);
    assertThat(reader.text()).isEmpty();
  }

  @Test
  void endingsThatRaceWithBytesSettleOnce() throws Exception {
    for (int run = 0; run < 200; run++) {
      MeterInterceptorTest each = new MeterInterceptorTest();
      each.meter(exchange(Operation.CHAT, "openai", "gpt-4o"), 200, "content-encoding", "gzip");
      byte[] gzip = Compressed.gzip("x".repeat(5000));
      CountDownLatch start = new CountDownLatch(1);
      Thread canceller =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                each.body.error(null);
              });
      canceller.start();
      start.countDown();
      for (byte b : gzip) {
        each.body.bytes(ByteBuffer.wrap(new byte[] {b}));
      }
      canceller.join();
      each.body.end();
      assertThat(each.reader.finishes).hasSize(1);
      assertThat(each.faults).isEmpty();
    }
  }

  @Test
  void outerTapsHearOfTheEndAfterTheMeter() {
    Exchange exchange = exchange(Operation.CHAT, "openai", "gpt-4o");
    meter(exchange, 200);
    List<Boolean> knew = new ArrayList<>();
    body.tap(
        new BodyTap() {
          @Override
          public void onBytes(ByteBuffer bytes) {}

          @Override
          public void onEnd() {
            knew.add(exchange.cost() != null);
          }

          @Override
          public void onError(@Nullable Throwable cause) {}
        });
    body.end();
    assertThat(knew).containsExactly(true);
  }

  @Test
  void callsThatRunNoModelAreNotTapped() {
    meter(exchange(Operation.FILES, "openai", null), 200);
    assertThat(body.untapped()).isTrue();
  }

  @Test
  void anErrorIsReadButCostsNothingKnown() {
    Exchange exchange = exchange(Operation.CHAT, "openai", "gpt-4o");
    reader.facts =
        new ResponseFacts(
            null,
            null,
            List.of(),
            Usage.builder().build(),
            null,
            null,
            "rate_limit_exceeded",
            Usage.UNKNOWN,
            true);
    meter(exchange, 429);
    write("{}");
    body.end();
    assertThat(exchange.responseFacts().errorType()).isEqualTo("rate_limit_exceeded");
    assertThat(exchange.cost()).isNull();
    assertThat(heard).isEmpty();
  }

  @Test
  void anUnknownPriceIsTold() {
    Exchange exchange = exchange(Operation.CHAT, "openai", "zebra");
    reader.facts = RecordingReader.facts(null, Usage.builder().input(1).output(1).build(), true);
    meter(exchange, 200);
    body.end();
    assertThat(exchange.cost()).isNull();
    assertThat(heard).containsExactly("no price for zebra");
  }

  @Test
  void theModelMayStandInThePath() {
    Exchange exchange = exchange(Operation.CHAT, "gemini", null, "gemini-2.5-pro");
    reader.facts = RecordingReader.facts(null, Usage.builder().input(1000).output(0).build(), true);
    meter(exchange, 200);
    body.end();
    assertThat(costOf(exchange).total()).isEqualTo(1_250_000);
  }

  @Test
  void theDayOfTheCallDecides() {
    Exchange exchange = exchange(Operation.CHAT, "anthropic", "claude-sonnet-5");
    reader.facts = RecordingReader.facts(null, Usage.builder().input(1000).output(0).build(), true);
    now = Instant.parse("2026-09-01T00:00:00Z");
    meter(exchange, 200);
    body.end();
    assertThat(costOf(exchange).total()).isEqualTo(3_000_000);
  }

  @Test
  void aReaderThatThrowsHarmsNobody() {
    reader.failure = new IllegalStateException("broken");
    Exchange exchange = exchange(Operation.CHAT, "openai", "gpt-4o");
    meter(exchange, 200);
    write("a");
    write("b");
    body.end();
    assertThat(faults).containsExactly("tap broken");
    assertThat(reader.finishes).containsExactly(false);
  }

  @Test
  void aReaderThatCannotBeMadeHarmsNobody() {
    readerFails = true;
    Exchange exchange = exchange(Operation.CHAT, "openai", "gpt-4o");
    meter(exchange, 200);
    body.end();
    assertThat(faults).containsExactly("meter no reader");
    assertThat(body.untapped()).isTrue();
  }

  @Test
  void aFailedCallFailsAsItDid() {
    Exchange exchange = exchange(Operation.CHAT, "openai", "gpt-4o");
    IOException failure = new IOException("refused");
    CompletionStage<GatewayResponse> stage =
        interceptor().intercept(chain(exchange, CompletableFuture.failedFuture(failure)));
    assertThat(stage.toCompletableFuture()).isCompletedExceptionally();
    assertThat(stage.toCompletableFuture().handle((r, t) -> t).join()).hasRootCause(failure);
    assertThat(faults).isEmpty();
  }

  private void meter(Exchange exchange, int status, String... headers) {
    GatewayResponse response = new GatewayResponse(status, Headers.ofFlat(headers), "1.1", body);
    CompletionStage<GatewayResponse> stage =
        interceptor().intercept(chain(exchange, CompletableFuture.completedFuture(response)));
    assertThat(stage.toCompletableFuture().join()).isSameAs(response);
  }

  private MeterInterceptor interceptor() {
    WireReader wire =
        new WireReader() {
          @Override
          public RequestFacts request(Endpoint endpoint, GatewayRequest request) {
            return RequestFacts.NONE;
          }

          @Override
          public ResponseReader response(
              Endpoint endpoint, RequestFacts request, int status, Headers responseHeaders) {
            if (readerFails) {
              throw new IllegalStateException("no reader");
            }
            return reader;
          }
        };
    MeterListener listener =
        new MeterListener() {
          @Override
          public void priceUnknown(Endpoint endpoint, @Nullable String model) {
            heard.add("no price for " + model);
          }

          @Override
          public void unparsed(Endpoint endpoint, Reason reason) {
            heard.add("unparsed " + reason);
          }
        };
    InstantSource clock = () -> now;
    return new MeterInterceptor(
        wire,
        new PriceCatalog(List.of(), Map.of()),
        (stage, fault) -> faults.add(stage + " " + fault.getMessage()),
        clock,
        listener);
  }

  private void write(String text) {
    body.bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Cost costOf(Exchange exchange) {
    Cost cost = exchange.cost();
    assertThat(cost).isNotNull();
    return cost;
  }

  private static Exchange exchange(Operation operation, String provider, @Nullable String model) {
    return exchange(operation, provider, model, null);
  }

  private static Exchange exchange(
      Operation operation, String provider, @Nullable String model, @Nullable String pathModel) {
    RequestFacts.Builder facts = RequestFacts.builder();
    facts.model = model;
    return new Exchange(
        new Endpoint(provider, provider, WireFormat.OPENAI, operation, pathModel, false),
        new GatewayRequest("POST", URI.create("http://h/"), Headers.EMPTY, RequestBody.NONE),
        facts.build(),
        new Exchange.CallSite("test", null),
        0);
  }

  private static Chain chain(Exchange exchange, CompletionStage<GatewayResponse> response) {
    return FixedChain.sending(exchange, request -> response);
  }

  @Test
  void aPriceThatTheCallBringsGoesOverAllOthers() {
    Exchange exchange = exchange(Operation.CHAT, "openai", "gpt-4o");
    exchange.options(
        new CallOptions(
            false, null, 0, 0, -1, null, Map.of(), Map.of("input", 1.0, "output", 0.5), true));
    reader.facts =
        RecordingReader.facts(null, Usage.builder().input(1000).output(500).build(), true);
    meter(exchange, 200);
    body.end();
    assertThat(costOf(exchange).total()).isEqualTo(1_000_000 + 250_000);
  }

  @Test
  void aFormatThatNobodyReadsIsNotUnparsed() {
    reader.facts = ResponseFacts.NONE;
    Exchange exchange = exchange(WireFormat.OTHER, "replicate", "any", "http://h/");
    meter(exchange, 200);
    write("anything");
    body.end();
    assertThat(heard).isEmpty();
  }

  @Test
  void theHostTellsBedrocksRegion() {
    String everywhere = "http://h/";
    String tokyo = "https://bedrock-runtime.ap-northeast-1.amazonaws.com/model/x/invoke";
    for (WireFormat format : new WireFormat[] {WireFormat.BEDROCK, WireFormat.OPENAI}) {
      assertThat(deepseekAt(tokyo, format)).isEqualTo(1000 * 740L + 500 * 2220L);
      assertThat(deepseekAt(everywhere, format)).isEqualTo(1000 * 620L + 500 * 1850L);
    }
  }

  private static long deepseekAt(String uri, WireFormat format) {
    MeterInterceptorTest each = new MeterInterceptorTest();
    each.reader.facts =
        RecordingReader.facts(null, Usage.builder().input(1000).output(500).build(), true);
    Exchange exchange = exchange(format, "bedrock", "deepseek.v3.2", uri);
    each.meter(exchange, 200);
    each.body.end();
    return costOf(exchange).total();
  }

  private static Exchange exchange(WireFormat format, String provider, String model, String uri) {
    RequestFacts.Builder facts = RequestFacts.builder();
    facts.model = model;
    return new Exchange(
        new Endpoint(provider, provider, format, Operation.CHAT, null, false),
        new GatewayRequest("POST", URI.create(uri), Headers.EMPTY, RequestBody.NONE),
        facts.build(),
        new Exchange.CallSite("test", null),
        0);
  }
}
