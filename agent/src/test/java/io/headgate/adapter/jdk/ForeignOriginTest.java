// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Upstream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The app's passwords and cookies go where the app meant them to go. */
@Timeout(60)
class ForeignOriginTest {

  private final CookieManager cookies = new CookieManager();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Authenticator authenticator =
      new Authenticator() {
        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
          asked.add(getRequestorType() + " " + getRequestingPrompt() + " " + getRequestingPort());
          return new PasswordAuthentication("app", "secret".toCharArray());
        }
      };
  private LiveServer own;
  private LiveServer foreign;

  @BeforeEach
  void serve() throws IOException {
    own = new LiveServer();
    foreign = new LiveServer();
    HttpCookie cookie = new HttpCookie("session", "ours");
    cookie.setPath("/");
    cookie.setVersion(0);
    cookies.getCookieStore().add(own.uri("/"), cookie); // Cookies do not know ports.
  }

  @AfterEach
  void stop() throws IOException {
    Ingress.install(null);
    own.close();
    foreign.close();
  }

  private static void challenging(LiveServer server, int status, String who) {
    server.script(
        (number, out) ->
            out.write(
                number > 1
                    ? LiveServer.answer(200, "fine")
                    : "HTTP/1.1 "
                        + status
                        + " X\r\n"
                        + who
                        + "-Authenticate: Basic realm=\"r\"\r\nContent-Length: 0\r\n\r\n"));
  }

  private HttpClient.Builder client() {
    return HttpClient.newBuilder().authenticator(authenticator).cookieHandler(cookies);
  }

  private HttpResponse<String> call(boolean async, boolean managed, HttpClient client, URI to)
      throws Throwable {
    ScriptedDoor door =
        new ScriptedDoor((request, upstream) -> send(managed, request.withUri(to), upstream));
    HttpRequest request =
        HttpRequest.newBuilder(own.uri("/v1")).POST(BodyPublishers.ofString("{}")).build();
    HttpResponse<String> response =
        ScriptedDoor.call(async, client, request, BodyHandlers.ofString());
    assertThat(door.faults).isEmpty();
    return response;
  }

  private static CompletionStage<GatewayResponse> send(
      boolean managed, GatewayRequest request, Upstream upstream) {
    return managed ? upstream.attempts().send(request, new Control(0)) : upstream.send(request);
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void aForeignServerGetsNeitherPasswordNorCookie(boolean async, boolean managed) throws Throwable {
    challenging(foreign, 401, "WWW");
    HttpResponse<String> response = call(async, managed, client().build(), foreign.uri("/v1"));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(foreign.requests).hasSize(1);
    assertThat(foreign.requests.get(0)).doesNotContain("Authorization", "session=");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void theAppsOwnServerGetsBoth(boolean async, boolean managed) throws Throwable {
    challenging(own, 401, "WWW");
    HttpResponse<String> response = call(async, managed, client().build(), own.uri("/else"));
    assertThat(response.body()).isEqualTo("fine");
    assertThat(own.requests).hasSize(2).allMatch(r -> r.contains("session="));
    assertThat(own.requests.get(1)).contains("Authorization: Basic ");
    assertThat(asked).containsExactly("SERVER r " + own.uri("/").getPort());
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void aProxyOnTheWayGetsItsPassword(boolean async, boolean managed) throws Throwable {
    LiveServer proxy = own; // Any server will do.
    challenging(proxy, 407, "Proxy");
    int port = proxy.uri("/").getPort();
    HttpClient client =
        client().proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", port))).build();
    HttpResponse<String> response = call(async, managed, client, foreign.uri("/v1"));
    assertThat(response.body()).isEqualTo("fine");
    assertThat(proxy.requests).hasSize(2);
    assertThat(proxy.requests.get(1))
        .startsWith("POST " + foreign.uri("/v1"))
        .contains("Proxy-Authorization: Basic ")
        .doesNotContain("session=");
    assertThat(asked).containsExactly("PROXY r " + port);
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void aServerBehindAProxyGetsNoPassword(boolean async, boolean managed) throws Throwable {
    LiveServer proxy = own;
    challenging(proxy, 401, "WWW");
    int port = proxy.uri("/").getPort();
    HttpClient client =
        client().proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", port))).build();
    // The client has it so where an authenticator has no answer.
    assertThatThrownBy(() -> call(async, managed, client, foreign.uri("/v1")))
        .isInstanceOf(IOException.class);
    assertThat(proxy.requests).hasSize(1);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void aClientThatFollowsNoRedirectFollowsNoneElsewhereEither(boolean async, boolean managed)
      throws Throwable {
    foreign.script(
        (number, out) ->
            out.write("HTTP/1.1 307 X\r\nContent-Length: 0\r\nLocation: /next\r\n\r\n"));
    assertThat(call(async, managed, client().build(), foreign.uri("/v1")).statusCode())
        .isEqualTo(307);
    assertThat(foreign.requests).hasSize(1);
  }
}
