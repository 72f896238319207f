// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.RequestBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.JettyClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** {@code WebClient} through the gateway, over connectors that have no adapter below them. */
class WebClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HttpClient JETTY = new HttpClient();

  static {
    JETTY.setHttpCookieStore(new HttpCookieStore.Empty());
  }

  private final Loopback server = new Loopback();
  private final Loopback other = new Loopback();
  private final TestDoor door = new TestDoor();

  enum Kind {
    REACTOR(ReactorEngine.IT) {
      @Override
      ClientHttpConnector connector() {
        return new ReactorClientHttpConnector(
            reactor.netty.http.client.HttpClient.create()
                .compress(true)
                .followRedirect(true)
                .headers(fields -> fields.add("x-client", "secret")));
      }
    },
    JETTY(JettyEngine.IT) {
      @Override
      ClientHttpConnector connector() {
        return new JettyClientHttpConnector(WebClientTest.JETTY);
      }
    };

    private final Engine engine;

    Kind(Engine engine) {
      this.engine = engine;
    }

    abstract ClientHttpConnector connector();

    /** As the advice has it. */
    @SuppressWarnings("unchecked")
    ClientHttpConnector woven() {
      ClientHttpConnector own = connector();
      return (method, uri, callback) -> {
        Mono<?> ours = SpringAdapter.connect(engine, own, method, uri, callback);
        return ours == null ? own.connect(method, uri, callback) : (Mono<ClientHttpResponse>) ours;
      };
    }

    WebClient client() {
      return WebClient.builder().clientConnector(woven()).build();
    }
  }

  @AfterEach
  void close() {
    assertThat(door.faults).isEmpty();
    door.close();
    server.close();
    other.close();
  }

  @AfterAll
  static void stop() throws Exception {
    JETTY.stop();
  }

  @ParameterizedTest
  @EnumSource
  void aCallGoesThroughTheGatewayAndItsAnswerComesBack(Kind kind) {
    ResponseEntity<String> answer =
        kind.client()
            .post()
            .uri(server.uri("/chat"))
            .header("x-app", "1")
            .cookie("who", "me")
            .bodyValue("hello")
            .retrieve()
            .toEntity(String.class)
            .block(PATIENCE);

    assertThat(answer.getBody()).isEqualTo("answer to hello");
    assertThat(answer.getHeaders().getFirst("Content-Type")).isEqualTo("text/plain");
    assertThat(door.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.method()).isEqualTo("POST");
              assertThat(request.headers().first("x-app")).isEqualTo("1");
              assertThat(request.body().text()).isEqualTo("hello");
            });
    assertThat(server.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.body()).isEqualTo("hello");
              assertThat(request.headers().getFirst("Content-Length")).isEqualTo("5");
              assertThat(request.headers().getFirst("Cookie")).contains("who=me");
            });
    assertThat(door.tapped.toString()).isEqualTo("answer to hello");
    assertThat(door.ending).isCompletedWithValue("end");
    assertThat(door.threads).containsExactly("gateway");
    assertThat(door.sites.get(0).parent()).isSameAs(Thread.currentThread());
  }

  @ParameterizedTest
  @EnumSource
  void theConnectorsCookiesReachTheApp(Kind kind) {
    String crumb =
        kind.client()
            .get()
            .uri(server.uri("/chat"))
            .exchangeToMono(
                response ->
                    response
                        .releaseBody()
                        .thenReturn(response.cookies().getFirst("crumb").getValue()))
            .block(PATIENCE);

    assertThat(crumb).isEqualTo("1");
    assertThat(server.requests.get(0).body()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void nothingHappensBeforeSomeoneSubscribes(Kind kind) {
    Mono<String> call =
        kind.client().get().uri(server.uri("/chat")).retrieve().bodyToMono(String.class);
    assertThat(door.requests).isEmpty();

    call.block(PATIENCE);
    call.block(PATIENCE);

    assertThat(door.requests).hasSize(2);
    assertThat(server.requests).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void everyRetryIsACall(Kind kind) {
    assertThatThrownBy(
            () ->
                kind.client()
                    .post()
                    .uri(server.uri("/broken"))
                    .bodyValue("again")
                    .retrieve()
                    .bodyToMono(String.class)
                    .retry(2)
                    .block(PATIENCE))
        .hasMessageContaining("503");

    assertThat(door.requests).hasSize(3);
    assertThat(server.requests).extracting(Loopback.Request::body).containsOnly("again");
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerOfTheGatewayNeedsNoConnection(Kind kind) {
    door.way = (request, upstream) -> TestDoor.own(429, "{\"error\":1}");

    ResponseEntity<String> answer =
        kind.client()
            .post()
            .uri("http://localhost:1/")
            .bodyValue("x")
            .exchangeToMono(response -> response.toEntity(String.class))
            .block(PATIENCE);

    assertThat(answer.getStatusCode().value()).isEqualTo(429);
    assertThat(answer.getBody()).isEqualTo("{\"error\":1}");
    assertThat(answer.getHeaders().getFirst("x-own")).isEqualTo("yes");
    assertThat(server.requests).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aCallCanBeSentToAnotherHostWithAnotherBody(Kind kind) {
    door.managed(
        (request, attempts) ->
            attempts.send(
                request
                    .withUri(other.uri("/else"))
                    .withHeaders(request.headers().with("x-key", "ours"))
                    .withBody(RequestBody.of("rewritten".getBytes(StandardCharsets.UTF_8))),
                new io.headgate.gateway.Control(TimeUnit.SECONDS.toNanos(20))));

    String answer =
        kind.client()
            .post()
            .uri(server.uri("/chat"))
            .header("Host", "asked.example")
            .cookie("who", "me")
            .bodyValue("hello")
            .retrieve()
            .bodyToMono(String.class)
            .block(PATIENCE);

    assertThat(answer).isEqualTo("answer to rewritten");
    assertThat(server.requests).isEmpty();
    assertThat(other.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.path()).isEqualTo("/else");
              assertThat(request.headers()).containsKey("Accept-encoding");
              assertThat(request.headers().getFirst("Content-Length")).isEqualTo("9");
              assertThat(request.headers().getFirst("x-key")).isEqualTo("ours");
              assertThat(request.headers().getFirst("Host")).startsWith("localhost:");
              assertThat(request.headers()).doesNotContainKeys("Cookie", "X-client");
            });
  }

  @ParameterizedTest
  @EnumSource
  void aRequestIsSentAsOftenAsTheGatewayWants(Kind kind) {
    door.managed(
        (request, attempts) ->
            attempts
                .send(request.withUri(server.uri("/broken")), new io.headgate.gateway.Control(0))
                .thenCompose(
                    failed -> {
                      failed.abandon();
                      return attempts.send(request, new io.headgate.gateway.Control(0));
                    }));

    String answer =
        kind.client()
            .post()
            .uri(server.uri("/chat"))
            .bodyValue("hello")
            .retrieve()
            .bodyToMono(String.class)
            .block(PATIENCE);

    assertThat(answer).isEqualTo("answer to hello");
    assertThat(server.requests).extracting(Loopback.Request::path).contains("/broken", "/chat");
  }

  @ParameterizedTest
  @EnumSource
  void aChangedRequestIsNotLedToAnotherOrigin(Kind kind) {
    door.way =
        (request, upstream) ->
            upstream.send(request.withHeaders(request.headers().with("x-key", "ours")));

    ResponseEntity<String> answer =
        kind.client()
            .get()
            .uri(server.uri("/away?" + other.uri("/trap")))
            .exchangeToMono(response -> response.toEntity(String.class))
            .block(PATIENCE);

    assertThat(answer.getStatusCode().value()).isEqualTo(307);
    assertThat(other.requests).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anUntouchedCallFollowsRedirectsAsTheAppsClientDoes(Kind kind) {
    String answer =
        kind.client()
            .get()
            .uri(server.uri("/moved"))
            .retrieve()
            .bodyToMono(String.class)
            .block(PATIENCE);

    assertThat(answer).isEqualTo("answer to ");
    assertThat(door.requests).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerStreamsAsItComes(Kind kind) {
    List<String> events = new CopyOnWriteArrayList<>();
    Flux<String> stream =
        kind.client()
            .post()
            .uri(server.uri("/halves"))
            .accept(MediaType.TEXT_EVENT_STREAM)
            .bodyValue("x")
            .retrieve()
            .bodyToFlux(String.class)
            .doOnNext(
                event -> {
                  events.add(event);
                  server.half.countDown(); // The server goes on only now.
                });

    stream.blockLast(PATIENCE);

    assertThat(events).containsExactly("one", "two");
    assertThat(door.ending).isCompletedWithValue("end");
  }

  @ParameterizedTest
  @EnumSource
  void cancellingAStreamClosesItsConnection(Kind kind) throws Exception {
    String first =
        kind.client()
            .get()
            .uri(server.uri("/endless"))
            .retrieve()
            .bodyToFlux(String.class)
            .blockFirst(PATIENCE);

    assertThat(first).isEqualTo("on and on");
    server.hungUp.get(30, TimeUnit.SECONDS);
    assertThat(door.ending.get(30, TimeUnit.SECONDS)).isEqualTo("stopped");
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatNobodyReadsIsGivenUpWithItsSubscription(Kind kind) throws Exception {
    // The head is there, and whoever subscribed wants no more, without a look at the body.
    Mono<ClientHttpResponse> head =
        kind.woven()
            .connect(
                org.springframework.http.HttpMethod.GET,
                server.uri("/endless"),
                request -> request.setComplete());
    ClientHttpResponse answer = Flux.from(head).concatWith(Mono.never()).blockFirst(PATIENCE);

    assertThat(answer.getStatusCode().value()).isEqualTo(200);
    server.hungUp.get(30, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void aBodyWhoseEndIsNotInSightFlowsPast(Kind kind) {
    Sinks.Many<String> parts = Sinks.many().unicast().onBackpressureBuffer();
    parts.tryEmitNext("first ");
    door.way =
        (request, upstream) -> {
          assertThat(request.body().opaque()).isTrue();
          assertThat(upstream.attempts()).isNull();
          // Only a body that does not wait to be captured gets here before its end.
          parts.tryEmitNext("second");
          parts.tryEmitComplete();
          return upstream.send(request);
        };

    String answer =
        kind.client()
            .post()
            .uri(server.uri("/chat"))
            .contentType(MediaType.TEXT_PLAIN)
            .body(BodyInserters.fromPublisher(parts.asFlux(), String.class))
            .retrieve()
            .bodyToMono(String.class)
            .block(PATIENCE);

    assertThat(answer).isEqualTo("answer to first second");
  }

  @ParameterizedTest
  @EnumSource
  void aBodyTooLargeToKeepIsSentAsItComes(Kind kind) {
    char[] much = new char[1 << 20];
    Arrays.fill(much, 'x');
    String part = new String(much);

    kind.client()
        .post()
        .uri(server.uri("/chat"))
        .contentType(MediaType.TEXT_PLAIN)
        .body(BodyInserters.fromPublisher(Flux.just(part).repeat(9), String.class))
        .retrieve()
        .toBodilessEntity()
        .block(PATIENCE);

    assertThat(door.requests.get(0).body().opaque()).isTrue();
    assertThat(server.requests.get(0).body()).hasSize(10 << 20);
  }

  @ParameterizedTest
  @EnumSource
  void everyBufferOfTheAppIsReleased(Kind kind) {
    CountedBuffers buffers = new CountedBuffers();
    WebClient client = kind.client();
    List<Publisher<DataBuffer>> bodies =
        List.of(
            Mono.fromSupplier(() -> buffers.of("one")),
            Flux.defer(() -> Flux.just(buffers.of("one"), buffers.of("two"))),
            Flux.defer(() -> Flux.range(0, 10).map(i -> buffers.of("x".repeat(1 << 20)))),
            Flux.defer(
                () ->
                    Flux.concat(
                        Mono.fromSupplier(() -> buffers.of("one")),
                        Mono.error(new IllegalStateException("the app's own")))));

    for (Publisher<DataBuffer> body : bodies) {
      client
          .post()
          .uri(server.uri("/chat"))
          .body(BodyInserters.fromDataBuffers(body))
          .retrieve()
          .toBodilessEntity()
          .onErrorComplete(
              failure -> String.valueOf(failure.getMessage()).contains("the app's own"))
          .block(PATIENCE);
    }
    door.way = (request, upstream) -> TestDoor.own(200, "");
    for (Publisher<DataBuffer> body : bodies.subList(0, 3)) {
      client
          .post()
          .uri(server.uri("/chat"))
          .body(BodyInserters.fromDataBuffers(body))
          .retrieve()
          .toBodilessEntity()
          .block(PATIENCE);
    }

    buffers.awaitNoneLeft();
  }

  @ParameterizedTest
  @EnumSource
  void theSubscribersContextReachesTheBody(Kind kind) {
    String answer =
        kind.client()
            .post()
            .uri(server.uri("/chat"))
            .body(
                BodyInserters.fromPublisher(
                    Mono.deferContextual(context -> Mono.just(context.<String>get("user"))),
                    String.class))
            .retrieve()
            .bodyToMono(String.class)
            .contextWrite(context -> context.put("user", "ann"))
            .block(PATIENCE);

    assertThat(answer).isEqualTo("answer to ann");
  }

  @ParameterizedTest
  @EnumSource
  void whatTheAppFailsToWriteIsItsOwnFailure(Kind kind) {
    IllegalStateException own = new IllegalStateException("cannot be written");

    assertThatThrownBy(
            () ->
                kind.client()
                    .post()
                    .uri(server.uri("/chat"))
                    .body(BodyInserters.fromPublisher(Mono.<String>error(own), String.class))
                    .retrieve()
                    .toBodilessEntity()
                    .block(PATIENCE))
        .hasMessageContaining("cannot be written");

    assertThat(door.requests).isEmpty();
    assertThat(server.requests).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anAppThatWantsTheNativeRequestGetsIt(Kind kind) {
    AtomicReference<Object> seen = new AtomicReference<>();
    door.way =
        (request, upstream) ->
            upstream.send(
                request.withHeaders(
                    request.headers().with("x-key", "ours").without("x-no"::equals)));

    String answer =
        kind.client()
            .post()
            .uri(server.uri("/chat"))
            .header("x-no", "1")
            .httpRequest(request -> seen.set(request.getNativeRequest()))
            .bodyValue("hello")
            .retrieve()
            .bodyToMono(String.class)
            .block(PATIENCE);

    assertThat(answer).isEqualTo("answer to hello");
    assertThat(seen.get().getClass().getName())
        .startsWith(
            kind == Kind.JETTY ? "org.eclipse.jetty.client." : "reactor.netty.http.client.");
    assertThat(door.requests.get(0).body().opaque()).isTrue();
    assertThat(server.requests.get(0).headers().getFirst("x-key")).isEqualTo("ours");
    assertThat(server.requests.get(0).headers()).doesNotContainKey("X-no");
  }

  @ParameterizedTest
  @EnumSource
  void theClientsOwnFailureReachesTheApp(Kind kind) {
    assertThatThrownBy(
            () ->
                kind.client()
                    .get()
                    .uri("http://localhost:1/")
                    .retrieve()
                    .toBodilessEntity()
                    .block(PATIENCE))
        .isInstanceOf(
            org.springframework.web.reactive.function.client.WebClientRequestException.class)
        .hasRootCauseInstanceOf(java.net.ConnectException.class);
  }

  @ParameterizedTest
  @EnumSource
  void theAppsCodeRunsUnderItsOwnContextClassLoader(Kind kind) {
    ClassLoader own = new ClassLoader(getClass().getClassLoader()) {};
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    List<ClassLoader> seen = new CopyOnWriteArrayList<>();
    thread.setContextClassLoader(own);
    try {
      door.way = (request, upstream) -> TestDoor.own(200, "x");
      kind.client()
          .get()
          .uri(server.uri("/chat"))
          .exchangeToMono(
              response -> {
                seen.add(Thread.currentThread().getContextClassLoader());
                return response
                    .bodyToFlux(DataBuffer.class)
                    .doOnNext(
                        buffer -> {
                          seen.add(Thread.currentThread().getContextClassLoader());
                          DataBufferUtils.release(buffer);
                        })
                    .then();
              })
          .block(PATIENCE);
    } finally {
      thread.setContextClassLoader(before);
    }

    assertThat(seen).containsExactly(own, own);
  }
}
