// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.Upstream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A blocking client whose host answers at once, always the same. Counts what is sent. */
public final class AtOnce implements Upstream, Attempts {

  private final Headers headers;
  private final byte[][] pieces;
  private long sent;

  public AtOnce(String type, byte[]... pieces) {
    this.headers =
        Headers.ofFlat(
            "Date", "Sun, 01 Nov 2026 00:00:00 GMT",
            "Content-Type", type,
            "x-request-id", "req_bench0001",
            "openai-processing-ms", "312",
            "x-ratelimit-remaining-requests", "9999");
    this.pieces = pieces;
  }

  public long sent() {
    return sent;
  }

  /** Takes in all of an answer, as an adapter does; returns how many bytes there were. */
  public static int drain(GatewayResponse answer) {
    Content content = answer.content();
    if (content == null) {
      throw new IllegalStateException("an answer that is not pulled");
    }
    int bytes = 0;
    while (true) {
      ByteBuffer chunk = content.next().toCompletableFuture().join();
      if (chunk == null) {
        content.close();
        return bytes;
      }
      bytes += chunk.remaining();
    }
  }

  GatewayResponse answer() {
    return GatewayResponse.of(
        200,
        headers,
        "1.1",
        new Content(
            new Pieces(),
            new LiveBody(
                fault -> {
                  throw new IllegalStateException(fault);
                })));
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request) {
    return send(request, new Control(0));
  }

  @Override
  public Attempts attempts() {
    return this;
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request, Control control) {
    sent++;
    return CompletableFuture.completedFuture(answer());
  }

  @Override
  public CompletionStage<Void> pause(long nanos) {
    throw new IllegalStateException("nothing here is worth a pause");
  }

  @Override
  public <T> CompletionStage<T> await(CompletionStage<T> stage) {
    stage.toCompletableFuture().join();
    return stage;
  }

  @Override
  public boolean abandoned() {
    return false;
  }

  @Override
  public long deadlineNanos() {
    return NO_DEADLINE;
  }

  private final class Pieces implements ContentSource {
    private int next;

    @Override
    public CompletionStage<ByteBuffer> next() {
      return CompletableFuture.completedFuture(
          next == pieces.length ? null : ByteBuffer.wrap(pieces[next++]));
    }

    @Override
    public void close() {
      next = pieces.length;
    }
  }
}
