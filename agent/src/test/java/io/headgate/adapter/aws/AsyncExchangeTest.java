// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.internal.http.RequestExecutionContext;
import software.amazon.awssdk.http.SdkCancellationException;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

class AsyncExchangeTest {

  private static final String PATH = "/model/amazon.nova/converse-stream";
  private static final SdkAsyncHttpClient CLIENT = NettyNioAsyncHttpClient.create();

  private final TestDoor door = new TestDoor();
  private final RequestExecutionContext run = SignedApp.run();

  @AfterEach
  void close() {
    door.close();
  }

  @AfterAll
  static void closeClient() {
    CLIENT.close();
  }

  @Test
  void theFutureCompletesWhenTheAppHasTheWholeAnswer() throws Exception {
    try (StandInHost host = StandInHost.saying("{\"a\":1}")) {
      App app = new App(true);

      execute(host.uri(PATH), "{}", run, app).get(20, TimeUnit.SECONDS);

      assertThat(app.events)
          .startsWith("headers 200", "stream")
          .endsWith("complete")
          .doesNotContain("error");
      assertThat(app.text()).isEqualTo("{\"a\":1}");
      assertThat(host.only().text()).isEqualTo("{}");
      assertThat(SignedApp.check(host.only())).isEqualTo("eu-central-1/bedrock");
    }
  }

  @Test
  void aChangedBodyIsSignedAnewForTheHostItIsLedTo() throws Exception {
    try (StandInHost host = StandInHost.saying("no");
        StandInHost other = StandInHost.saying("yes")) {
      door.changing(
          request -> request.withBody(TestDoor.body("{\"x\":2}")).withUri(other.uri(PATH)));
      App app = new App(true);

      execute(host.uri(PATH), "{}", run, app).get(20, TimeUnit.SECONDS);

      assertThat(app.text()).isEqualTo("yes");
      assertThat(other.only().text()).isEqualTo("{\"x\":2}");
      assertThat(SignedApp.check(other.only())).isEqualTo("eu-central-1/bedrock");
    }
  }

  @Test
  void withoutTheAppsSignerItsOwnRequestGoesOutInsteadOfAChangedOne() throws Exception {
    try (StandInHost host = StandInHost.saying("ok")) {
      door.changing(request -> request.withBody(TestDoor.body("{\"x\":2}")));
      App app = new App(true);

      execute(host.uri(PATH), "{}", null, app).get(20, TimeUnit.SECONDS);

      assertThat(app.text()).isEqualTo("ok");
      assertThat(host.only().text()).isEqualTo("{}");
      assertThat(door.faults).singleElement().isInstanceOf(Unsigned.class);
    }
  }

  @Test
  void anAnswerOfOursComesInTheSdksTypes() throws Exception {
    door.answering(403, "{\"message\":\"no\"}", "x-amzn-errortype", "AccessDeniedException");
    App app = new App(true);

    execute(URI.create("http://127.0.0.1:1" + PATH), "{}", run, app).get(20, TimeUnit.SECONDS);

    assertThat(app.events).startsWith("headers 403", "stream");
    assertThat(app.text()).isEqualTo("{\"message\":\"no\"}");
  }

  @Test
  void aFailureReachesTheHandlerAndThenTheFuture() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    App app = new App(true);
    CompletableFuture<Void> future =
        execute(URI.create("http://127.0.0.1:" + free + PATH), "{}", run, app);

    assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(app.events).containsExactly("error");
  }

  @Test
  void anAnswerThatIsCutOffFailsTheFuture() throws Exception {
    try (StandInHost host =
        new StandInHost(
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write(new byte[10]);
              exchange.getResponseBody().flush();
            })) {
      CompletableFuture<Void> future = execute(host.uri(PATH), "{}", run, new App(true));

      assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void cancellingTheFutureClosesTheConnection() throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    try (StandInHost host = endless(closed)) {
      App app = new App(true);
      CompletableFuture<Void> future = execute(host.uri(PATH), "{}", run, app);
      app.first.get(20, TimeUnit.SECONDS);

      future.cancel(true);

      closed.get(20, TimeUnit.SECONDS);
      assertThat(app.events).contains("error").doesNotContain("complete");
    }
  }

  @Test
  void cancellingTheStreamClosesTheConnectionAndFailsTheFuture() throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    try (StandInHost host = endless(closed)) {
      App app = new App(false);
      CompletableFuture<Void> future = execute(host.uri(PATH), "{}", run, app);

      app.subscription.get(20, TimeUnit.SECONDS).cancel();

      closed.get(20, TimeUnit.SECONDS);
      assertThatThrownBy(future::join).hasCauseInstanceOf(SdkCancellationException.class);
      assertThat(app.events).containsExactly("headers 200", "stream");
    }
  }

  @Test
  void aCallGivenUpBeforeItIsDecidedIsNotAnswered() throws Exception {
    CountDownLatch decided = new CountDownLatch(1);
    CompletableFuture<Void> asked = new CompletableFuture<>();
    try (StandInHost host = StandInHost.saying("late")) {
      door.way =
          (request, upstream) -> {
            asked.complete(null);
            try {
              decided.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return upstream.send(request);
          };
      App app = new App(true);
      CompletableFuture<Void> future = execute(host.uri(PATH), "{}", run, app);
      asked.get(20, TimeUnit.SECONDS);

      future.cancel(true);
      decided.countDown();

      assertThat(app.failed.get(20, TimeUnit.SECONDS)).isNotNull();
      assertThat(app.events).containsExactly("error");
    }
  }

  @Test
  void aDuplexRequestIsLeftAlone() {
    SdkHttpFullRequest request = SignedApp.unsigned(URI.create("http://127.0.0.1:1/x"), "{}");

    Object taken =
        ExecuteAdvice.enter(
            CLIENT, AsyncExecuteRequest.builder().request(request).fullDuplex(true).build());

    assertThat(taken).isNull();
    assertThat(ExecuteAdvice.exit(null, "own")).isEqualTo("own");
  }

  /** Says something every now and then until the reader is gone. */
  private static StandInHost endless(CompletableFuture<Void> closed) throws IOException {
    return new StandInHost(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = "x".repeat(8192).getBytes(StandardCharsets.UTF_8);
          try {
            while (!Thread.currentThread().isInterrupted()) {
              exchange.getResponseBody().write(chunk);
              exchange.getResponseBody().flush();
            }
          } catch (IOException e) {
            closed.complete(null);
          }
        });
  }

  private static CompletableFuture<Void> execute(
      URI uri, String body, RequestExecutionContext run, App app) {
    SdkHttpFullRequest unsigned = SignedApp.unsigned(uri, body);
    SdkHttpRequest signed = SignedApp.signed(unsigned);
    if (run != null) {
      CompletableFuture<Object> signing = new CompletableFuture<>();
      Object seen = SigningAdvice.exit(unsigned, run, signing);
      signing.complete(signed);
      assertThat(((CompletableFuture<?>) seen).join()).isSameAs(signed);
    }
    AsyncExecuteRequest request =
        AsyncExecuteRequest.builder()
            .request(signed.toBuilder().build())
            .requestContentPublisher(new BytesPublisher(body.getBytes(StandardCharsets.UTF_8)))
            .responseHandler(app)
            .build();
    @SuppressWarnings("unchecked")
    CompletableFuture<Void> future = (CompletableFuture<Void>) ExecuteAdvice.enter(CLIENT, request);
    return future;
  }

  /** What the SDK has above its HTTP client. */
  private static final class App implements SdkAsyncHttpResponseHandler, Subscriber<ByteBuffer> {
    final List<String> events = new CopyOnWriteArrayList<>();
    final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    final CompletableFuture<Void> first = new CompletableFuture<>();
    final CompletableFuture<Throwable> failed = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final boolean eager;

    App(boolean eager) {
      this.eager = eager;
    }

    @Override
    public void onHeaders(SdkHttpResponse headers) {
      events.add("headers " + headers.statusCode());
    }

    @Override
    public void onStream(Publisher<ByteBuffer> stream) {
      events.add("stream");
      stream.subscribe(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription.complete(given);
      if (eager) {
        given.request(1);
      }
    }

    @Override
    public void onNext(ByteBuffer chunk) {
      byte[] copy = new byte[chunk.remaining()];
      chunk.get(copy);
      bytes.writeBytes(copy);
      first.complete(null);
      subscription.join().request(1);
    }

    @Override
    public void onError(Throwable failure) {
      // Both of the handler and of the subscriber.
      if (!events.contains("error")) {
        events.add("error");
      }
      failed.complete(failure);
    }

    @Override
    public void onComplete() {
      events.add("complete");
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
