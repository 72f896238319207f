// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Control;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.http.client.ReactorNettyClientRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.JettyClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Connectors and factories that an app has extended. */
class OwnMethodsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Loopback server = new Loopback();
  private final TestDoor door = new TestDoor();
  private final HttpClient jetty = new HttpClient();
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    assertThat(door.faults).isEmpty();
    door.close();
    server.close();
    jetty.stop();
  }

  @Test
  void whatAConnectorOverridesRunsOnceForACall() {
    assertThat(reactive(new SigningReactor())).isEqualTo("answer to hello");
    assertThat(reactive(new SigningJetty())).isEqualTo("answer to hello");

    assertThat(runs).hasValue(2);
    assertSignedOnce();
  }

  @Test
  void whatAConnectorOverridesRunsOnceForACallThatIsChanged() {
    door.way =
        (request, upstream) ->
            upstream.send(request.withHeaders(request.headers().with("x-key", "ours")));

    assertThat(reactive(new SigningReactor())).isEqualTo("answer to hello");
    assertThat(reactive(new SigningJetty())).isEqualTo("answer to hello");

    assertThat(runs).hasValue(2);
    assertSignedOnce();
  }

  @Test
  void whatAFactoryOverridesRunsOnceForACallThatIsSentTwice() {
    door.way =
        (request, upstream) ->
            upstream
                .attempts()
                .send(request, new Control(0))
                .thenCompose(
                    first -> {
                      first.abandon();
                      return upstream.attempts().send(request, new Control(0));
                    });

    assertThat(blocking(new SigningReactorFactory())).isEqualTo("answer to hello");
    assertThat(blocking(new SigningJettyFactory())).isEqualTo("answer to hello");

    assertThat(runs).hasValue(2);
    assertThat(server.requests).hasSize(4);
    assertSignedOnce();
  }

  private void assertSignedOnce() {
    assertThat(server.requests)
        .allSatisfy(request -> assertThat(request.headers().get("X-signed")).containsExactly("1"));
  }

  private String reactive(ClientHttpConnector connector) {
    return WebClient.builder()
        .clientConnector(connector)
        .build()
        .post()
        .uri(server.uri("/chat"))
        .bodyValue("hello")
        .retrieve()
        .bodyToMono(String.class)
        .block(PATIENCE);
  }

  private String blocking(ClientHttpRequestFactory factory) {
    return RestClient.builder()
        .requestFactory(factory)
        .build()
        .post()
        .uri(server.uri("/chat"))
        .body("hello")
        .retrieve()
        .body(String.class);
  }

  private Function<org.springframework.http.client.reactive.ClientHttpRequest, Mono<Void>> signed(
      Function<? super org.springframework.http.client.reactive.ClientHttpRequest, Mono<Void>>
          callback) {
    runs.incrementAndGet();
    return request -> {
      request.getHeaders().add("x-signed", "1");
      return callback.apply(request);
    };
  }

  private ClientHttpRequest signed(Object request) {
    runs.incrementAndGet();
    ClientHttpRequest made = (ClientHttpRequest) request;
    made.getHeaders().add("x-signed", "1");
    return made;
  }

  /** Each calls what it extends, which has the advice in it. */
  private final class SigningReactor extends ReactorClientHttpConnector {
    @Override
    @SuppressWarnings("unchecked")
    public Mono<ClientHttpResponse> connect(
        HttpMethod method,
        URI uri,
        Function<? super org.springframework.http.client.reactive.ClientHttpRequest, Mono<Void>>
            callback) {
      return (Mono<ClientHttpResponse>)
          SpringAdapter.connect(ReactorEngine.IT, this, method, uri, signed(callback));
    }
  }

  private final class SigningJetty extends JettyClientHttpConnector {
    SigningJetty() {
      super(jetty);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Mono<ClientHttpResponse> connect(
        HttpMethod method,
        URI uri,
        Function<? super org.springframework.http.client.reactive.ClientHttpRequest, Mono<Void>>
            callback) {
      return (Mono<ClientHttpResponse>)
          SpringAdapter.connect(JettyEngine.IT, this, method, uri, signed(callback));
    }
  }

  private final class SigningReactorFactory extends ReactorNettyClientRequestFactory {
    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
      return signed(
          SpringAdapter.created(ReactorEngine.IT, this, uri, super.createRequest(uri, method)));
    }
  }

  private final class SigningJettyFactory extends JettyClientHttpRequestFactory {
    SigningJettyFactory() {
      super(jetty);
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
      return signed(
          SpringAdapter.created(JettyEngine.IT, this, uri, super.createRequest(uri, method)));
    }
  }
}
