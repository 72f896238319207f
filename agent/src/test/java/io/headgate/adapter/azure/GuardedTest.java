// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.util.Context;
import io.headgate.gateway.GatewayRequest;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** What becomes of a changed request in clients that follow redirects or have secrets. */
class GuardedTest extends AzureFixture {

  private static final String APPS = "Bearer apps";

  /** Each follows redirects. */
  static Stream<Arguments> followers() {
    return both(
        new NettyAsyncHttpClientBuilder(
                reactor.netty.http.client.HttpClient.create().followRedirect(true))
            .build(),
        okHttp(new OkHttpClient()),
        jdk(
            java.net.http.HttpClient.newBuilder()
                .followRedirects(java.net.http.HttpClient.Redirect.NORMAL)));
  }

  /** Each adds something of the app's to any request, or has it for whoever asks. */
  static Stream<Arguments> confidants() {
    CookieManager cookies = new CookieManager();
    HttpCookie cookie = new HttpCookie("session", "apps");
    cookie.setPath("/");
    cookies.getCookieStore().add(URI.create("http://127.0.0.1/"), cookie);
    return both(
        new NettyAsyncHttpClientBuilder(
                reactor.netty.http.client.HttpClient.create()
                    .headers(fields -> fields.set("Authorization", APPS))
                    .doOnRequest(
                        (request, connection) -> request.requestHeaders().set("X-App", "1")))
            .build(),
        okHttp(
            new OkHttpClient.Builder()
                .addInterceptor(
                    chain ->
                        chain.proceed(
                            chain.request().newBuilder().header("Authorization", APPS).build()))
                .addNetworkInterceptor(
                    chain ->
                        chain.proceed(chain.request().newBuilder().header("X-App", "1").build()))
                .authenticator(
                    (route, response) ->
                        response.request().header("X-App") != null
                            ? null
                            : response
                                .request()
                                .newBuilder()
                                .header("Authorization", APPS)
                                .header("X-App", "1")
                                .build())
                .build()),
        jdk(
            java.net.http.HttpClient.newBuilder()
                .cookieHandler(cookies)
                .authenticator(
                    new Authenticator() {
                      @Override
                      protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication("app", "secret".toCharArray());
                      }
                    })));
  }

  private static HttpClient okHttp(OkHttpClient client) {
    return new OkHttpLikeClient(client, Duration.ofSeconds(20));
  }

  private static HttpClient jdk(java.net.http.HttpClient.Builder builder) {
    return new JdkLikeClient(
        builder.version(java.net.http.HttpClient.Version.HTTP_1_1).build(),
        Set.of("host"),
        null,
        Duration.ofSeconds(20),
        Duration.ofSeconds(30));
  }

  private static Stream<Arguments> both(HttpClient... clients) {
    return Stream.of(clients)
        .flatMap(
            client ->
                Stream.of(false, true)
                    .map(
                        sync ->
                            Arguments.of(
                                Named.of(client.getClass().getSimpleName(), client),
                                Named.of(sync ? "sync" : "async", sync))));
  }

  private static StandIn leadingTo(StandIn next) throws IOException {
    return new StandIn(
        (exchange, seen) -> {
          exchange.getResponseHeaders().set("Location", next.url("/there"));
          exchange.sendResponseHeaders(302, -1);
        });
  }

  /** With a key of ours in place of the app's. */
  private static GatewayRequest keyed(GatewayRequest request) {
    return request.withHeaders(
        request.headers().without(name -> name.equals("api-key")).with("api-key", "ours"));
  }

  private static void assertKnowsNothing(StandIn host) {
    assertThat(host.seen)
        .allSatisfy(
            seen ->
                assertThat(seen.headers())
                    .doesNotContainKeys("Api-key", "Authorization", "X-app", "Cookie"));
  }

  @ParameterizedTest
  @MethodSource("followers")
  void aRedirectTakesNoKeyOfAChangedRequestToAnotherHost(HttpClient client, boolean sync)
      throws Exception {
    try (StandIn third = StandIn.saying(200, "third");
        StandIn host = leadingTo(third)) {
      door.doing = (request, upstream) -> upstream.send(keyed(request));
      HttpResponse response = call(client, sync, post(host.url("/"), "{}"));
      assertThat(response.getStatusCode()).isEqualTo(third.seen.isEmpty() ? 302 : 200);
      response.close();
      assertThat(host.seen).hasSize(1);
      assertThat(host.seen.get(0).headers().getFirst("api-key")).isEqualTo("ours");
      assertKnowsNothing(third);
      assertThat(door.faults).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("followers")
  void aRedirectTakesNoKeyFromAnotherHostToAThird(HttpClient client, boolean sync)
      throws Exception {
    try (StandIn third = StandIn.saying(200, "third");
        StandIn other = leadingTo(third);
        StandIn host = StandIn.saying(200, "host")) {
      door.doing =
          (request, upstream) ->
              upstream.send(keyed(request).withUri(URI.create(other.url("/else"))));
      call(client, sync, post(host.url("/"), "{}")).close();
      assertThat(host.seen).isEmpty();
      assertThat(other.seen).hasSize(1);
      assertThat(other.seen.get(0).headers().getFirst("api-key")).isEqualTo("ours");
      assertKnowsNothing(third);
    }
  }

  @ParameterizedTest
  @MethodSource("followers")
  void aRedirectOfARequestThatNobodyChangedIsTheClients(HttpClient client, boolean sync)
      throws Exception {
    try (StandIn third = StandIn.saying(200, "third");
        StandIn host = leadingTo(third)) {
      HttpResponse response = call(client, sync, post(host.url("/"), "{}"));
      assertThat(response.getStatusCode()).isEqualTo(200);
      assertThat(response.getBodyAsString().block(SOON)).isEqualTo("third");
      assertThat(third.seen.get(0).headers().getFirst("api-key")).isEqualTo("k");
    }
  }

  @ParameterizedTest
  @MethodSource("followers")
  void aRedirectWithinTheOriginTakesTheKeyAlongWhereItIsFollowed(HttpClient client, boolean sync)
      throws Exception {
    try (StandIn host =
        new StandIn(
            (exchange, seen) -> {
              if (seen.line().endsWith("/there")) {
                StandIn.say(exchange, 200, "there");
              } else {
                exchange.getResponseHeaders().set("Location", "/there");
                exchange.sendResponseHeaders(302, -1);
              }
            })) {
      door.doing = (request, upstream) -> upstream.send(keyed(request));
      HttpResponse response = call(client, sync, post(host.url("/here"), "{}"));
      boolean follows = Kind.of(client) != Kind.JDK;
      assertThat(response.getStatusCode()).isEqualTo(follows ? 200 : 302);
      response.close();
      assertThat(host.seen).hasSize(follows ? 2 : 1);
      assertThat(host.seen).allMatch(seen -> "ours".equals(seen.headers().getFirst("api-key")));
    }
  }

  @ParameterizedTest
  @MethodSource("confidants")
  void anotherHostHearsNothingThatTheClientKnows(HttpClient client, boolean sync) throws Exception {
    try (StandIn other =
            new StandIn(
                (exchange, seen) -> {
                  exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
                  exchange.sendResponseHeaders(401, -1);
                });
        StandIn host = StandIn.saying(200, "host")) {
      door.doing =
          (request, upstream) ->
              upstream.send(
                  request
                      .withUri(URI.create(other.url("/else")))
                      .withHeaders(request.headers().without(name -> name.equals("api-key"))));
      HttpResponse response = call(client, sync, post(host.url("/"), "{}"));
      assertThat(response.getStatusCode()).isEqualTo(401);
      response.close();
      assertThat(other.seen).hasSize(1);
      assertThat(other.seen.get(0).headers().getFirst("Host")).startsWith("127.0.0.1:");
      assertThat(other.seen.get(0).headers().getFirst("Content-type"))
          .isEqualTo("application/json");
      assertKnowsNothing(other);
      assertThat(host.seen).isEmpty();
    }
  }

  @Test
  void aClientThatCannotBeToldGetsTheRequestAsItWas() throws Exception {
    HttpClient odd = new OkHttpOddClient();
    for (boolean sync : new boolean[] {false, true}) {
      door.faults.clear();
      door.doing = (request, upstream) -> upstream.send(keyed(request));
      HttpResponse response = call(odd, sync, post("http://127.0.0.1:1/", "{}"));
      assertThat(response.getBodyAsString().block(SOON)).isEqualTo("k");
      assertThat(door.faults).hasSize(1);
      assertThat(door.faults.get(0)).hasMessageContaining("a changed request is not sent");
    }
  }

  @Test
  void aClientIsMadeOnce() {
    HttpClient client = okHttp(new OkHttpClient());
    HttpClient twin = Guarded.of(client, Kind.OKHTTP, false);
    assertThat(twin).isNotSameAs(client).isSameAs(Guarded.of(client, Kind.OKHTTP, false));
    assertThat(Guarded.of(client, Kind.OKHTTP, true)).isNotSameAs(twin);
    HttpClient still = okHttp(new OkHttpClient.Builder().followRedirects(false).build());
    assertThat(Guarded.of(still, Kind.OKHTTP, false)).isSameAs(still);
  }

  /** Says what it is asked, and holds nothing that could be looked into. */
  private static final class OkHttpOddClient implements HttpClient {
    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
      return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
      return Mono.fromCallable(() -> sendSync(request, context));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
      byte[] key =
          Asked.headers(request.getHeaders()).first("api-key").getBytes(StandardCharsets.UTF_8);
      return new Got(request, 200, key);
    }
  }
}
