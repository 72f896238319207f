// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import io.headgate.gateway.GatewayResponse;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bodies that take their time, and apps that leave at a bad moment. */
class AsyncSendTest extends AzureFixture {

  @ParameterizedTest
  @MethodSource("clients")
  void aBodyThatFlowsIsNotWaitedForAlthoughItsLengthIsKnown(HttpClient client, boolean sync)
      throws Exception {
    CompletableFuture<ByteBuffer> later = new CompletableFuture<>();
    try (StandIn host = StandIn.saying(200, "ok")) {
      Flux<ByteBuffer> flow = Flux.from(Mono.fromFuture(later));
      HttpRequest request = new HttpRequest(HttpMethod.POST, host.url("/"));
      request.setBody(BinaryData.fromFlux(flow, 2L, false).block(SOON));
      request.setHeader(HttpHeaderName.CONTENT_LENGTH, "2");
      door.doing =
          (asked, upstream) -> {
            later.complete(ByteBuffer.wrap(new byte[] {'a', 'b'}));
            return upstream.send(asked);
          };
      assertThat(call(client, sync, request).getBodyAsString().block(SOON)).isEqualTo("ok");
      assertThat(door.requests.get(0).body().opaque()).isTrue();
      assertThat(host.seen.get(0).body()).isEqualTo("ab");
    }
  }

  @Test
  void anAppThatLeavesCancelsTheRequestThatCouldNotBeLookedAt() throws Exception {
    OddClient client = new OkHttpOddClient();
    Disposable subscription = mono(client, unreadable(), Context.NONE).subscribe();
    client.asked.get(20, TimeUnit.SECONDS);
    subscription.dispose();
    client.cancelled.get(20, TimeUnit.SECONDS);
    assertThat(door.requests).isEmpty();
  }

  @Test
  void anAnswerThatComesAfterTheAppHasLeftIsClosed() throws Exception {
    OddClient client = new OddClient();
    HttpRequest request = unreadable();
    Disposable subscription = mono(client, request, Context.NONE).subscribe();
    client.asked.get(20, TimeUnit.SECONDS);
    subscription.dispose();
    Got late = new Got(request, 200, new byte[0]);
    client.answer.complete(late);
    assertThat(late.closed).isTrue();
  }

  @Test
  void anAnswerIsClosedIfTheAppLeavesWhileItIsHandedOver() throws Exception {
    Disposable.Swap subscription = Disposables.swap();
    CompletableFuture<Void> answered = new CompletableFuture<>();
    Context leaving =
        new Context("a", "b") {
          @Override
          public Optional<Object> getData(Object key) {
            if (answered.isDone()) {
              subscription.dispose();
            }
            return super.getData(key);
          }
        };
    CompletableFuture<Void> subscribed = new CompletableFuture<>();
    try (StandIn host = StandIn.saying(200, "{}")) {
      OkHttpLikeClient client = new OkHttpLikeClient(new OkHttpClient(), Duration.ofSeconds(20));
      door.doing =
          (request, upstream) ->
              door.tapped(upstream.send(request))
                  .thenApply(
                      (GatewayResponse response) -> {
                        subscribed.orTimeout(20, TimeUnit.SECONDS).join();
                        answered.complete(null);
                        return response;
                      });
      subscription.update(
          mono(client, post(host.url("/"), "{}"), leaving)
              .doOnNext(HttpResponse::close)
              .subscribe());
      subscribed.complete(null);
      assertThat(door.passed.get(20, TimeUnit.SECONDS)).startsWith("stopped");
      assertThat(subscription.isDisposed()).isTrue();
    }
  }

  /** A request of which the app's own code lets nobody see the body. */
  private static HttpRequest unreadable() throws Exception {
    return new HttpRequest(HttpMethod.POST, URI.create("http://127.0.0.1:1/").toURL()) {
      @Override
      public BinaryData getBodyAsBinaryData() {
        throw new IllegalStateException("the app's");
      }
    };
  }

  /** Answers when the test says so. */
  private static class OddClient implements HttpClient {
    final CompletableFuture<Void> asked = new CompletableFuture<>();
    final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
      return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
      return Mono.<HttpResponse>create(
          sink -> {
            sink.onCancel(() -> cancelled.complete(null));
            var unused = answer.thenAccept(sink::success);
            asked.complete(null);
          });
    }
  }

  private static final class OkHttpOddClient extends OddClient {}
}
