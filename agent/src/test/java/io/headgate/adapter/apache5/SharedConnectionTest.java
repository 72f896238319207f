// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Control;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls whose requests share a connection, as they do over HTTP/2. */
class SharedConnectionTest {

  /** In bytes: more than a stream's first window (RFC 9113 sec. 6.9.2). */
  private static final int LARGE = 300_000;

  private final TestDoor door = new TestDoor();
  private final CompletableFuture<AsyncServerRequestHandler.ResponseTrigger> slow =
      new CompletableFuture<>();
  private final CompletableFuture<AsyncServerRequestHandler.ResponseTrigger> silent =
      new CompletableFuture<>();
  private final CountDownLatch largeEnded = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private HttpAsyncServer server;
  private CloseableHttpAsyncClient client;
  private String url;

  @BeforeEach
  void start() throws Exception {
    Ingress.install(door);
    Apache5Adapter.on(true);
    server =
        H2ServerBootstrap.bootstrap()
            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
            .setCanonicalHostName("127.0.0.1")
            .register("*", new Answering())
            .create();
    server.start();
    InetSocketAddress address =
        (InetSocketAddress)
            server
                .listen(new InetSocketAddress("127.0.0.1", 0))
                .get(20, TimeUnit.SECONDS)
                .getAddress();
    url = "http://127.0.0.1:" + address.getPort();
    CloseableHttpAsyncClient plain =
        H2AsyncClientBuilder.create()
            .addExecInterceptorBefore(
                ChainElement.REDIRECT.name(),
                "advice",
                (request, producer, scope, chain, callback) -> {
                  if (!AsyncChainAdvice.enter(chain, request, producer, scope, callback)) {
                    chain.proceed(request, producer, scope, callback);
                  }
                })
            .build();
    plain.start();
    client = new AdvisedAsync(plain);
  }

  @AfterEach
  void stop() {
    Ingress.install(null);
    Apache5Adapter.on(true);
    client.close(CloseMode.IMMEDIATE);
    server.close(CloseMode.IMMEDIATE);
    door.close();
  }

  private final class Answering implements AsyncServerRequestHandler<Message<HttpRequest, String>> {
    @Override
    public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
        HttpRequest request, EntityDetails details, HttpContext context) {
      return new BasicRequestConsumer<>(new StringAsyncEntityConsumer());
    }

    @Override
    public void handle(
        Message<HttpRequest, String> message, ResponseTrigger trigger, HttpContext context)
        throws HttpException, IOException {
      String path = message.getHead().getPath();
      if (path.equals("/slow")) {
        slow.complete(trigger);
      } else if (asked.getAndIncrement() > 0) {
        say(trigger, "good", context);
      } else if (path.equals("/silent")) {
        silent.complete(trigger);
      } else {
        trigger.submitResponse(
            new BasicResponseProducer(new BasicHttpResponse(500), new Large()), context);
      }
    }
  }

  private static void say(
      AsyncServerRequestHandler.ResponseTrigger trigger, String text, HttpContext context)
      throws HttpException, IOException {
    trigger.submitResponse(new BasicResponseProducer(200, text), context);
  }

  /** Notes that all of it could be sent. */
  private final class Large implements AsyncEntityProducer {
    private final ByteBuffer bytes = ByteBuffer.allocate(LARGE);

    @Override
    public int available() {
      return Integer.MAX_VALUE;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
      if (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (!bytes.hasRemaining()) {
        channel.endStream();
        largeEnded.countDown();
      }
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}

    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public String getContentType() {
      return null;
    }

    @Override
    public String getContentEncoding() {
      return null;
    }

    @Override
    public boolean isChunked() {
      return false;
    }

    @Override
    public Set<String> getTrailerNames() {
      return Set.of();
    }
  }

  private Future<SimpleHttpResponse> get(String path) {
    return client.execute(
        SimpleRequestProducer.create(new SimpleHttpRequest("GET", java.net.URI.create(url + path))),
        SimpleResponseConsumer.create(),
        null,
        null,
        null);
  }

  /** A call that is under way on the connection. */
  private Future<SimpleHttpResponse> neighbour() throws Exception {
    Future<SimpleHttpResponse> neighbour = get("/slow");
    slow.get(20, TimeUnit.SECONDS);
    return neighbour;
  }

  private void assertUndisturbed(Future<SimpleHttpResponse> neighbour) throws Exception {
    say(slow.join(), "undisturbed", null);
    assertThat(neighbour.get(20, TimeUnit.SECONDS).getBodyText()).isEqualTo("undisturbed");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void anAnswerThatWeGiveUpComesToItsEndAndItsNeighboursGoOn() throws Exception {
    Future<SimpleHttpResponse> neighbour = neighbour();
    door.plan =
        (request, upstream) -> {
          Attempts attempts = upstream.attempts();
          return attempts
              .send(request, new Control(0))
              .thenCompose(
                  first -> {
                    first.abandon();
                    return attempts.send(request, new Control(0));
                  });
        };
    assertThat(get("/large").get(20, TimeUnit.SECONDS).getBodyText()).isEqualTo("good");
    ClassicFixture.await(largeEnded);
    assertUndisturbed(neighbour);
  }

  @Test
  void anAttemptThatATimerEndsBeforeItsHeadLeavesItsNeighboursAlone() throws Exception {
    Future<SimpleHttpResponse> neighbour = neighbour();
    door.plan =
        (request, upstream) -> {
          Attempts attempts = upstream.attempts();
          Control control = new Control(0);
          var first = attempts.send(request, control);
          var unused = silent.thenAccept(trigger -> control.abort(new IOException("too long")));
          return first
              .handle((head, failure) -> failure)
              .thenCompose(failure -> attempts.send(request, new Control(0)));
        };
    assertThat(get("/silent").get(20, TimeUnit.SECONDS).getBodyText()).isEqualTo("good");
    assertUndisturbed(neighbour);
  }
}
