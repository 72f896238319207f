// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import io.headgate.adapter.reactive.ContentPublisher;
import io.headgate.client.AsyncCall;
import io.headgate.client.Outcome;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An answer that flows to a subscriber, or into a stream if the client has one, once. */
final class PublishedAnswer extends Answer {

  private final Outcome<HttpResponse> outcome;
  private final AsyncCall<HttpResponse> call;
  private final boolean streams;
  private final Flux<ByteBuffer> body;
  private @Nullable InputStream stream;
  private @Nullable BinaryData data;

  /**
   * @param streams whether the client gives a body in the form of a stream; it publishes it
   *     otherwise
   */
  PublishedAnswer(
      HttpRequest request,
      Outcome<HttpResponse> outcome,
      AsyncCall<HttpResponse> call,
      boolean streams) {
    super(request, outcome);
    this.streams = streams;
    this.outcome = outcome;
    this.call = call;
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

  private synchronized InputStream stream() {
    InputStream known = stream;
    if (known == null) {
      known = new PulledStream(outcome.content(), this::close);
      stream = known;
    }
    return known;
  }

  @Override
  public void close() {
    outcome.content().close();
    call.abandon();
    call.close();
  }
}
