// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.CoreUtils;
import com.azure.core.util.FluxUtil;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What the app gets, to the request as it made it. */
abstract class Answer extends HttpResponse {

  private final int status;
  private final HttpHeaders headers;

  Answer(HttpRequest request, Outcome<HttpResponse> outcome) {
    super(request);
    this.status = outcome.answer().status();
    Received<HttpResponse> received = outcome.received();
    this.headers =
        received != null && outcome.sameHead()
            ? received.own().getHeaders()
            : Asked.headers(outcome.answer().headers());
  }

  @Override
  public final int getStatusCode() {
    return status;
  }

  @Override
  @Deprecated
  public final @Nullable String getHeaderValue(String name) {
    return headers.getValue(HttpHeaderName.fromString(name));
  }

  @Override
  public final @Nullable String getHeaderValue(HttpHeaderName name) {
    return headers.getValue(name);
  }

  @Override
  public final HttpHeaders getHeaders() {
    return headers;
  }

  /** Empty if there are no bytes, as from the clients. */
  @Override
  public Mono<byte[]> getBodyAsByteArray() {
    return FluxUtil.collectBytesInByteBufferStream(getBody()).filter(bytes -> bytes.length > 0);
  }

  @Override
  public final Mono<String> getBodyAsString() {
    return getBodyAsByteArray()
        .map(
            bytes ->
                CoreUtils.bomAwareToString(bytes, headers.getValue(HttpHeaderName.CONTENT_TYPE)));
  }

  @Override
  public final Mono<String> getBodyAsString(Charset charset) {
    return getBodyAsByteArray().map(bytes -> new String(bytes, charset));
  }
}
