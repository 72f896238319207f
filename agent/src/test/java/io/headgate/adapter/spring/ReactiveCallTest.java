// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** A call that the gateway cannot begin with, and which therefore passes it by. */
class ReactiveCallTest {

  private final TestDoor door = new TestDoor();
  private final AtomicBoolean ended = new AtomicBoolean();

  @BeforeEach
  void refuse() {
    door.refusal = new RejectedExecutionException("no thread");
  }

  @AfterEach
  void close() {
    assertThat(door.faults).containsExactly(door.refusal);
    door.close();
  }

  @Test
  void itsAnswerReachesTheApp() {
    Answer own = new Answer();

    assertThat(call((method, uri, callback) -> Mono.just(own)).block()).isSameAs(own);
  }

  @Test
  void itEndsWithItsSubscription() {
    Disposable app =
        call((method, uri, callback) ->
                Mono.<ClientHttpResponse>never().doOnCancel(() -> ended.set(true)))
            .subscribe();
    assertThat(ended).isFalse();

    app.dispose();

    assertThat(ended).isTrue();
  }

  @Test
  void anAnswerThatComesTooLateIsGivenUp() {
    Late late = new Late();
    call((method, uri, callback) -> late).subscribe().dispose();
    assertThat(ended).isFalse();

    late.answer(new Answer());

    assertThat(ended).isTrue();
  }

  /** Answers although nobody waits any more, as it may where two threads meet. */
  private static final class Late extends Mono<ClientHttpResponse> {
    private CoreSubscriber<? super ClientHttpResponse> waiting;

    @Override
    public void subscribe(CoreSubscriber<? super ClientHttpResponse> actual) {
      waiting = actual;
      actual.onSubscribe(Operators.emptySubscription());
    }

    void answer(ClientHttpResponse answer) {
      waiting.onNext(answer);
      waiting.onComplete();
    }
  }

  private static Mono<ClientHttpResponse> call(ClientHttpConnector connector) {
    return ReactiveCall.of(
        JettyEngine.IT,
        connector,
        HttpMethod.GET,
        URI.create("http://localhost/"),
        request -> request.setComplete());
  }

  private final class Answer implements ClientHttpResponse {

    @Override
    public HttpStatusCode getStatusCode() {
      return HttpStatus.OK;
    }

    @Override
    public HttpHeaders getHeaders() {
      return new HttpHeaders();
    }

    @Override
    public MultiValueMap<String, ResponseCookie> getCookies() {
      return new LinkedMultiValueMap<>();
    }

    @Override
    public Flux<DataBuffer> getBody() {
      return Flux.<DataBuffer>never().doOnCancel(() -> ended.set(true));
    }
  }
}
