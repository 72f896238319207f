// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsTest {

  private final List<String> atHome = new CopyOnWriteArrayList<>();
  private final List<String> atThird = new CopyOnWriteArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private HttpServer home;
  private HttpServer third;
  private boolean changing = true;

  @BeforeEach
  void serve() throws IOException {
    third = server(atThird, "");
    home = server(atHome, url(third, "/x"));
    Ingress.install(new Door());
  }

  @AfterEach
  void stop() {
    Ingress.install(null);
    home.stop(0);
    third.stop(0);
  }

  /** Answers /away with a redirect, /again with one to /fine, all else with "fine". */
  private static HttpServer server(List<String> requests, String away) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] body = exchange.getRequestBody().readAllBytes();
          requests.add(
              exchange.getRequestMethod()
                  + " "
                  + path
                  + " "
                  + exchange.getRequestHeaders().getFirst("x-api-key")
                  + " "
                  + new String(body, StandardCharsets.UTF_8));
          byte[] answer = "fine".getBytes(StandardCharsets.UTF_8);
          if (path.equals("/away") || path.startsWith("/again")) {
            exchange.getResponseHeaders().set("Location", path.equals("/away") ? away : "/fine");
            exchange.sendResponseHeaders(path.endsWith("302") ? 302 : 307, answer.length);
          } else {
            exchange.sendResponseHeaders(200, answer.length);
          }
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server, String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private final class Door implements Ingress.Door {
    @Override
    public boolean handles(String host, int port) {
      return true;
    }

    @Override
    public CompletionStage<GatewayResponse> execute(
        GatewayRequest request, Exchange.CallSite callSite, Upstream upstream) {
      return upstream.send(
          changing ? request.withHeaders(request.headers().with("x-api-key", "ours")) : request);
    }

    @Override
    public void fault(String stage, Throwable fault) {
      throw new AssertionError(stage, fault);
    }
  }

  @SuppressWarnings("unchecked")
  private HttpResponse<String> call(String path, boolean async) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url(home, path)))
            .header("x-api-key", "app")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    if (async) {
      Object future = JdkAdapter.sendAsync(client, request, BodyHandlers.ofString(), null);
      return ((CompletableFuture<HttpResponse<String>>) future).get();
    }
    Object[] result = JdkAdapter.send(client, request, BodyHandlers.ofString());
    assertThat(result[1]).isNull();
    return (HttpResponse<String>) result[0];
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void credentialsDoNotFollowARedirectToAThirdHost(boolean async) throws Exception {
    HttpResponse<String> response = call("/away", async);
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(response.headers().firstValue("Location")).contains(url(third, "/x"));
    assertThat(atHome).containsExactly("POST /away ours {}");
    assertThat(atThird).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRedirectWithinTheOriginIsFollowed(boolean async) throws Exception {
    assertThat(call("/again", async).body()).isEqualTo("fine");
    assertThat(call("/again302", async).statusCode()).isEqualTo(200);
    assertThat(atHome)
        .containsExactly(
            "POST /again ours {}",
            "POST /fine ours {}",
            "POST /again302 ours {}",
            "GET /fine ours ");
  }

  @Test
  void aCallThatIsNotChangedIsRedirectedAsTheAppsClientDoesIt() throws Exception {
    changing = false;
    assertThat(call("/away", false).statusCode()).isEqualTo(200);
    assertThat(call("/away", true).statusCode()).isEqualTo(200);
    assertThat(atThird).hasSize(2).allMatch(request -> request.startsWith("POST /x "));
  }

  @Test
  void aClientHasOneSibling() {
    Siblings siblings = new Siblings();
    HttpClient sibling = siblings.of(client, HttpClient.Redirect.NEVER, 0, null);
    assertThat(siblings.of(client, HttpClient.Redirect.NEVER, 0, null)).isSameAs(sibling);
    assertThat(sibling.followRedirects()).isEqualTo(HttpClient.Redirect.NEVER);
  }
}
