// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headgate.agent.CachedPipeline;
import io.headgate.agent.Wire;
import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import io.headgate.provider.CallCredential;
import io.headgate.provider.ProviderCatalog;
import io.headgate.state.EntryKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
 * What an answer from the memory of the cache costs without a client and a network, what its parts
 * do, and what recording does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class CacheBenchmark {

  private static final Endpoint ENDPOINT =
      new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.CHAT, null, false);

  private static final byte[] CREDENTIAL = "authorization Bearer sk-bench".getBytes(UTF_8);

  private final Partition partitions = new Partition(new byte[32]);
  private final byte[] partition = new byte[32];
  private final CacheKeys keys = new CacheKeys("", Set.of());
  private final byte[][] stream = Wire.stream();
  private GatewayRequest small;
  private GatewayRequest large;
  private CallCredential credential;
  private LookUp lookUp;
  private LookUp lookUpStream;
  private CachedPipeline whole;
  private CachedPipeline streamed;
  private CachedPipeline uncached;
  private CachedPipeline uncachedStream;
  private CachedPipeline refreshed;
  private AtOnce host;
  private byte[] stored;
  private byte[] storedStream;

  @Setup
  public void open() throws Exception {
    Config config = CachedPipeline.config(true);
    small = CachedPipeline.request(Wire.request(false));
    large = small.withBody(RequestBody.of(conversation()));
    credential = new CallCredential(config, new ProviderCatalog(config));
    host = new AtOnce("text/event-stream", stream);
    lookUp = new LookUp(config, small, new AtOnce("application/json", Wire.answer()));
    lookUpStream = new LookUp(config, CachedPipeline.request(Wire.request(true)), host);
    whole = new CachedPipeline(true, false);
    streamed = new CachedPipeline(true, true);
    uncached = new CachedPipeline(false, false);
    uncachedStream = new CachedPipeline(false, true);
    refreshed = new CachedPipeline(true, true, "x-headgate-cache", "refresh");
    stored = AnswerCodec.encode(answer(AnswerForm.WHOLE, 0, Wire.answer()));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] event : stream) {
      all.writeBytes(event);
    }
    storedStream = AnswerCodec.encode(answer(AnswerForm.SSE, stream.length, all.toByteArray()));
  }

  @TearDown
  public void close() {
    // What should have come from the cache did, and the rest did not.
    whole.check(1);
    streamed.check(1);
    for (CachedPipeline each : List.of(whole, streamed, uncached, uncachedStream, refreshed)) {
      each.close();
    }
  }

  /** A hundred messages of 1 KB. */
  private static byte[] conversation() {
    StringBuilder body = new StringBuilder("{\"model\":\"gpt-4o-mini\",\"messages\":[");
    for (int i = 0; i < 100; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"role\":\"user\",\"content\":\"")
          .append("The refund for the second payment was started \\n".repeat(20))
          .append(i)
          .append("\"}");
    }
    return body.append("]}").toString().getBytes(UTF_8);
  }

  private StoredAnswer answer(AnswerForm form, int parts, byte[] body) {
    int[] sizes = new int[parts];
    for (int i = 0; i < parts; i++) {
      sizes[i] = stream[i].length;
    }
    long now = System.currentTimeMillis();
    return new StoredAnswer(
        now,
        now + 3_600_000,
        0,
        0,
        form,
        false,
        200,
        Headers.ofFlat(
            "content-type", "application/json",
            "x-request-id", "req_bench0001",
            "openai-processing-ms", "312"),
        "chatcmpl-bench0001",
        "gpt-4o-mini-2024-07-18",
        List.of("stop"),
        null,
        new int[parts],
        sizes,
        body);
  }

  /** A call with 1 KB each way that the cache answers: the whole gateway, its span included. */
  @Benchmark
  public int hit() {
    return whole.call();
  }

  /** The same call, sent to a host that answers at once, where nothing is cached. */
  @Benchmark
  public int sent() {
    return uncached.call();
  }

  /** A stream of 200 chunks that the cache answers. */
  @Benchmark
  public int hitStream() {
    return streamed.call();
  }

  /** The same stream where nothing is cached. */
  @Benchmark
  public int sentStream() {
    return uncachedStream.call();
  }

  /** The same stream, recorded and kept in memory. */
  @Benchmark
  public int keptStream() {
    return refreshed.call();
  }

  /** The cache's own part of {@link #hit}: rule, partition, key, memory, answer. */
  @Benchmark
  public int lookUp() {
    return lookUp.hit();
  }

  /** The cache's own part of {@link #hitStream}. */
  @Benchmark
  public int lookUpStream() {
    return lookUpStream.hit();
  }

  /** The key of a body of 1 KB. */
  @Benchmark
  public EntryKey key1KB() {
    return keys.key(new KeyParts(ENDPOINT, "gpt-4o-mini", small, partition, "", null));
  }

  /** The key of a body of 100 KB. */
  @Benchmark
  public EntryKey key100KB() {
    return keys.key(new KeyParts(ENDPOINT, "gpt-4o-mini", large, partition, "", null));
  }

  /** Whose credential a call carries. */
  @Benchmark
  public byte[] credential() {
    return credential.of(small, ENDPOINT, "openai");
  }

  /** The hash of it. */
  @Benchmark
  public byte[] partition() {
    return partitions.ofCredential(CREDENTIAL);
  }

  /** Reads a stored answer of 1 KB. */
  @Benchmark
  public StoredAnswer decode() {
    return AnswerCodec.decode(stored);
  }

  /** Reads a stored stream of 200 chunks, 55 KB. */
  @Benchmark
  public StoredAnswer decodeStream() {
    return AnswerCodec.decode(storedStream);
  }

  /** Per chunk: passing an answer on while it is recorded. */
  @Benchmark
  @OperationsPerInvocation(Wire.CHUNKS)
  public int recordChunk() {
    GatewayResponse answer = host.answer();
    SharedContent shared =
        new SharedContent(
            Objects.requireNonNull(answer.content()),
            null,
            16 << 20,
            Runnable::run,
            (recording, complete) -> {});
    return drained(shared.leader(host));
  }

  /** The yardstick of {@link #recordChunk}: the same without recording. */
  @Benchmark
  @OperationsPerInvocation(Wire.CHUNKS)
  public int passChunk() {
    return AtOnce.drain(host.answer());
  }

  private static int drained(ContentSource source) {
    int bytes = 0;
    while (true) {
      ByteBuffer chunk = source.next().toCompletableFuture().join();
      if (chunk == null) {
        source.close();
        return bytes;
      }
      bytes += chunk.remaining();
    }
  }
}
