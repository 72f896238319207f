// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a connection is made, and who hears that it could not be. */
class ConnectTest {

  @AfterEach
  void close() {
    Ingress.install(null);
  }

  private static void refused(Transcript.Script script) throws Exception {
    int port = RawServer.unusedPort();
    SideBySide.same(
        base -> URI.create("http://127.0.0.1:" + port + "/v1").toURL(),
        script,
        List.of(Doors.watching().staying()));
  }

  @Test
  void aRefusedConnectionIsToldWhereTheAppConnects() throws Exception {
    refused(
        (app, c) -> {
          app.does("connect", c::connect);
          app.does("connect again", c::connect);
          app.says("type", c::getContentType);
          app.does("set", () -> c.setRequestProperty("a", "b"));
          app.does("cache", () -> c.setUseCaches(false));
          app.asksAll();
        });
  }

  @Test
  void aRefusedConnectionIsToldWhereTheAppAsksForTheOutput() throws Exception {
    for (int mode = 0; mode < 3; mode++) {
      int chosen = mode;
      refused(
          (app, c) -> {
            c.setDoOutput(true);
            if (chosen == 1) {
              c.setFixedLengthStreamingMode(3);
            } else if (chosen == 2) {
              c.setChunkedStreamingMode(16);
            }
            app.says("output", c::getOutputStream);
            app.says("method", c::getRequestMethod);
            app.says("output again", c::getOutputStream);
            app.does("set", () -> c.setRequestProperty("a", "b"));
            app.does("method", () -> c.setRequestMethod("PUT"));
            app.reads();
            app.says("code", c::getResponseCode);
          });
    }
  }

  @Test
  void aCallThatStaysConnectsAtOnceAndSendsLater() throws IOException {
    Doors door = Doors.watching().staying().open();
    try (RawServer server = SideBySide.answering()) {
      HttpURLConnection connection = SideBySide.ours(URI.create(server.base() + "/ok").toURL());
      connection.connect();
      await().untilAsserted(() -> assertThat(server.connections()).isEqualTo(1));
      assertThat(door.requests).isEmpty();
      assertThat(Transcript.text(connection.getInputStream())).isEqualTo("fine");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aChangedRequestLeavesTheConnectionThatWasMade() throws IOException {
    Doors door =
        new Doors(
                (request, upstream) ->
                    upstream.send(
                        new GatewayRequest(
                            request.method(),
                            request.uri(),
                            request.headers(),
                            RequestBody.of("changed".getBytes(StandardCharsets.UTF_8)))))
            .staying()
            .open();
    try (RawServer server = SideBySide.answering()) {
      HttpURLConnection connection = SideBySide.ours(URI.create(server.base() + "/ok").toURL());
      connection.setDoOutput(true);
      try (var out = connection.getOutputStream()) {
        out.write('a');
      }
      assertThat(Transcript.text(connection.getInputStream())).isEqualTo("fine");
      assertThat(connection.getRequestMethod()).isEqualTo("POST");
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0)).endsWith("\r\n\r\nchanged");
      await().untilAsserted(() -> assertThat(server.open()).isEqualTo(1));
    }
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aFailureAfterADeferredConnectIsNotLost() throws IOException {
    URI nowhere = URI.create("http://127.0.0.1:" + RawServer.unusedPort() + "/v1");
    new Doors((request, upstream) -> upstream.send(request.withUri(nowhere))).open();
    try (RawServer server = SideBySide.answering()) {
      URL url = URI.create(server.base() + "/ok").toURL();
      HttpURLConnection connection = SideBySide.ours(url);
      connection.connect();
      assertThat(connection.getContentType()).isNull();
      assertThatThrownBy(connection::getResponseCode).isInstanceOf(ConnectException.class);
      assertThatThrownBy(connection::getInputStream).isInstanceOf(ConnectException.class);
      assertThat(server.connections()).isZero();
    }
  }
}
