// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import io.headgate.client.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An answer in memory, which can be read any number of times and need not be closed. */
final class WholeAnswer extends Answer {

  private final byte[] bytes;

  WholeAnswer(HttpRequest request, Outcome<HttpResponse> outcome, byte[] bytes) {
    super(request, outcome);
    this.bytes = bytes;
  }

  @Override
  public Flux<ByteBuffer> getBody() {
    return Flux.defer(() -> Flux.just(ByteBuffer.wrap(bytes)));
  }

  @Override
  public BinaryData getBodyAsBinaryData() {
    return BinaryData.fromBytes(bytes);
  }

  @Override
  public Mono<byte[]> getBodyAsByteArray() {
    return bytes.length == 0 ? Mono.empty() : Mono.just(bytes);
  }

  @Override
  public Mono<InputStream> getBodyAsInputStream() {
    return Mono.fromSupplier(() -> new ByteArrayInputStream(bytes));
  }

  @Override
  public void writeBodyTo(WritableByteChannel channel) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(bytes);
    while (all.hasRemaining()) {
      channel.write(all);
    }
  }

  @Override
  public HttpResponse buffer() {
    return this;
  }
}
