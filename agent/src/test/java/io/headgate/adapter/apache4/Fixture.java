// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import com.sun.net.httpserver.HttpExchange;
import io.headgate.gateway.Attempts;
import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway that is fake, and clients that go through it as they do under the agent. */
abstract class Fixture {

  static final String JSON = "{\"model\":\"m\"}";

  final FakeDoor door = new FakeDoor();
  final PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
  final ExecutorService threads = Executors.newCachedThreadPool();

  /** What becomes of a call. */
  interface Plan {
    GatewayResponse run(GatewayRequest request, Attempts attempts) throws Exception;
  }

  @BeforeEach
  void install() {
    Ingress.install(door);
    Apache4Adapter.on(true);
  }

  @AfterEach
  void uninstall() {
    Ingress.install(null);
    Apache4Adapter.on(true);
    pool.close();
    threads.shutdownNow();
  }

  final void plan(Plan plan) {
    door.behaviour =
        (request, upstream) -> {
          try {
            return CompletableFuture.completedFuture(plan.run(request, upstream.attempts()));
          } catch (Throwable t) {
            return CompletableFuture.failedFuture(t);
          }
        };
  }

  /** One attempt whose answer is tapped, waited for. */
  final GatewayResponse send(Attempts attempts, GatewayRequest request) throws Exception {
    return send(attempts, request, new Control(0));
  }

  final GatewayResponse send(Attempts attempts, GatewayRequest request, Control control)
      throws Exception {
    GatewayResponse response;
    try {
      response = attempts.send(request, control).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw (Exception) e.getCause();
    }
    FakeDoor.Tap tap = new FakeDoor.Tap();
    response.body().tap(tap);
    door.responses.add(response);
    door.taps.add(tap);
    return response;
  }

  /** One attempt that others wait for as well, who get it; the app gets an answer like it. */
  final GatewayResponse shared(
      Attempts attempts, GatewayRequest request, CompletableFuture<GatewayResponse> others)
      throws Exception {
    Control control = new Control(0);
    control.allowSharing();
    GatewayResponse response = send(attempts, request, control);
    control.share();
    others.complete(response);
    return made(response.status(), "a");
  }

  /** Reads an answer as others than the app do. */
  static String text(GatewayResponse response) {
    StringBuilder text = new StringBuilder();
    ByteBuffer chunk;
    while ((chunk = response.content().next().toCompletableFuture().join()) != null) {
      text.append(StandardCharsets.UTF_8.decode(chunk));
    }
    return text.toString();
  }

  /** Answers with {@code a} and, after a while, {@code b}. */
  static void twoParts(HttpExchange exchange, CountDownLatch between) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write('a');
    exchange.getResponseBody().flush();
    await(between);
    exchange.getResponseBody().write('b');
  }

  final void changing(UnaryOperator<GatewayRequest> change) {
    door.behaviour = (request, upstream) -> door.tapped(change.apply(request), upstream);
  }

  static GatewayRequest to(GatewayRequest request, Loopback server) {
    return request.withUri(URI.create(server.url(request.uri().getRawPath())));
  }

  /** An answer that nobody sent. */
  static GatewayResponse made(int status, String text, String... headers) {
    return GatewayResponse.of(
        status,
        Headers.ofFlat(headers),
        "",
        Content.of(text.getBytes(StandardCharsets.UTF_8), Ingress.newBody()));
  }

  static HttpPost post(String url, String json) {
    HttpPost post = new HttpPost(url);
    post.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    return post;
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Like the advice. */
  @SuppressWarnings("deprecation") // it has to be implemented
  static final class Through extends CloseableHttpClient {
    private final CloseableHttpClient inner;

    Through(CloseableHttpClient inner) {
      this.inner = inner;
    }

    @Override
    protected CloseableHttpResponse doExecute(
        HttpHost target, HttpRequest request, HttpContext context) throws IOException {
      Object[] result = ClassicCall.execute(inner, target, request, context);
      if (result == null) {
        return inner.execute(target, request, context);
      }
      if (result[1] instanceof IOException e) {
        throw e;
      }
      if (result[1] instanceof RuntimeException e) {
        throw e;
      }
      if (result[1] != null) {
        throw new AssertionError(result[1]);
      }
      return (CloseableHttpResponse) result[0];
    }

    @Override
    public HttpParams getParams() {
      return inner.getParams();
    }

    @Override
    public ClientConnectionManager getConnectionManager() {
      return inner.getConnectionManager();
    }

    @Override
    public void close() throws IOException {
      inner.close();
    }
  }
}
