// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Caller;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.Upstream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** An upstream of straw that can be asked more than once, and whose answers are pulled. */
final class PulledUpstream implements Upstream, Attempts {

  /** The answers given so far, in order. */
  final List<Chunks> given = new ArrayList<>();

  private final TelemetryHarness harness;
  private final ArrayDeque<Supplier<CompletionStage<GatewayResponse>>> answers = new ArrayDeque<>();

  PulledUpstream(TelemetryHarness harness) {
    this.harness = harness;
  }

  /** The next answer comes after a second. */
  PulledUpstream answering(int status, String... chunks) {
    answers.add(
        () -> {
          harness.pass(1000);
          Chunks source = new Chunks(chunks);
          given.add(source);
          Content content = new Content(source, new LiveBody(harness.faults::add));
          return CompletableFuture.completedFuture(
              GatewayResponse.of(status, Headers.EMPTY, "1.1", content));
        });
    return this;
  }

  /** Instead of the next answer there is this failure. */
  PulledUpstream failing(Throwable failure) {
    answers.add(() -> CompletableFuture.failedFuture(failure));
    return this;
  }

  /** Reads an answer to its end. */
  static void drain(GatewayResponse response) {
    while (response.content().next().toCompletableFuture().join() != null) {
      // What it says is told by the meter of straw.
    }
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request) {
    throw new AssertionError("only attempts are to be made");
  }

  @Override
  public Attempts attempts() {
    return this;
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request, Control control) {
    return answers.remove().get();
  }

  @Override
  public <T> CompletionStage<T> await(CompletionStage<T> stage) {
    return stage;
  }

  @Override
  public CompletionStage<Void> pause(long nanos) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public boolean abandoned() {
    return false;
  }

  @Override
  public long deadlineNanos() {
    return Caller.NO_DEADLINE;
  }

  /** The body of one answer. */
  static final class Chunks implements ContentSource {
    int closed;
    private final ArrayDeque<ByteBuffer> left = new ArrayDeque<>();

    Chunks(String... chunks) {
      for (String chunk : chunks) {
        left.add(ByteBuffer.wrap(chunk.getBytes()));
      }
    }

    @Override
    public CompletionStage<ByteBuffer> next() {
      return CompletableFuture.completedFuture(left.poll());
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
