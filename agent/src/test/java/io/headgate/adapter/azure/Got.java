// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An answer that is there as a whole, as clients of azure-core have one. */
final class Got extends HttpResponse {

  private final int status;
  private final byte[] bytes;
  volatile boolean closed;

  Got(HttpRequest request, int status, byte[] bytes) {
    super(request);
    this.status = status;
    this.bytes = bytes;
  }

  @Override
  public int getStatusCode() {
    return status;
  }

  @Override
  @Deprecated
  public String getHeaderValue(String name) {
    return null;
  }

  @Override
  public String getHeaderValue(HttpHeaderName name) {
    return null;
  }

  @Override
  public HttpHeaders getHeaders() {
    return new HttpHeaders();
  }

  @Override
  public Flux<ByteBuffer> getBody() {
    return Flux.just(ByteBuffer.wrap(bytes));
  }

  @Override
  public BinaryData getBodyAsBinaryData() {
    return BinaryData.fromBytes(bytes);
  }

  @Override
  public Mono<byte[]> getBodyAsByteArray() {
    return Mono.just(bytes);
  }

  @Override
  public Mono<String> getBodyAsString() {
    return getBodyAsString(StandardCharsets.UTF_8);
  }

  @Override
  public Mono<String> getBodyAsString(Charset charset) {
    return Mono.just(new String(bytes, charset));
  }

  @Override
  public void close() {
    closed = true;
  }
}
