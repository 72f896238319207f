// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Bodies that are not captured, where the client wants them a second time. */
class OpaqueBodyTest {

  private final Loopback server = new Loopback();
  private final TestDoor door = new TestDoor();

  @AfterEach
  void close() {
    assertThat(door.faults).isEmpty();
    door.close();
    server.close();
  }

  @Test
  void theAppWritesItsBodyAgainWhereItIsRedirected() {
    sendLarge();

    assertThat(door.requests).singleElement().matches(request -> request.body().opaque());
    assertThat(server.requests)
        .extracting(Loopback.Request::path)
        .containsExactly("/moved", "/elsewhere");
    assertThat(server.requests).allSatisfy(request -> assertThat(request.body()).hasSize(10 << 20));
  }

  @Test
  void whatWasChangedIsChangedInEachOfThem() {
    door.way =
        (request, upstream) ->
            upstream.send(
                request.withHeaders(
                    request.headers().with("x-key", "ours").without("x-no"::equals)));

    sendLarge();

    assertThat(server.requests)
        .hasSize(2)
        .allSatisfy(
            request -> {
              assertThat(request.body()).hasSize(10 << 20);
              assertThat(request.headers().get("X-key")).containsExactly("ours");
              assertThat(request.headers()).doesNotContainKey("X-no");
            });
  }

  @SuppressWarnings("unchecked")
  private void sendLarge() {
    ClientHttpConnector own =
        new ReactorClientHttpConnector(HttpClient.create().followRedirect(true));
    String part = "x".repeat(1 << 20);
    String answer =
        WebClient.builder()
            .clientConnector(
                (method, uri, callback) ->
                    (Mono<ClientHttpResponse>)
                        SpringAdapter.connect(ReactorEngine.IT, own, method, uri, callback))
            .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(-1))
            .build()
            .post()
            .uri(server.uri("/moved"))
            .header("x-no", "1")
            .contentType(MediaType.TEXT_PLAIN)
            .body(BodyInserters.fromPublisher(Flux.just(part).repeat(9), String.class))
            .retrieve()
            .bodyToMono(String.class)
            .block(Duration.ofSeconds(30));
    assertThat(answer).hasSize("answer to ".length() + (10 << 20));
  }
}
