// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What metering costs inside the JVM, without a client and a network, beside two things everybody
 * has a feeling for: a streaming parse of the same bytes, and a span with ten attributes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PipelineBenchmark {

  private static final AttributeKey<String> PROVIDER =
      AttributeKey.stringKey("gen_ai.provider.name");
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("gen_ai.operation.name");
  private static final AttributeKey<String> ASKED = AttributeKey.stringKey("gen_ai.request.model");
  private static final AttributeKey<String> ANSWERED =
      AttributeKey.stringKey("gen_ai.response.model");
  private static final AttributeKey<String> ID = AttributeKey.stringKey("gen_ai.response.id");
  private static final AttributeKey<Long> INPUT = AttributeKey.longKey("gen_ai.usage.input_tokens");
  private static final AttributeKey<Long> OUTPUT =
      AttributeKey.longKey("gen_ai.usage.output_tokens");
  private static final AttributeKey<Double> COST = AttributeKey.doubleKey("gen_ai.usage.cost");
  private static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");

  private final JsonFactory json = new JsonFactory();
  private final byte[] request = Wire.request(false);
  private final byte[] answer = Wire.answer();
  private final ByteBuffer[] answers = Pipeline.wrap(answer);
  private final ByteBuffer[] stream = Pipeline.wrap(Wire.stream());
  private final byte[][] chunks = new byte[Wire.CHUNKS][];
  private OpenTelemetrySdk sdk;
  private Tracer tracer;
  private Pipeline whole;
  private Pipeline streamed;

  @Setup
  public void open() {
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = Pipeline.bytes(Wire.chunk(i));
    }
    sdk = Swallowing.sdk();
    tracer = sdk.getTracer("bench");
    whole = new Pipeline(sdk, request, "application/json");
    streamed = new Pipeline(sdk, Wire.request(true), "text/event-stream; charset=utf-8");
  }

  @TearDown
  public void close() {
    sdk.close();
  }

  /** A call with 1 KB each way: both spans, the metrics, usage and price. */
  @Benchmark
  public int meteredCall() {
    return whole.call(answers);
  }

  /** Per chunk of an answer of 200; the call's own share is in it. */
  @Benchmark
  @OperationsPerInvocation(Wire.CHUNKS)
  public int streamedChunk() {
    return streamed.call(stream);
  }

  /** A yardstick: the same request and answer through a streaming parser. */
  @Benchmark
  public int jacksonParse() throws IOException {
    return parse(request) + parse(answer);
  }

  /** A yardstick: the same chunks through a streaming parser. */
  @Benchmark
  @OperationsPerInvocation(Wire.CHUNKS)
  public int jacksonParseChunk() throws IOException {
    int tokens = 0;
    for (byte[] chunk : chunks) {
      tokens += parse(chunk);
    }
    return tokens;
  }

  /** A yardstick: one bare span into the same batch processor. */
  @Benchmark
  public Span bareSpan() {
    Span span =
        tracer
            .spanBuilder("chat gpt-4o-mini")
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(PROVIDER, "openai")
            .setAttribute(OPERATION, "chat")
            .setAttribute(ASKED, "gpt-4o-mini")
            .setAttribute(ANSWERED, "gpt-4o-mini-2024-07-18")
            .setAttribute(ID, "chatcmpl-bench0001")
            .setAttribute(INPUT, 211L)
            .setAttribute(OUTPUT, 96L)
            .setAttribute(COST, 0.00009)
            .setAttribute(SERVER, "api.openai.com")
            .setAttribute(PORT, 443L)
            .startSpan();
    span.end();
    return span;
  }

  private int parse(byte[] bytes) throws IOException {
    int tokens = 0;
    try (JsonParser parser = json.createParser(bytes)) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }
}
