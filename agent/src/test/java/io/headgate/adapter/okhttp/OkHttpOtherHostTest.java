// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.gateway.GatewayRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class OkHttpOtherHostTest extends OkHttpFixture {

  /** What openai-java installs. */
  private static Response stripsKeysFromOtherOrigins(okhttp3.Interceptor.Chain chain)
      throws IOException {
    Request request = chain.request();
    Request original = chain.call().request();
    boolean same = request.url().port() == original.url().port();
    return chain.proceed(
        same
            ? request
            : request.newBuilder().removeHeader("Authorization").removeHeader("api-key").build());
  }

  private void sendTo(String url) {
    door.behaviour =
        (request, upstream) ->
            door.tapped(
                new GatewayRequest(
                    request.method(),
                    URI.create(url),
                    request.headers().with("Authorization", "Bearer other"),
                    request.body()),
                upstream);
  }

  @Test
  void callGoesThereWithItsNewCredentialOnTheAppsClient() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    OkHttpClient sdk =
        through(
            new OkHttpClient.Builder()
                .addNetworkInterceptor(OkHttpOtherHostTest::stripsKeysFromOtherOrigins)
                .eventListener(
                    new EventListener() {
                      @Override
                      public void responseHeadersEnd(Call call, Response response) {
                        events.add("head");
                      }
                    }));
    try (Loopback home = Loopback.answering("home");
        Loopback other = Loopback.answering("{\"from\":\"other\"}")) {
      sendTo(other.url("/p/v1/chat?k=%41"));
      Request request =
          post(home.url("/v1/chat"), "{\"q\":1}")
              .newBuilder()
              .header("Authorization", "Bearer app")
              .header("Host", "api.example.com")
              .tag(String.class, "tag")
              .build();
      try (Response response = sdk.newCall(request).execute()) {
        assertThat(response.body().string()).isEqualTo("{\"from\":\"other\"}");
        assertThat(response.request()).isSameAs(request);
        assertThat(response.networkResponse().request().url().toString())
            .isEqualTo(other.url("/p/v1/chat?k=%41"));
      }
      assertThat(home.received).isEmpty();
      Loopback.Received received = other.only();
      assertThat(received.headers().get("Authorization")).containsExactly("Bearer other");
      assertThat(received.headers().getFirst("Host")).startsWith("127.0.0.1:");
      assertThat(received.rawUri()).isEqualTo("/p/v1/chat?k=%41");
      assertThat(received.text()).isEqualTo("{\"q\":1}");
    }
    assertThat(events).containsExactly("head");
    assertThat(door.tap().endings).containsExactly("end");
    assertThat(door.requests).hasSize(1);
    assertThat(sdk.connectionPool().connectionCount())
        .isEqualTo(1)
        .isEqualTo(sdk.connectionPool().idleConnectionCount());
  }

  @Test
  void changedHeadersOnTheSameHostStayInTheAppsCall() throws Exception {
    List<Call> calls = new CopyOnWriteArrayList<>();
    OkHttpClient sdk =
        through(
            new OkHttpClient.Builder()
                .addNetworkInterceptor(
                    chain -> {
                      calls.add(chain.call());
                      return chain.proceed(chain.request());
                    }));
    try (Loopback home = Loopback.answering("{}")) {
      sendTo(home.url("/v2"));
      Request request = post(home.url("/v1"), "{}");
      Call call = sdk.newCall(request);
      try (Response response = call.execute()) {
        assertThat(response.request()).isSameAs(request);
      }
      assertThat(home.only().rawUri()).isEqualTo("/v2");
      assertThat(home.only().headers().getFirst("Authorization")).isEqualTo("Bearer other");
      assertThat(calls).containsExactly(call);
    }
  }

  @Test
  void credentialsDoNotFollowARedirectToAThirdHost() throws Exception {
    try (Loopback third = Loopback.answering("{}");
        Loopback other =
            new Loopback(
                (exchange, request) -> {
                  exchange.getResponseHeaders().set("Location", third.url("/x"));
                  exchange.sendResponseHeaders(302, -1);
                })) {
      door.behaviour =
          (request, upstream) ->
              door.tapped(
                  request
                      .withUri(URI.create(other.url("/")))
                      .withHeaders(
                          request.headers().with("x-api-key", "k").with("Authorization", "b")),
                  upstream);
      client.newCall(get("http://127.0.0.1:1/")).execute().close();
      assertThat(other.only().headers().getFirst("x-api-key")).isEqualTo("k");
      assertThat(third.only().headers()).doesNotContainKeys("X-api-key", "Authorization");
    }
  }

  @Test
  void fieldsTheGatewayAddedForTheAppsOwnHostDoNotFollowARedirectToAnother() throws Exception {
    try (Loopback third = Loopback.answering("{}");
        Loopback home =
            new Loopback(
                (exchange, request) -> {
                  boolean first = request.rawUri().equals("/");
                  String there = first ? "/again" : third.url("/x");
                  exchange.getResponseHeaders().set("Location", there);
                  exchange.sendResponseHeaders(307, -1);
                })) {
      door.behaviour =
          (request, upstream) ->
              door.tapped(
                  request.withHeaders(
                      request.headers().with("x-api-key", "k").with("x-team", "search")),
                  upstream);
      client.newCall(get(home.url("/"))).execute().close();
      assertThat(home.received).hasSize(2);
      assertThat(home.received.get(1).headers().getFirst("x-api-key")).isEqualTo("k");
      assertThat(third.only().headers()).doesNotContainKeys("X-api-key", "X-team");
    }
  }

  @Test
  void aCallThatIsNotChangedIsRedirectedAsTheAppsClientDoesIt() throws Exception {
    try (Loopback third = Loopback.answering("{}");
        Loopback home =
            new Loopback(
                (exchange, request) -> {
                  exchange.getResponseHeaders().set("Location", third.url("/x"));
                  exchange.sendResponseHeaders(302, -1);
                })) {
      Request request = get(home.url("/")).newBuilder().header("x-api-key", "app").build();
      client.newCall(request).execute().close();
      assertThat(third.only().headers().getFirst("x-api-key")).isEqualTo("app");
    }
  }

  @Test
  void authenticatorOfTheAppIsNotAskedForAnotherHost() throws Exception {
    OkHttpClient sdk =
        through(
            new OkHttpClient.Builder()
                .authenticator(
                    (route, response) ->
                        response.request().newBuilder().header("Authorization", "app").build()));
    try (Loopback other =
        new Loopback((exchange, request) -> Loopback.respond(exchange, 401, "{}"))) {
      sendTo(other.url("/"));
      try (Response response = sdk.newCall(get("http://127.0.0.1:1/")).execute()) {
        assertThat(response.code()).isEqualTo(401);
      }
      assertThat(other.only().headers().getFirst("Authorization")).isEqualTo("Bearer other");
    }
  }

  @Test
  void limitOfTheWholeCallReachesTheOtherHost() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Loopback other =
        new Loopback((exchange, request) -> release.await(20, TimeUnit.SECONDS))) {
      sendTo(other.url("/"));
      Call call = client.newCall(get("http://127.0.0.1:1/"));
      call.timeout().timeout(100, TimeUnit.MILLISECONDS);
      assertThat(catchThrowable(call::execute))
          .isInstanceOf(java.io.InterruptedIOException.class)
          .hasMessage("timeout");
      release.countDown();
    }
  }

  @Test
  void watchingThreadEndsWithTheLastCall() throws Exception {
    try (Loopback other = Loopback.answering("{}")) {
      sendTo(other.url("/"));
      client.newCall(get("http://127.0.0.1:1/")).execute().close();
    }
    Awaitility.await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("headgate-okhttp-cancel")));
  }
}
