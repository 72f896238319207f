// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Caller;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OkHttpAttemptsTest extends AttemptsFixture {

  /** Gives up what is not good and sends once more. */
  private void retryOnce() {
    plan(
        (request, attempts) -> {
          GatewayResponse first = send(attempts, request);
          if (first.successful()) {
            return first;
          }
          first.abandon();
          done(attempts.pause(1_000_000));
          return send(attempts, request);
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void secondAttemptIsWhatTheAppGets(boolean enqueued) throws Throwable {
    retryOnce();
    AtomicInteger count = new AtomicInteger();
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              int number = count.incrementAndGet();
              exchange.getResponseHeaders().set("X-Number", "n" + number);
              Loopback.respond(exchange, number == 1 ? 500 : 200, "{\"n\":" + number + "}");
            })) {
      Request request = post(host.url("/v1"), "{\"q\":1}");
      String text =
          call(
              client.newCall(request),
              enqueued,
              response -> {
                assertThat(response.code()).isEqualTo(200);
                assertThat(response.message()).isEqualTo("OK");
                assertThat(response.header("x-number")).isEqualTo("n2");
                assertThat(response.request()).isSameAs(request);
                assertThat(response.networkResponse()).isNotNull();
                assertThat(response.receivedResponseAtMillis()).isPositive();
                assertThat(response.body().contentLength()).isEqualTo(7);
                assertThat(response.body().contentType()).isEqualTo(JSON);
                return response.body().string();
              });
      assertThat(text).isEqualTo("{\"n\":2}");
      assertThat(host.received).hasSize(2).allMatch(r -> r.text().equals("{\"q\":1}"));
    }
    assertThat(door.taps.get(0).endings).containsExactly("stopped");
    assertThat(door.taps.get(1).text()).isEqualTo("{\"n\":2}");
    assertThat(door.taps.get(1).endings).containsExactly("end");
    assertThat(door.faults).isEmpty();
    assertThat(Ingress.bypassed()).isFalse();
    assertNoConnectionInUse(client);
  }

  @Test
  void errorThatWasGivenUpLeavesItsConnectionToTheNextAttempt() throws Exception {
    retryOnce();
    AtomicInteger count = new AtomicInteger();
    try (Loopback host =
        new Loopback(
            (exchange, request) ->
                Loopback.respond(exchange, count.incrementAndGet() == 1 ? 500 : 200, "{}"))) {
      client.newCall(post(host.url("/"), "{}")).execute().close();
      assertThat(client.connectionPool().connectionCount()).isEqualTo(1);
    }
  }

  @Test
  void interceptorsOfTheApplicationRunOnceAndThoseOfTheNetworkForEachAttempt() throws Exception {
    AtomicInteger application = new AtomicInteger();
    List<Call> network = new CopyOnWriteArrayList<>();
    OkHttpClient app =
        through(
            new OkHttpClient.Builder()
                .addInterceptor(
                    chain -> {
                      application.incrementAndGet();
                      return chain.proceed(chain.request());
                    })
                .addNetworkInterceptor(
                    chain -> {
                      network.add(chain.call());
                      return chain.proceed(
                          chain.request().newBuilder().header("X-Own", "1").build());
                    }));
    retryOnce();
    try (Loopback host =
        new Loopback((exchange, request) -> Loopback.respond(exchange, 500, "{}"))) {
      app.newCall(post(host.url("/"), "{}")).execute().close();
      assertThat(host.received)
          .hasSize(2)
          .allMatch(request -> "1".equals(request.headers().getFirst("X-Own")));
    }
    assertThat(application).hasValue(1);
    assertThat(network).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void authenticatorOfTheAppAnswersForItsOwnHost() throws Exception {
    OkHttpClient app =
        through(
            new OkHttpClient.Builder()
                .authenticator(
                    (route, response) ->
                        response.request().header("Authorization") != null
                            ? null
                            : response
                                .request()
                                .newBuilder()
                                .header("Authorization", "fresh")
                                .build()));
    plan((request, attempts) -> send(attempts, request));
    try (Loopback host =
            new Loopback(
                (exchange, request) ->
                    Loopback.respond(
                        exchange,
                        request.headers().containsKey("Authorization") ? 200 : 401,
                        request.text()));
        Response response = app.newCall(post(host.url("/"), "{\"q\":1}")).execute()) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.body().string()).isEqualTo("{\"q\":1}");
    }
  }

  @Test
  void attemptElsewhereTakesNothingOfTheAppAlong() throws Exception {
    OkHttpClient app =
        through(
            new OkHttpClient.Builder()
                .authenticator(
                    (route, response) ->
                        response.request().newBuilder().header("Authorization", "app").build())
                .addNetworkInterceptor(
                    chain ->
                        chain.proceed(
                            chain.request().newBuilder().header("X-Own", "secret").build())));
    try (Loopback home = Loopback.answering("home");
        Loopback third = Loopback.answering("third");
        Loopback other =
            new Loopback(
                (exchange, request) -> {
                  boolean first = request.rawUri().equals("/p");
                  exchange.getResponseHeaders().set("Location", third.url("/x"));
                  Loopback.respond(exchange, first ? 401 : 302, "{}");
                })) {
      plan(
          (request, attempts) -> {
            GatewayRequest there =
                request.withHeaders(request.headers().with("Authorization", "other"));
            send(attempts, there.withUri(URI.create(other.url("/p")))).abandon();
            return send(attempts, there.withUri(URI.create(other.url("/q"))));
          });
      Request request =
          post(home.url("/v1"), "{}").newBuilder().header("Host", "api.example.com").build();
      try (Response response = app.newCall(request).execute()) {
        assertThat(response.request()).isSameAs(request);
        assertThat(response.body().string()).isEqualTo("third");
      }
      assertThat(home.received).isEmpty();
      assertThat(other.received)
          .hasSize(2)
          .allMatch(r -> "other".equals(r.headers().getFirst("Authorization")))
          .noneMatch(r -> r.headers().containsKey("X-Own"))
          .allMatch(r -> r.headers().getFirst("Host").startsWith("127.0.0.1:"));
      assertThat(third.only().headers()).doesNotContainKeys("Authorization", "X-own");
    }
    assertNoConnectionInUse(app);
  }

  @Test
  void connectingIsLimitedByTheShorterOfBothLimits() throws Exception {
    List<Integer> limits = new ArrayList<>();
    OkHttpClient app =
        through(
            new OkHttpClient.Builder()
                .connectTimeout(2, TimeUnit.SECONDS)
                .addNetworkInterceptor(
                    chain -> {
                      limits.add(chain.connectTimeoutMillis());
                      return chain.proceed(chain.request());
                    }));
    plan(
        (request, attempts) -> {
          for (long nanos : new long[] {0, 1, 250_000_000, 3_000_000_000L}) {
            send(attempts, request, new Control(nanos)).abandon();
          }
          return made(200, "{}");
        });
    try (Loopback host = Loopback.answering("{}")) {
      app.newCall(post(host.url("/"), "{}")).execute().close();
    }
    assertThat(limits).containsExactly(2000, 1, 250, 2000);
  }

  @Test
  void bodyThatFlowsPastUsCanBeSentOnlyOnce() throws Exception {
    plan((request, attempts) -> made(attempts == null ? 400 : 200, "{}"));
    for (int length : new int[] {-1, AppBody.TEXT.length()}) {
      Request request =
          new Request.Builder()
              .url("http://127.0.0.1:1/")
              .post(new AppBody(JSON, length, true))
              .build();
      try (Response response = client.newCall(request).execute()) {
        assertThat(response.code()).isEqualTo(length < 0 ? 400 : 200);
      }
    }
  }

  @Test
  void bodyThatCanBeWrittenOnceIsSentAsOftenAsNeeded() throws Exception {
    retryOnce();
    AppBody body = new AppBody(JSON, AppBody.TEXT.length(), true);
    try (Loopback host =
        new Loopback((exchange, request) -> Loopback.respond(exchange, 500, "{}"))) {
      Request request = new Request.Builder().url(host.url("/")).post(body).build();
      client.newCall(request).execute().close();
      assertThat(host.received).hasSize(2).allMatch(r -> r.text().equals(AppBody.TEXT));
    }
    assertThat(body.written).hasValue(1);
  }

  @Test
  void deadlineIsTheEarlierOfTimeoutAndDeadlineOfTheCall() throws Exception {
    List<Long> left = new ArrayList<>();
    plan(
        (request, attempts) -> {
          long deadline = attempts.deadlineNanos();
          left.add(deadline == Caller.NO_DEADLINE ? 0 : deadline - System.nanoTime());
          return made(200, "{}");
        });
    Call none = client.newCall(get("http://127.0.0.1:1/"));
    Call timeout = client.newCall(get("http://127.0.0.1:1/"));
    timeout.timeout().timeout(1, TimeUnit.HOURS);
    Call both = client.newCall(get("http://127.0.0.1:1/"));
    both.timeout().timeout(2, TimeUnit.HOURS).deadline(1, TimeUnit.HOURS);
    for (Call call : new Call[] {none, timeout, both}) {
      call.execute().close();
    }
    assertThat(left.get(0)).isZero();
    assertThat(left.get(1)).isBetween(1L, TimeUnit.HOURS.toNanos(1));
    assertThat(left.get(2)).isBetween(1L, TimeUnit.HOURS.toNanos(1));
  }

  @Test
  void hundredCallsWithRetriesKeepTheirOwnAnswers() throws Exception {
    retryOnce();
    Set<String> seen = ConcurrentHashMap.<String>newKeySet();
    ExecutorService apps = Executors.newFixedThreadPool(20);
    try (Loopback host =
        new Loopback(
            (exchange, request) ->
                Loopback.respond(exchange, seen.add(request.text()) ? 500 : 200, request.text()))) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String body = "{\"call\":" + i + "}";
        answers.add(
            apps.submit(
                () -> {
                  try (Response response = client.newCall(post(host.url("/"), body)).execute()) {
                    return response.code() + response.body().string();
                  }
                }));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).isEqualTo("200{\"call\":" + i + "}");
      }
      assertThat(host.received).hasSize(200);
    } finally {
      apps.shutdownNow();
    }
    assertNoConnectionInUse(client);
  }
}
