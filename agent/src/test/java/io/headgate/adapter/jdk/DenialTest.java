// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of the gateway's own to calls for which nothing was asked to be sent. */
@Timeout(60)
class DenialTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private LiveServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new LiveServer();
  }

  @AfterEach
  void stop() throws IOException {
    Ingress.install(null);
    server.close();
  }

  private static GatewayResponse denial() {
    return GatewayResponse.of(
        403,
        Headers.ofFlat("X-A", "ours"),
        "1.1",
        Content.of("not allowed".getBytes(StandardCharsets.UTF_8), Ingress.newBody()));
  }

  private HttpRequest request(BodyPublisher body) {
    return HttpRequest.newBuilder(server.uri("/v1")).POST(body).build();
  }

  private static BodyPublisher body(boolean opaque) {
    return opaque
        ? BodyPublishers.ofByteArray(new byte[(int) RequestBody.CAPTURE_LIMIT + 1])
        : BodyPublishers.ofString("{}");
  }

  private void isDenied(boolean async, HttpRequest request) throws Throwable {
    HttpResponse<String> response =
        ScriptedDoor.call(async, client, request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).isEqualTo("not allowed");
    assertThat(response.headers().firstValue("x-a")).contains("ours");
    assertThat(response.request()).isSameAs(request);
    assertThat(server.requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void whatIsDeniedAtOnceIsNotSent(boolean async, boolean opaque) throws Throwable {
    new ScriptedDoor((request, upstream) -> CompletableFuture.completedFuture(denial()));
    isDenied(async, request(body(opaque)));
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void whatIsDeniedAfterAWhileIsNotSent(boolean async, boolean opaque) throws Throwable {
    CompletionStage<GatewayResponse> later =
        new CompletableFuture<GatewayResponse>()
            .completeOnTimeout(denial(), 50, TimeUnit.MILLISECONDS);
    new ScriptedDoor((request, upstream) -> later);
    isDenied(async, request(body(opaque)));
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void whatFailsAfterAWhileIsTheClientsToSend(boolean async, boolean opaque) throws Throwable {
    CompletionStage<GatewayResponse> later =
        new CompletableFuture<GatewayResponse>()
            .orTimeout(50, TimeUnit.MILLISECONDS); // A fault of the gateway's.
    new ScriptedDoor((request, upstream) -> later);
    assertThat(
            ScriptedDoor.call(async, client, request(body(opaque)), BodyHandlers.ofString()).body())
        .isEqualTo("fine");
    assertThat(server.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPublisherWhoseRequestIsDeniedIsCancelled(boolean async) throws Throwable {
    new ScriptedDoor((request, upstream) -> CompletableFuture.completedFuture(denial()));
    CountDownLatch cancelled = new CountDownLatch(1);
    isDenied(async, request(BodyPublishers.fromPublisher(new Silent(cancelled))));
    cancelled.await();
  }

  /** Gives nothing. */
  private record Silent(CountDownLatch cancelled) implements Flow.Publisher<ByteBuffer> {
    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
              cancelled.countDown();
            }
          });
    }
  }
}
