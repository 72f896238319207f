// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.Control;
import io.headgate.gateway.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.http.client.ReactorNettyClientRequestFactory;
import org.springframework.util.StreamUtils;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** {@code RestClient} and {@code RestTemplate} through the gateway. */
class RestClientTest {

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
      ClientHttpRequestFactory factory() {
        return new ReactorNettyClientRequestFactory(
            reactor.netty.http.client.HttpClient.create()
                .compress(true)
                .followRedirect(true)
                .headers(fields -> fields.add("x-client", "secret")));
      }
    },
    JETTY(JettyEngine.IT) {
      @Override
      ClientHttpRequestFactory factory() {
        return new JettyClientHttpRequestFactory(RestClientTest.JETTY);
      }
    };

    private final Engine engine;

    Kind(Engine engine) {
      this.engine = engine;
    }

    abstract ClientHttpRequestFactory factory();

    /** As the advice has it. */
    ClientHttpRequestFactory woven() {
      ClientHttpRequestFactory own = factory();
      return (uri, method) ->
          (ClientHttpRequest)
              SpringAdapter.created(engine, own, uri, own.createRequest(uri, method));
    }

    RestClient client() {
      return RestClient.builder().requestFactory(woven()).build();
    }
  }

  @AfterEach
  void close() {
    assertThat(door.faults).isEmpty();
    assertThat(Thread.interrupted()).isFalse();
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
            .body("hello")
            .retrieve()
            .toEntity(String.class);

    assertThat(answer.getBody()).isEqualTo("answer to hello");
    assertThat(answer.getHeaders().getFirst("Content-Type")).isEqualTo("text/plain");
    assertThat(door.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.headers().first("x-app")).isEqualTo("1");
              assertThat(request.body().text()).isEqualTo("hello");
            });
    assertThat(server.requests).extracting(Loopback.Request::body).containsExactly("hello");
    assertThat(door.tapped.toString()).isEqualTo("answer to hello");
    assertThat(door.ending).isCompletedWithValue("end");
    assertThat(door.threads).containsExactly(Thread.currentThread().getName());
  }

  @ParameterizedTest
  @EnumSource
  void aRestTemplateIsNoOther(Kind kind) {
    String answer =
        new RestTemplate(kind.woven()).postForObject(server.uri("/chat"), "hello", String.class);

    assertThat(answer).isEqualTo("answer to hello");
    assertThat(door.requests).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerOfTheGatewayNeedsNoConnection(Kind kind) {
    door.way = (request, upstream) -> TestDoor.own(429, "{\"error\":1}");

    ResponseEntity<String> answer =
        kind.client()
            .post()
            .uri("http://localhost:1/")
            .body("x")
            .retrieve()
            .onStatus(status -> true, (request, response) -> {})
            .toEntity(String.class);

    assertThat(answer.getStatusCode().value()).isEqualTo(429);
    assertThat(answer.getBody()).isEqualTo("{\"error\":1}");
    assertThat(answer.getHeaders().getFirst("x-own")).isEqualTo("yes");
  }

  @ParameterizedTest
  @EnumSource
  void aCallCanBeSentToAnotherHostWithAnotherBody(Kind kind) {
    door.way =
        (request, upstream) ->
            upstream
                .attempts()
                .send(
                    request
                        .withUri(other.uri("/else"))
                        .withHeaders(request.headers().with("x-key", "ours"))
                        .withBody(RequestBody.of("rewritten".getBytes(StandardCharsets.UTF_8))),
                    new Control(TimeUnit.SECONDS.toNanos(20)));

    String answer =
        kind.client()
            .post()
            .uri(server.uri("/chat"))
            .header("Host", "asked.example")
            .body("hello")
            .retrieve()
            .body(String.class);

    assertThat(answer).isEqualTo("answer to rewritten");
    assertThat(server.requests).isEmpty();
    assertThat(other.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.path()).isEqualTo("/else");
              assertThat(request.headers()).containsKey("Accept-encoding");
              assertThat(request.headers().getFirst("x-key")).isEqualTo("ours");
              assertThat(request.headers().getFirst("Host")).startsWith("localhost:");
              assertThat(request.headers()).doesNotContainKey("X-client");
            });
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
            .retrieve()
            .toEntity(String.class);

    assertThat(answer.getStatusCode().value()).isEqualTo(307);
    assertThat(other.requests).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anUntouchedCallFollowsRedirectsAsTheAppsClientDoes(Kind kind) {
    assertThat(kind.client().get().uri(server.uri("/moved")).retrieve().body(String.class))
        .isEqualTo("answer to ");
  }

  @ParameterizedTest
  @EnumSource
  void aRequestIsSentAsOftenAsTheGatewayWants(Kind kind) {
    door.way =
        (request, upstream) ->
            upstream
                .attempts()
                .send(request, new Control(0))
                .thenCompose(
                    first -> {
                      first.abandon();
                      return upstream.attempts().send(request, new Control(0));
                    });

    String answer =
        kind.client().post().uri(server.uri("/chat")).body("hello").retrieve().body(String.class);

    assertThat(answer).isEqualTo("answer to hello");
    assertThat(server.requests).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatIsTooLargeIsSentAsTheAppWritesIt(Kind kind) {
    byte[] large = new byte[9 << 20];
    door.way =
        (request, upstream) -> {
          assertThat(request.body().opaque()).isTrue();
          return upstream.send(request);
        };

    String answer =
        kind.client().post().uri(server.uri("/chat")).body(large).retrieve().body(String.class);

    assertThat(answer).hasSize("answer to ".length() + large.length);
  }

  @ParameterizedTest
  @EnumSource
  void aLargeBodyOfUntoldLengthIsSentWhole(Kind kind) throws Exception {
    ClientHttpRequest request = kind.woven().createRequest(server.uri("/chat"), HttpMethod.POST);
    byte[] part = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    AtomicInteger writings = new AtomicInteger();
    ((StreamingHttpOutputMessage) request)
        .setBody(
            out -> {
              writings.incrementAndGet();
              for (int i = 0; i < 9; i++) {
                out.write(part);
              }
            });

    try (var answer = request.execute()) {
      assertThat(answer.getBody().readAllBytes()).hasSize("answer to ".length() + (9 << 20));
    }

    assertThat(writings).hasValue(1);
    assertThat(door.requests.get(0).body().opaque()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aLargeBodyThatTheAppCanWriteAgainIsNotReadIn(Kind kind) throws Exception {
    ClientHttpRequest request = kind.woven().createRequest(server.uri("/chat"), HttpMethod.POST);
    byte[] part = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    AtomicInteger parts = new AtomicInteger();
    ((StreamingHttpOutputMessage) request)
        .setBody(
            new StreamingHttpOutputMessage.Body() {
              @Override
              public void writeTo(OutputStream out) throws IOException {
                for (int i = 0; i < 12; i++) {
                  out.write(part);
                  parts.incrementAndGet();
                }
              }

              @Override
              public boolean repeatable() {
                return true;
              }
            });

    try (var answer = request.execute()) {
      assertThat(answer.getBody().readAllBytes()).hasSize("answer to ".length() + (12 << 20));
    }

    assertThat(parts).hasValue(8 + 12);
  }

  @ParameterizedTest
  @EnumSource
  void anAttemptIsBrokenOffWhileItsHeadIsWaitedFor(Kind kind) {
    Control control = new Control(0);
    door.way =
        (request, upstream) -> {
          CompletableFuture<Void> asked =
              CompletableFuture.runAsync(
                  () -> {
                    while (server.requests.isEmpty()) {
                      Thread.onSpinWait();
                    }
                    control.abort(new IOException("late"));
                  });
          return upstream
              .attempts()
              .send(request, control)
              .handle(
                  (answer, failure) -> {
                    asked.join();
                    assertThat(failure).isNotNull();
                    return TestDoor.own(504, "late").toCompletableFuture().join();
                  });
        };

    assertThatThrownBy(
            () -> kind.client().get().uri(server.uri("/silent")).retrieve().body(String.class))
        .hasMessageContaining("504");
  }

  @ParameterizedTest
  @EnumSource
  void whatTheAppFailsToWriteIsItsOwnFailure(Kind kind) throws Exception {
    ClientHttpRequest request = kind.woven().createRequest(server.uri("/chat"), HttpMethod.POST);
    ((StreamingHttpOutputMessage) request)
        .setBody(
            out -> {
              throw new IOException("cannot be written");
            });

    assertThatThrownBy(request::execute)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be written");
    assertThat(door.requests).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theClientsOwnFailureReachesTheApp(Kind kind) {
    assertThatThrownBy(
            () -> kind.client().get().uri("http://localhost:1/").retrieve().toBodilessEntity())
        .isInstanceOf(ResourceAccessException.class)
        .hasRootCauseInstanceOf(java.net.ConnectException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aStreamIsWrittenByTheOldWay(Kind kind) throws Exception {
    ClientHttpRequest request = kind.woven().createRequest(server.uri("/chat"), HttpMethod.POST);
    request.getHeaders().add(HttpHeaders.CONTENT_TYPE, "text/plain");
    StreamUtils.copy("old", StandardCharsets.UTF_8, request.getBody());

    try (var answer = request.execute()) {
      InputStream body = answer.getBody();
      assertThat(answer.getStatusText()).isEqualTo("OK");
      assertThat(StreamUtils.copyToString(body, StandardCharsets.UTF_8)).isEqualTo("answer to old");
    }
    assertThat(door.requests.get(0).body().text()).isEqualTo("old");
  }

  @ParameterizedTest
  @EnumSource(names = "JETTY") // Spring 6.1 over Reactor Netty waits for the end of a body.
  void closingAStreamClosesItsConnection(Kind kind) throws Exception {
    ClientHttpRequest request = kind.woven().createRequest(server.uri("/endless"), HttpMethod.GET);

    try (var answer = request.execute()) {
      assertThat(new String(answer.getBody().readNBytes(4), StandardCharsets.UTF_8))
          .isEqualTo("data");
    }

    server.hungUp.get(30, TimeUnit.SECONDS);
    assertThat(door.ending.get(30, TimeUnit.SECONDS)).isEqualTo("stopped");
  }
}
