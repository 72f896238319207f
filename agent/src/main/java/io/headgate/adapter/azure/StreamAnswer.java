// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import io.headgate.adapter.reactive.ContentPublisher;
import io.headgate.client.BlockingCall;
import io.headgate.client.ContentStream;
import io.headgate.client.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The answer to an app that blocks: a stream, or a flow if the app wants that, once. */
final class StreamAnswer extends Answer {

  private static final int CHUNK = 8192;

  private final Outcome<HttpResponse> outcome;
  private final BlockingCall<HttpResponse> call;
  private final boolean streams;
  private final Flux<ByteBuffer> body;
  private @Nullable InputStream stream;
  private @Nullable BinaryData data;

  /**
   * @param streams whether the client gives a body in the form of a stream; it publishes it
   *     otherwise
   */
  StreamAnswer(
      HttpRequest request,
      Outcome<HttpResponse> outcome,
      BlockingCall<HttpResponse> call,
      boolean streams) {
    super(request, outcome);
    this.outcome = outcome;
    this.call = call;
    this.streams = streams;
    this.body =
        Flux.from(
            new ContentPublisher<>(
                outcome.content(), chunk -> chunk, call::abandon, failure -> call.close()));
  }

  @Override
  public Flux<ByteBuffer> getBody() {
    return body;
  }

  @Override
  public synchronized BinaryData getBodyAsBinaryData() {
    if (!streams) {
      return super.getBodyAsBinaryData();
    }
    if (data == null) {
      data = BinaryData.fromStream(stream());
    }
    return data;
  }

  @Override
  public Mono<InputStream> getBodyAsInputStream() {
    return streams ? Mono.fromSupplier(this::stream) : super.getBodyAsInputStream();
  }

  @Override
  public void writeBodyTo(WritableByteChannel channel) throws IOException {
    try (InputStream all = stream()) {
      byte[] bytes = new byte[CHUNK];
      for (int count = all.read(bytes); count >= 0; count = all.read(bytes)) {
        ByteBuffer chunk = ByteBuffer.wrap(bytes, 0, count);
        while (chunk.hasRemaining()) {
          channel.write(chunk);
        }
      }
    }
  }

  /**
   * The whole of it.
   *
   * @throws UncheckedIOException if it cannot be read to its end
   */
  byte[] whole() {
    try (InputStream all = stream()) {
      return all.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized InputStream stream() {
    InputStream known = stream;
    if (known == null) {
      known = new ContentStream(call, outcome.content(), length());
      stream = known;
    }
    return known;
  }

  /** In bytes, or -1. */
  private long length() {
    String length =
        outcome.sameBody() ? getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH) : null;
    try {
      return length == null ? -1 : Long.parseLong(length.trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public void close() {
    outcome.content().close();
    call.abandon();
    call.close();
  }
}
