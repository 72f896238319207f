// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.adapter.jdk.ScriptedDoor.Tap;
import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeliveryTest {

  private static final HttpRequest REQUEST =
      HttpRequest.newBuilder(URI.create("http://127.0.0.1:9/")).build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final HandDrivenSource source = new HandDrivenSource();
  private final Tap tap = new Tap();

  @BeforeEach
  void answerFromTheSource() {
    ScriptedDoor.managing(
        (request, attempts) -> {
          GatewayResponse response =
              GatewayResponse.of(200, Headers.EMPTY, "1.1", new Content(source, Ingress.newBody()));
          response.body().tap(tap);
          return CompletableFuture.completedFuture(response);
        });
  }

  @AfterEach
  void stop() {
    Ingress.install(null);
  }

  private <T> T body(boolean async, BodyHandler<T> handler) throws Throwable {
    return ScriptedDoor.call(async, client, REQUEST, handler).body();
  }

  /** A subscriber whose demand a test makes. */
  private static final class Slow implements Flow.Subscriber<List<ByteBuffer>> {
    final BlockingQueue<String> signals = new LinkedBlockingQueue<>();
    final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
      subscription.complete(newSubscription);
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
      for (ByteBuffer item : items) {
        signals.add((item.isReadOnly() ? "" : "writable ") + StandardCharsets.UTF_8.decode(item));
      }
    }

    @Override
    public void onError(Throwable throwable) {
      signals.add("error " + throwable.getMessage());
    }

    @Override
    public void onComplete() {
      signals.add("complete");
    }

    String signal() throws InterruptedException {
      return signals.poll(20, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStreamIsReadBeforeItsEnd(boolean async) throws Throwable {
    source.give("first");
    try (InputStream in = body(async, BodyHandlers.ofInputStream())) {
      assertThat(new String(in.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("first");
      source.give("second");
      assertThat(new String(in.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("second");
      source.end();
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(tap.ending.get()).isEqualTo("end");
    assertThat(tap.text()).isEqualTo("firstsecond");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStreamThatIsClosedEarlyIsGivenUp(boolean async) throws Throwable {
    source.give("first");
    InputStream in = body(async, BodyHandlers.ofInputStream());
    assertThat(in.read()).isEqualTo('f');
    in.close();
    source.closed.await();
    assertThat(tap.ending.get()).isEqualTo("left");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void linesAreReadAsTheyCome(boolean async) throws Throwable {
    source.give("data: 1\n\nda");
    try (Stream<String> lines = body(async, BodyHandlers.ofLines())) {
      Iterator<String> each = lines.iterator();
      assertThat(each.next()).isEqualTo("data: 1");
      source.give("ta: 2\n\n");
      assertThat(each.next()).isEmpty();
      assertThat(each.next()).isEqualTo("data: 2");
      source.end();
      assertThat(each.next()).isEmpty();
      assertThat(each.hasNext()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPublisherGivesWhatIsAskedFor(boolean async) throws Throwable {
    source.give("one", "two", "three").end();
    Slow slow = new Slow();
    body(async, BodyHandlers.ofPublisher()).subscribe(slow);
    slow.subscription.get().request(1);
    assertThat(slow.signal()).isEqualTo("one");
    assertThat(slow.signals).isEmpty();
    // One more than was given, at the most.
    assertThat(source.pulls()).isLessThanOrEqualTo(2);
    slow.subscription.get().request(2);
    assertThat(slow.signal()).isEqualTo("two");
    assertThat(slow.signal()).isEqualTo("three");
    assertThat(slow.signal()).isEqualTo("complete");
  }

  @Test
  void theEndComesWithoutBeingAskedFor() throws Exception {
    Slow slow = new Slow();
    CompletableFuture<HttpResponse<Void>> future =
        ScriptedDoor.async(client, REQUEST, BodyHandlers.fromSubscriber(slow));
    slow.subscription.get().request(1);
    source.give("one");
    assertThat(slow.signal()).isEqualTo("one");
    assertThat(future).isNotDone();
    source.end();
    assertThat(slow.signal()).isEqualTo("complete");
    assertThat(future.get().statusCode()).isEqualTo(200);
  }

  @Test
  void aSubscriberThatCancelsHearsNoMore() throws Exception {
    Slow slow = new Slow();
    var unused = ScriptedDoor.async(client, REQUEST, BodyHandlers.fromSubscriber(slow));
    slow.subscription.get().request(5);
    source.give("one");
    assertThat(slow.signal()).isEqualTo("one");
    slow.subscription.get().cancel();
    source.closed.await();
    source.give("two").end();
    assertThat(slow.signals).isEmpty();
    assertThat(tap.ending.get()).isEqualTo("left");
  }

  @Test
  void askingForNothingIsAnError() throws Exception {
    Slow slow = new Slow();
    CompletableFuture<HttpResponse<Void>> future =
        ScriptedDoor.async(client, REQUEST, BodyHandlers.fromSubscriber(slow));
    slow.subscription.get().request(0);
    assertThat(slow.signal()).isEqualTo("error non-positive request: 0");
    assertThatThrownBy(future::get).hasCauseInstanceOf(IllegalArgumentException.class);
    source.closed.await();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSimpleHandlersGetTheWholeBody(boolean async) throws Throwable {
    source.give("a", "", "b").end();
    assertThat(body(async, BodyHandlers.ofString())).isEqualTo("ab");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theBodyIsReadEvenIfNobodyWantsIt(boolean async) throws Throwable {
    source.give("a", "b").end();
    assertThat(body(async, BodyHandlers.discarding())).isNull();
    assertThat(tap.text()).isEqualTo("ab");
    assertThat(tap.ending.get()).isEqualTo("end");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theBodyMayBeReplacedOrBuffered(boolean async) throws Throwable {
    source.give("abc", "de").end();
    BodyHandler<byte[]> buffering = BodyHandlers.buffering(BodyHandlers.ofByteArray(), 2);
    assertThat(body(async, buffering)).asString().isEqualTo("abcde");
    source.give("unread").end();
    assertThat(body(async, BodyHandlers.replacing("other"))).isEqualTo("other");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHandlerMayBlockForTheBody(boolean async) throws Throwable {
    BodyHandler<String> handler =
        info ->
            BodySubscribers.mapping(
                BodySubscribers.ofInputStream(),
                in -> {
                  source.give("late").end();
                  try {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    assertThat(body(async, handler)).isEqualTo("late");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyChunksDoNotPileUpOnTheStack(boolean async) throws Throwable {
    for (int i = 0; i < 10_000; i++) {
      source.give("x");
    }
    source.end();
    assertThat(body(async, BodyHandlers.ofString())).hasSize(10_000);
  }

  @Test
  void chunksThatComeOneByOneDoNotPileUpOnTheStack() throws Exception {
    CompletableFuture<HttpResponse<String>> future =
        ScriptedDoor.async(client, REQUEST, BodyHandlers.ofString());
    for (int i = 0; i < 10_000; i++) {
      source.give("x");
    }
    source.end();
    assertThat(future.get().body()).hasSize(10_000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHandlerThatThrowsFailsTheCall(boolean async) throws Throwable {
    IllegalStateException refused = new IllegalStateException("refused");
    BodyHandler<String> handler =
        info -> {
          throw refused;
        };
    assertThatThrownBy(() -> body(async, handler))
        .satisfies(t -> assertThat(async ? t : t.getCause()).isSameAs(refused));
    source.closed.await();
    assertThat(tap.ending.get()).isEqualTo("IllegalStateException");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHandlerWithoutSubscriberFailsTheCall(boolean async) throws Throwable {
    assertThatThrownBy(() -> body(async, info -> null)).isNotNull();
    source.closed.await();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSubscriberThatThrowsFailsTheCall(boolean async) throws Throwable {
    source.give("one");
    BodyHandler<Void> handler =
        BodyHandlers.ofByteArrayConsumer(
            bytes -> {
              throw new IllegalArgumentException("no bytes");
            });
    assertThatThrownBy(() -> body(async, handler))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no bytes");
    source.closed.await();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBodyThatBreaksFailsTheCall(boolean async) throws Throwable {
    source.give("one").fail(new IOException("reset"));
    assertThatThrownBy(() -> body(async, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class)
        .hasMessage("reset");
    assertThat(tap.ending.get()).isEqualTo("IOException");
    source.closed.await();
  }

  @Test
  void aFailureIsWrappedAsTheClientsOwnFutureHasIt() throws Exception {
    source.fail(new IOException("reset"));
    CompletableFuture<Throwable> seen = new CompletableFuture<>();
    var unused =
        ScriptedDoor.async(client, REQUEST, BodyHandlers.ofString())
            .whenComplete((response, failure) -> seen.complete(failure));
    assertThat(seen.get())
        .isInstanceOf(java.util.concurrent.CompletionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void theHandlerRunsOnTheClientsExecutor() throws Exception {
    ExecutorService executor =
        Executors.newFixedThreadPool(1, task -> new Thread(task, "the-apps-own"));
    try {
      HttpClient own = HttpClient.newBuilder().executor(executor).build();
      source.give("a").end();
      BodyHandler<String> handler =
          info -> BodySubscribers.replacing(Thread.currentThread().getName());
      assertThat(ScriptedDoor.async(own, REQUEST, handler).get().body()).isEqualTo("the-apps-own");
      executor.shutdown();
      source.give("b").end();
      assertThat(ScriptedDoor.async(own, REQUEST, handler).get().body()).isEqualTo("test-io");
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void aSubscriberWhoseBodyIsThereAtOnceMayBlockOnAChunk() throws Exception {
    CompletableFuture<Void> release = new CompletableFuture<>();
    BodyHandler<String> handler = info -> new Blocking(release);
    source.give("one").end();
    assertThat(ScriptedDoor.async(client, REQUEST, handler).get().body()).isEqualTo("at once");
    release.complete(null);
    assertThat(tap.ending.get()).isEqualTo("end");
  }

  private record Blocking(CompletableFuture<Void> release) implements BodySubscriber<String> {
    @Override
    public CompletionStage<String> getBody() {
      return CompletableFuture.completedFuture("at once");
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      release.join();
    }

    @Override
    public void onError(Throwable throwable) {}

    @Override
    public void onComplete() {}
  }
}
