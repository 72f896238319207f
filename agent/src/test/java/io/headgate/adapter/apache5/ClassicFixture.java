// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway of the test's, and a client that goes through it as it does under the agent. */
abstract class ClassicFixture {

  final TestDoor door = new TestDoor();
  final PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
  final CloseableHttpClient client = client(builder -> {});

  @BeforeEach
  void install() {
    Ingress.install(door);
    Apache5Adapter.on(true);
  }

  @AfterEach
  void uninstall() throws IOException {
    Ingress.install(null);
    Apache5Adapter.on(true);
    door.close();
    client.close();
    pool.close(CloseMode.IMMEDIATE);
  }

  final CloseableHttpClient client(Consumer<HttpClientBuilder> more) {
    HttpClientBuilder builder =
        HttpClients.custom().setConnectionManager(pool).setConnectionManagerShared(true);
    more.accept(builder);
    return new Advised(builder.build());
  }

  static HttpPost post(String url, String json) {
    HttpPost post = new HttpPost(url);
    post.setHeader("Authorization", "Bearer sk-app");
    post.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    return post;
  }

  static GatewayResponse made(int status, String text, String... fields) {
    return GatewayResponse.of(
        status,
        Headers.ofFlat(fields),
        "",
        Content.of(text.getBytes(StandardCharsets.UTF_8), Ingress.newBody()));
  }

  /** The same path on another host. */
  static URI moved(URI uri, LocalServer to) {
    return URI.create(to.url(uri.getRawPath()).replace("127.0.0.1", "localhost"));
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  final void assertNothingLeased() {
    assertThat(pool.getTotalStats().getLeased()).isZero();
  }

  /** Has the advice's effect on the client's {@code doExecute}. */
  private static final class Advised extends CloseableHttpClient {
    private final CloseableHttpClient client;

    Advised(CloseableHttpClient client) {
      this.client = client;
    }

    @Override
    protected CloseableHttpResponse doExecute(
        HttpHost target, ClassicHttpRequest request, HttpContext context) throws IOException {
      Object[] answer = (Object[]) DoExecuteAdvice.enter(client, target, request, context);
      if (answer == null) {
        return client.execute(target, request, context);
      }
      if (answer[1] != null) {
        throw Unchecked.<IOException>sneak((Throwable) answer[1]);
      }
      return (CloseableHttpResponse) answer[0];
    }

    @Override
    public void close() throws IOException {
      client.close();
    }

    @Override
    public void close(CloseMode mode) {
      client.close(mode);
    }
  }
}
