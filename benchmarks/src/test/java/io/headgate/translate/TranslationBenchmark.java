// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.headgate.gateway.Headers;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What translating costs, per pair of formats: a request of four turns with a tool, a whole answer
 * of about 1 KB, and an event of a stream of 200 pieces of text. The yardsticks are a streaming
 * Jackson parse of the same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class TranslationBenchmark {

  @Param({
    "OPENAI-ANTHROPIC",
    "OPENAI-GEMINI",
    "OPENAI-BEDROCK",
    "OPENAI-OPENAI_RESPONSES",
    "OPENAI-COHERE",
    "OPENAI-OLLAMA",
    "OPENAI_RESPONSES-OPENAI",
    "OPENAI_RESPONSES-ANTHROPIC",
    "OPENAI_RESPONSES-GEMINI",
    "OPENAI_RESPONSES-BEDROCK",
    "ANTHROPIC-OPENAI",
    "ANTHROPIC-OPENAI_RESPONSES",
    "ANTHROPIC-GEMINI",
    "ANTHROPIC-BEDROCK",
    "GEMINI-OPENAI",
    "GEMINI-OPENAI_RESPONSES",
    "GEMINI-ANTHROPIC",
    "GEMINI-BEDROCK",
    "BEDROCK-OPENAI",
    "BEDROCK-OPENAI_RESPONSES",
    "BEDROCK-ANTHROPIC",
    "BEDROCK-GEMINI"
  })
  public String pair;

  private final JsonFactory jackson = new JsonFactory();
  private Formats formats;
  private Translation plain;
  private Translation streaming;
  private byte[] answer;
  private byte[][] stream;

  @Setup
  public void open() {
    formats = Formats.of(pair);
    plain = formats.translation(false);
    streaming = formats.translation(true);
    answer = formats.answer();
    stream = formats.stream();
    Translation.Answer translated = plain.whole(200, Headers.EMPTY, answer);
    if (translated.status() != 200 || !formats.streamed(streaming, stream)) {
      throw new IllegalStateException(pair + " does not translate");
    }
  }

  /** A request, read and written. */
  @Benchmark
  public Object request() {
    return formats.translation(false).body();
  }

  @Benchmark
  public int requestYardstick() throws IOException {
    return parsed(formats.request(false));
  }

  /** A whole answer. */
  @Benchmark
  public Object wholeAnswer() {
    return plain.whole(200, Headers.EMPTY, answer);
  }

  @Benchmark
  public int wholeAnswerYardstick() throws IOException {
    return parsed(answer);
  }

  /** One event of a stream. */
  @Benchmark
  @OperationsPerInvocation(Formats.PIECES)
  public int streamEvent() {
    StreamTranslation translation = streaming.stream();
    int bytes = 0;
    for (byte[] event : stream) {
      bytes += translation.apply(ByteBuffer.wrap(event)).remaining();
    }
    return bytes + translation.finish().remaining();
  }

  /** The JSON of the same events. */
  @Benchmark
  @OperationsPerInvocation(Formats.PIECES)
  public int streamEventYardstick() throws IOException {
    int tokens = 0;
    for (byte[] document : formats.documents()) {
      tokens += parsed(document);
    }
    return tokens;
  }

  private int parsed(byte[] json) throws IOException {
    int tokens = 0;
    try (JsonParser parser = jackson.createParser(json)) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }
}
