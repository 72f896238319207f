// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.cookie.DefaultCookie;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ReactorNettyClientRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** What an app has set its Reactor Netty client to do, in requests that say something else. */
class ReactorEngineTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Loopback server = new Loopback();
  private final Loopback other = new Loopback();
  private final TestDoor door = new TestDoor();

  @AfterEach
  void close() {
    assertThat(door.faults).isEmpty();
    door.close();
    server.close();
    other.close();
  }

  @Test
  void whatTheAppsClientAddsWhileItSendsStaysAtItsOwnHost() {
    sendTo(other.uri("/else"));

    assertThat(reactive(addsWhileItSends())).isEqualTo("answer to hello");
    assertThat(blocking(addsWhileItSends())).isEqualTo("answer to hello");

    assertThat(other.requests)
        .hasSize(2)
        .allSatisfy(
            request -> {
              assertThat(request.headers())
                  .doesNotContainKeys("Authorization", "X-assembled", "X-deferred", "X-late");
              assertThat(request.headers().getFirst("Host"))
                  .isEqualTo(other.uri("/").getAuthority());
              assertThat(request.headers().getFirst("X-app")).isEqualTo("1");
              assertThat(request.headers().getFirst("User-agent")).isEqualTo("the app");
            });
  }

  @Test
  void aCookieOfTheAppsClientStaysAtItsOwnHost() {
    sendTo(other.uri("/else"));
    assertThat(reactive(addsACookie())).isEqualTo("answer to hello");
    sendTo(server.uri("/else"));
    assertThat(reactive(addsACookie())).isEqualTo("answer to hello");

    assertThat(other.requests.get(0).headers()).doesNotContainKey("Cookie");
    assertThat(server.requests.get(0).headers()).containsKey("Cookie");
  }

  @Test
  void whatTheAppsClientAddsReachesItsOwnHostInAChangedRequest() {
    sendTo(server.uri("/else"));

    assertThat(reactive(addsWhileItSends())).isEqualTo("answer to hello");
    assertThat(blocking(addsWhileItSends())).isEqualTo("answer to hello");

    assertThat(server.requests)
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(request.headers())
                    .containsKeys("Authorization", "X-assembled", "X-deferred", "X-late"));
  }

  private static HttpClient addsACookie() {
    return HttpClient.create()
        .cookiesWhen("crumb", cookie -> Mono.just(new DefaultCookie("crumb", "secret")));
  }

  private static HttpClient addsWhileItSends() {
    return HttpClient.create()
        .headers(fields -> fields.set("x-assembled", "secret").set("User-Agent", "the app"))
        .headersWhen(
            fields ->
                Mono.just(fields.copy().set("x-deferred", "secret").set("Host", "asked.example")))
        .doOnRequest(
            (request, connection) ->
                request
                    .requestHeaders()
                    .set("Authorization", "Bearer secret")
                    .set("x-late", "secret"));
  }

  @Test
  void whatTheAppAddsToARedirectedRequestIsAddedToAChangedOne() {
    sendTo(server.uri("/moved"));

    reactive(
        HttpClient.create()
            .followRedirect(
                (request, response) -> response.status().code() == 307,
                request -> request.requestHeaders().set("x-led", "1")));
    reactive(
        HttpClient.create()
            .followRedirect(
                (request, response) -> response.status().code() == 307,
                (before, request) ->
                    request.requestHeaders().set("x-led", before.get("x-app", "none"))));

    assertThat(server.requests)
        .filteredOn(request -> request.path().equals("/elsewhere"))
        .extracting(request -> request.headers().getFirst("X-led"))
        .containsExactly("1", "1");
  }

  @Test
  void whatTheAppAddsToARedirectedRequestStaysAtItsOwnHost() {
    sendTo(other.uri("/moved"));

    reactive(
        HttpClient.create()
            .followRedirect(
                (request, response) -> response.status().code() == 307,
                request -> request.requestHeaders().set("Authorization", "Bearer secret")));

    assertThat(other.requests).extracting(Loopback.Request::path).contains("/elsewhere");
    assertThat(other.requests)
        .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Authorization"));
  }

  private void sendTo(URI uri) {
    door.way = (request, upstream) -> upstream.send(request.withUri(uri));
  }

  @SuppressWarnings("unchecked")
  private String reactive(HttpClient client) {
    ClientHttpConnector own = new ReactorClientHttpConnector(client);
    return WebClient.builder()
        .clientConnector(
            (method, uri, callback) ->
                (Mono<ClientHttpResponse>)
                    SpringAdapter.connect(ReactorEngine.IT, own, method, uri, callback))
        .build()
        .post()
        .uri(server.uri("/chat"))
        .header("x-app", "1")
        .bodyValue("hello")
        .retrieve()
        .bodyToMono(String.class)
        .block(PATIENCE);
  }

  private String blocking(HttpClient client) {
    ReactorNettyClientRequestFactory own = new ReactorNettyClientRequestFactory(client);
    return RestClient.builder()
        .requestFactory(
            (uri, method) ->
                (ClientHttpRequest)
                    SpringAdapter.created(
                        ReactorEngine.IT, own, uri, own.createRequest(uri, method)))
        .build()
        .post()
        .uri(server.uri("/chat"))
        .header("x-app", "1")
        .body("hello")
        .retrieve()
        .body(String.class);
  }
}
