// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SecuredAnswerTest {

  private static final HttpRequest REQUEST =
      HttpRequest.newBuilder(URI.create("https://127.0.0.1:9/")).build();

  private final SSLSession first = session();
  private final SSLSession second = session();

  @AfterEach
  void stop() {
    Ingress.install(null);
  }

  private static SSLSession session() {
    try {
      return SSLContext.getDefault().createSSLEngine().getSession();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerMadeFromTheLastAttemptsHasItsSession(boolean async) throws Throwable {
    ScriptedDoor.managing(
        (request, attempts) ->
            attempts
                .send(request, new Control(0))
                .thenCompose(
                    answer -> {
                      answer.abandon();
                      return attempts.send(request, new Control(0));
                    })
                .thenApply(
                    answer ->
                        GatewayResponse.of(
                            answer.status(),
                            answer.headers(),
                            answer.protocol(),
                            new Content(answer.content(), Ingress.newBody()))));
    HttpResponse<String> response =
        ScriptedDoor.call(async, new Answering(first, second), REQUEST, BodyHandlers.ofString());
    assertThat(response.sslSession()).containsSame(second);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerToNoAttemptHasNoSession(boolean async) throws Throwable {
    ScriptedDoor.managing(
        (request, attempts) ->
            CompletableFuture.completedFuture(
                GatewayResponse.of(
                    200, Headers.EMPTY, "1.1", Content.of(new byte[0], Ingress.newBody()))));
    HttpResponse<String> response =
        ScriptedDoor.call(async, new Answering(), REQUEST, BodyHandlers.ofString());
    assertThat(response.sslSession()).isEmpty();
  }

  /** A client that answers over one TLS session after the other, without a network. */
  private static final class Answering extends HttpClient {
    private final SSLSession[] sessions;
    private int sent;

    Answering(SSLSession... sessions) {
      this.sessions = sessions;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, BodyHandler<T> handler) {
      Head head = new Head(200, HttpHeaders.of(Map.of(), (n, v) -> true), Version.HTTP_1_1);
      BodySubscriber<T> subscriber = handler.apply(head);
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
          });
      SSLSession session = sessions[sent++];
      return subscriber
          .getBody()
          .<HttpResponse<T>>thenApply(
              body -> new DeliveredResponse<>(request, head, body, Optional.of(session)))
          .whenComplete((response, failure) -> subscriber.onComplete())
          .toCompletableFuture();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> push) {
      throw new AssertionError("not asked for");
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
      return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
      return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
      return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
      return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
      throw new AssertionError("not asked for");
    }

    @Override
    public SSLParameters sslParameters() {
      throw new AssertionError("not asked for");
    }

    @Override
    public Optional<Authenticator> authenticator() {
      return Optional.empty();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
      return Optional.empty();
    }
  }
}
