// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.adapter.reactive.ContentPublisher;
import io.headgate.client.AsyncCall;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;

/** The answer as {@code WebClient} gets it: the connector's own in all that was not changed. */
final class ReactiveAnswer implements ClientHttpResponse {

  private final Outcome<ClientHttpResponse> outcome;
  private final AsyncCall<ClientHttpResponse> call;
  private final @Nullable ClientHttpResponse own;
  private final HttpHeaders headers;
  private final Flux<DataBuffer> body;
  private final AtomicBoolean wanted = new AtomicBoolean();

  ReactiveAnswer(
      Outcome<ClientHttpResponse> outcome, AsyncCall<ClientHttpResponse> call, AppThread app) {
    this.outcome = outcome;
    this.call = call;
    Received<ClientHttpResponse> received = outcome.received();
    this.own = received == null ? null : received.own();
    this.headers =
        own != null && outcome.sameHead()
            ? own.getHeaders()
            : Fields.answer(outcome.answer().headers());
    ContentPublisher<DataBuffer> chunks =
        new ContentPublisher<>(
            outcome.content(),
            DefaultDataBufferFactory.sharedInstance::wrap,
            () -> {
              call.abandon();
              call.close();
            },
            failure -> call.close());
    this.body = Flux.from(app.signals(chunks)).doOnSubscribe(subscription -> wanted.set(true));
  }

  /** The app has no use for it, unless somebody reads its body. */
  void release() {
    if (wanted.compareAndSet(false, true)) {
      outcome.content().close();
      call.abandon();
      call.close();
    }
  }

  @Override
  public String getId() {
    return own == null ? ClientHttpResponse.super.getId() : own.getId();
  }

  @Override
  public HttpStatusCode getStatusCode() {
    return own != null && outcome.sameHead()
        ? own.getStatusCode()
        : HttpStatusCode.valueOf(outcome.answer().status());
  }

  @Override
  public HttpHeaders getHeaders() {
    return headers;
  }

  @Override
  public MultiValueMap<String, ResponseCookie> getCookies() {
    return own == null ? new LinkedMultiValueMap<>() : own.getCookies();
  }

  @Override
  public Flux<DataBuffer> getBody() {
    return body;
  }

  @Override
  public String toString() {
    return own == null ? "ClientHttpResponse{status=" + getStatusCode() + "}" : own.toString();
  }
}
