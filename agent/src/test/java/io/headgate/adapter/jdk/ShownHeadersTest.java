// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ShownHeadersTest {

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  private final CompletableFuture<String> toldToHandler = new CompletableFuture<>();
  private final BodyHandler<String> handler =
      info -> {
        toldToHandler.complete(info.headers().firstValue("x-headgate-cost").orElse("nothing"));
        return BodyHandlers.ofString().apply(info);
      };
  private LiveServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new LiveServer();
  }

  @AfterEach
  void stop() throws IOException {
    Ingress.install(null);
    server.close();
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(server.uri(path)).build();
  }

  private static ScriptedDoor adding(boolean changingTheRequest) {
    return new ScriptedDoor(
        (request, upstream) ->
            upstream
                .send(
                    changingTheRequest
                        ? request.withHeaders(request.headers().with("x-key", "ours"))
                        : request)
                .thenApply(
                    response ->
                        response.withHeaders(response.headers().with("x-headgate-cost", "7"))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theAppSeesTheFieldsThatWereAdded(boolean async) throws Throwable {
    for (boolean changing : new boolean[] {false, true}) {
      ScriptedDoor door = adding(changing);
      HttpRequest request = get("/v1");
      HttpResponse<String> response = ScriptedDoor.call(async, client, request, handler);
      assertThat(response.headers().firstValue("x-headgate-cost")).contains("7");
      assertThat(response.headers().firstValue("x-a")).contains("server");
      assertThat(toldToHandler.get()).isEqualTo("7");
      assertThat(response.body()).isEqualTo("fine");
      assertThat(response.uri()).isEqualTo(request.uri());
      assertThat(response).hasToString("(GET " + request.uri() + ") 200");
      assertThat(door.faults).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereTheClientWasRedirectedToStillShows(boolean async) throws Throwable {
    server.script(
        (number, out) ->
            out.write(
                number == 1
                    ? "HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: /next\r\n\r\n"
                    : LiveServer.answer(200, "fine")));
    adding(false);
    HttpResponse<String> response = ScriptedDoor.call(async, client, get("/v1"), handler);
    assertThat(response.headers().firstValue("x-headgate-cost")).contains("7");
    assertThat(response.uri()).isEqualTo(server.uri("/next"));
    assertThat(response.request().uri()).isEqualTo(server.uri("/next"));
    assertThat(response.previousResponse()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerThatNobodyChangedIsTheClientsOwn(boolean async) throws Throwable {
    new ScriptedDoor((request, upstream) -> upstream.send(request));
    HttpResponse<String> response = ScriptedDoor.call(async, client, get("/v1"), handler);
    assertThat(response.getClass().getName()).startsWith("jdk.internal.");
    assertThat(toldToHandler.get()).isEqualTo("nothing");
  }

  @Test
  void whoOnlyObservesHandsTheClientsFutureOn() throws Exception {
    CompletableFuture<HttpResponse<String>> clients = client.sendAsync(get("/v1"), handler);
    new ScriptedDoor((request, upstream) -> upstream.send(request)).moving = false;
    CompletableFuture<HttpResponse<String>> ours = ScriptedDoor.async(client, get("/v1"), handler);
    assertThat(ours.getClass()).isSameAs(clients.getClass());
    assertThat(ours.get().getClass()).isSameAs(clients.get().getClass());
  }

  @Test
  void cancellingEndsACallWhoseFieldsMayChange() throws Exception {
    server.script((number, out) -> {});
    ScriptedDoor door = adding(false);
    CompletableFuture<HttpResponse<String>> future =
        ScriptedDoor.async(client, get("/v1"), handler);
    server.awaitRequest();
    assertThat(future.cancel(true)).isTrue();
    server.awaitGone();
    assertThat(door.ending.get()).isNotEqualTo("200");
  }
}
