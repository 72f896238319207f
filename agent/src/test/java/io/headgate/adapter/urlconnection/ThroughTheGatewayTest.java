// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThroughTheGatewayTest {

  private static final String STREAM =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";

  private RawServer server;
  private RawServer other;

  @BeforeEach
  void serve() throws IOException {
    server =
        new RawServer()
            .answer("/v1", SideBySide.reply("200 OK", "X-A: 1", "fine"))
            .answer("/404", SideBySide.reply("404 Not Found", "", "missing"))
            .answer("/429", SideBySide.reply("429 Slow", "", ""))
            .answer("/stream", STREAM)
            .answer("/short", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
            .answer("/silence", RawServer.SILENCE);
    other =
        new RawServer()
            .answer("/v1", SideBySide.reply("200 OK", "X-B: 2", "elsewhere"))
            .answer("/404", SideBySide.reply("404 Not Found", "", "missing there"))
            .answer("/moved", SideBySide.reply("302 Found", "Location: /v1", ""));
  }

  @AfterEach
  void stop() throws IOException {
    Ingress.install(null);
    server.close();
    other.close();
  }

  private HttpURLConnection to(String path) throws IOException {
    return SideBySide.ours(url(server, path));
  }

  private static URL url(RawServer at, String path) throws IOException {
    return URI.create(at.base() + path).toURL();
  }

  private static void write(HttpURLConnection connection, String body) throws IOException {
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Doors redirecting() {
    return new Doors(
            (request, upstream) ->
                upstream.send(
                    request
                        .withUri(URI.create(other.base() + request.uri().getRawPath()))
                        .withHeaders(request.headers().with("Authorization", "Bearer other"))))
        .open();
  }

  @Test
  void theGatewaySeesRequestAndAnswer() throws IOException {
    Doors door = Doors.watching().open();
    HttpURLConnection connection = to("/v1");
    connection.setRequestProperty("Authorization", "Bearer secret");
    connection.setRequestProperty("Content-Length", "7");
    write(connection, "{\"a\":1}");
    assertThat(Transcript.text(connection.getInputStream())).isEqualTo("fine");

    GatewayRequest request = door.requests.get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri()).isEqualTo(URI.create(server.base() + "/v1"));
    assertThat(request.headers().first("authorization")).isEqualTo("Bearer secret");
    assertThat(request.headers().contains("content-length")).isFalse();
    assertThat(request.body().text()).isEqualTo("{\"a\":1}");
    assertThat(door.responses.get(0).status()).isEqualTo(200);
    assertThat(door.responses.get(0).protocol()).isEqualTo("1.1");
    assertThat(door.responses.get(0).headers().first("x-a")).isEqualTo("1");
    assertThat(door.taps.get(0).text()).isEqualTo("fine");
    assertThat(door.taps.get(0).ending).isEqualTo("end");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aBodyReadToItsLengthHasEnded() throws IOException {
    Doors door = Doors.watching().open();
    InputStream in = to("/v1").getInputStream();
    assertThat(in.readNBytes(4)).hasSize(4);
    assertThat(door.taps.get(0).ending).isEqualTo("end");
  }

  @Test
  void anErrorBodyIsTapped() throws IOException {
    Doors door = Doors.watching().open();
    HttpURLConnection connection = to("/404");
    assertThatThrownBy(connection::getInputStream)
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(server.base() + "/404")
        .hasNoCause();
    assertThat(Transcript.text(connection.getErrorStream())).isEqualTo("missing");
    assertThat(door.responses.get(0).status()).isEqualTo(404);
    assertThat(door.taps.get(0).text()).isEqualTo("missing");
    assertThat(door.taps.get(0).ending).isEqualTo("end");
  }

  @Test
  void anAnswerWithoutBodyEndsWithItsHead() throws IOException {
    Doors door = Doors.watching().open();
    assertThat(to("/429").getResponseCode()).isEqualTo(429);
    assertThat(door.taps.get(0).ending).isEqualTo("end");
  }

  @Test
  void closingOrDisconnectingEarlyTellsTheTap() throws IOException {
    Doors door = Doors.watching().open();
    InputStream in = to("/stream").getInputStream();
    assertThat(in.read()).isEqualTo('h');
    in.close();
    HttpURLConnection unread = to("/stream");
    assertThat(unread.getResponseCode()).isEqualTo(200);
    assertThat(door.taps.get(1).ending).isEqualTo("open");
    unread.disconnect();
    assertThat(door.taps.get(0).ending).isEqualTo("left");
    assertThat(door.taps.get(0).text()).isEqualTo("h");
    assertThat(door.taps.get(1).ending).isEqualTo("left");
  }

  @Test
  void skippedBytesReachTheTapOnce() throws IOException {
    Doors door = Doors.watching().open();
    InputStream in = to("/stream").getInputStream();
    assertThat(in.skip(3)).isEqualTo(3);
    assertThat(Transcript.text(in)).isEqualTo("lo world");
    assertThat(door.taps.get(0).text()).isEqualTo("hello world");
  }

  @Test
  void aBrokenBodyTellsTheTapWhatTheAppIsTold() throws IOException {
    Doors door = Doors.watching().open();
    HttpURLConnection connection = to("/short");
    connection.setReadTimeout(50);
    assertThatThrownBy(() -> connection.getInputStream().readAllBytes())
        .isInstanceOf(SocketTimeoutException.class)
        .isSameAs(door.taps.get(0).cause);
    assertThat(door.taps.get(0).text()).isEqualTo("abc");
  }

  @Test
  void theFailureTheGatewaySeesIsTheOneTheAppGets() {
    Doors door = Doors.watching().open();
    assertThatThrownBy(
            () -> {
              HttpURLConnection connection = to("/silence");
              connection.setReadTimeout(50);
              connection.getResponseCode();
            })
        .isInstanceOf(SocketTimeoutException.class)
        .isSameAs(door.failures.get(0));
  }

  @Test
  void aRedirectedCallNeverTouchesTheOriginalHost() throws IOException {
    Doors door = redirecting();
    HttpURLConnection connection = to("/v1");
    connection.setRequestProperty("Authorization", "Bearer secret");
    connection.setRequestProperty("X-App", "app");
    connection.setDoOutput(true);
    connection.connect();
    try (OutputStream out = connection.getOutputStream()) {
      out.write("body".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(connection.getHeaderField("X-B")).isEqualTo("2");
    assertThat(Transcript.text(connection.getInputStream())).isEqualTo("elsewhere");
    assertThat(connection.getURL()).hasToString(server.base() + "/v1");
    assertThat(connection.getRequestProperty("X-App")).isEqualTo("app");
    assertThat(server.connections()).isZero();
    assertThat(other.requests()).hasSize(1);
    assertThat(other.requests().get(0))
        .startsWith("POST /v1 HTTP/1.1\r\n")
        .contains("Authorization: Bearer other\r\n", "X-App: app\r\n", "Host: 127.0.0.1:")
        .doesNotContain("secret")
        .endsWith("\r\n\r\nbody");
    assertThat(door.taps.get(0).text()).isEqualTo("elsewhere");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aRedirectedCallKeepsItsStreamingMode() throws IOException {
    redirecting();
    HttpURLConnection chunked = to("/v1");
    chunked.setChunkedStreamingMode(0);
    write(chunked, "abc");
    assertThat(chunked.getResponseCode()).isEqualTo(200);
    HttpURLConnection fixed = to("/v1");
    fixed.setFixedLengthStreamingMode(3);
    write(fixed, "abc");
    assertThat(fixed.getResponseCode()).isEqualTo(200);
    assertThat(other.requests().get(0))
        .contains("Transfer-Encoding: chunked")
        .endsWith("3\r\nabc\r\n0\r\n\r\n");
    assertThat(other.requests().get(1)).contains("Content-Length: 3").endsWith("\r\n\r\nabc");
  }

  @Test
  void anErrorElsewhereIsTheAppsError() throws IOException {
    redirecting();
    HttpURLConnection connection = to("/404");
    assertThatThrownBy(connection::getInputStream).isInstanceOf(FileNotFoundException.class);
    assertThat(Transcript.text(connection.getErrorStream())).isEqualTo("missing there");
  }

  @Test
  void aRedirectByTheServerShowsInTheUrl() throws IOException {
    redirecting();
    HttpURLConnection connection = to("/moved");
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(connection.getURL()).hasToString(other.base() + "/v1");
  }

  @Test
  void credentialsDoNotFollowARedirectToAThirdHost() throws IOException {
    other.answer("/away", SideBySide.reply("302 Found", "Location: " + server.base() + "/v1", ""));
    redirecting();
    HttpURLConnection connection = to("/away");
    assertThat(connection.getResponseCode()).isEqualTo(302);
    assertThat(connection.getHeaderField("Location")).isEqualTo(server.base() + "/v1");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aBodyGoesAlongWhereARedirectWithinTheOriginKeepsTheMethod() throws IOException {
    other.answer("/same", SideBySide.reply("307 Same", "Location: /v1", ""));
    redirecting();
    for (String path : new String[] {"/same", "/moved"}) {
      HttpURLConnection connection = to(path);
      write(connection, "{}");
      assertThat(Transcript.text(connection.getInputStream())).isEqualTo("elsewhere");
    }
    assertThat(other.requests()).hasSize(4);
    assertThat(other.requests().get(1))
        .startsWith("POST /v1 ")
        .contains("Authorization: Bearer other")
        .endsWith("{}");
    assertThat(other.requests().get(3)).startsWith("GET /v1 ").endsWith("\r\n\r\n");
  }

  @Test
  void aCallThatIsNotChangedIsRedirectedAsTheJdkDoesIt() throws IOException {
    server.answer("/away", SideBySide.reply("302 Found", "Location: " + other.base() + "/v1", ""));
    Doors.watching().open();
    assertThat(Transcript.text(to("/away").getInputStream())).isEqualTo("elsewhere");
  }

  @Test
  void aBodyThatCouldNotBeSentIsNotSentWithoutIt() throws IOException {
    int port = RawServer.unusedPort();
    Doors.watching().open();
    HttpURLConnection connection =
        SideBySide.ours(URI.create("http://127.0.0.1:" + port + "/v1").toURL());
    write(connection, "body");
    assertThatThrownBy(connection::getResponseCode)
        .isInstanceOf(ConnectException.class)
        .hasNoCause();
    try (RawServer late = new RawServer(new ServerSocket(port)).answer("/v1", STREAM)) {
      assertThatThrownBy(connection::getInputStream).isInstanceOf(ConnectException.class);
      assertThat(connection.getHeaderField("X-A")).isNull();
      assertThat(connection.getHeaderFields()).isEmpty();
      assertThat(connection.getErrorStream()).isNull();
      assertThat(late.connections()).isZero();
    }
  }

  @Test
  void aRepeatedAttemptSendsTheBodyAgainAndDropsTheFirstAnswer() throws IOException {
    Doors door =
        new Doors(
                (request, upstream) ->
                    upstream.send(request).thenCompose(first -> upstream.send(request)))
            .open();
    HttpURLConnection connection = to("/v1");
    connection.setRequestProperty("Authorization", "Bearer secret");
    write(connection, "twice");
    assertThat(Transcript.text(connection.getInputStream())).isEqualTo("fine");
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(1)).isEqualTo(server.requests().get(0)).endsWith("twice");
    assertThat(door.taps.get(0).text()).isEqualTo("fine");
  }

  @Test
  void anAttemptOnAnotherThreadIsWaitedFor() throws IOException {
    Doors door =
        new Doors(
                (request, upstream) ->
                    CompletableFuture.completedFuture(request).thenComposeAsync(upstream::send))
            .open();
    HttpURLConnection connection = to("/v1");
    write(connection, "body");
    Thread.currentThread().interrupt();
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(door.faults).isEmpty();
  }

  @Test
  void theAnswerIsAskedForOnce() throws IOException {
    Doors door = Doors.watching().open();
    HttpURLConnection connection = to("/v1");
    connection.getHeaderFields();
    connection.getResponseCode();
    InputStream in = connection.getInputStream();
    assertThat(connection.getInputStream()).isSameAs(in);
    connection.getContentLengthLong();
    assertThat(door.requests).hasSize(1);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aConnectionUsedInsideAnotherCallStaysSilent() throws IOException {
    Doors door = Doors.watching().open();
    HttpURLConnection connection = to("/v1");
    boolean entered = Ingress.enter();
    try {
      assertThat(connection.getResponseCode()).isEqualTo(200);
    } finally {
      Ingress.leave(entered);
    }
    assertThat(door.requests).isEmpty();
  }

  @Test
  void aLongStreamedBodyPassesUnseen() throws IOException {
    for (boolean fixed : new boolean[] {true, false}) {
      for (boolean elsewhere : new boolean[] {true, false}) {
        Doors door = elsewhere ? redirecting() : Doors.watching().open();
        HttpURLConnection connection = to("/v1");
        int length = (int) RequestBody.CAPTURE_LIMIT + 5;
        if (fixed) {
          connection.setFixedLengthStreamingMode(length);
        } else {
          connection.setChunkedStreamingMode(1 << 16);
        }
        connection.setDoOutput(true);
        OutputStream out = connection.getOutputStream();
        byte[] part = new byte[1 << 20];
        Arrays.fill(part, (byte) 'x');
        for (int left = length; left > 0; left -= part.length) {
          out.write(part, 0, Math.min(left, part.length));
        }
        out.close();
        assertThat(Transcript.text(connection.getInputStream()))
            .isEqualTo(elsewhere ? "elsewhere" : "fine");
        assertThat(door.requests.get(0).body().opaque()).isTrue();
        assertThat(door.taps.get(0).ending).isEqualTo("end");
        RawServer asked = elsewhere ? other : server;
        String sent = asked.requests().get(asked.requests().size() - 1);
        assertThat(sent.chars().filter(c -> c == 'x').count()).isGreaterThanOrEqualTo(length);
        assertThat(door.faults).isEmpty();
      }
    }
  }

  @Test
  void aLongBufferedBodyIsOpaqueAndCanGoElsewhere() throws IOException {
    Doors door = redirecting();
    HttpURLConnection connection = to("/v1");
    write(connection, "y".repeat((int) RequestBody.CAPTURE_LIMIT + 1));
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(door.requests.get(0).body().opaque()).isTrue();
    assertThat(server.connections()).isZero();
    assertThat(other.requests().get(0)).endsWith("yyy");
  }

  @Test
  void disconnectingWhileABodyPassesEndsTheCall() throws IOException {
    Doors door = Doors.watching().open();
    HttpURLConnection connection = to("/v1");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(RequestBody.CAPTURE_LIMIT + 1);
    connection.getOutputStream().write(1);
    assertThat(door.failures).isEmpty();
    connection.disconnect();
    assertThat(door.failures).hasSize(1);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aStageThatNeverCameFromUpstreamIsNotBelieved() throws IOException {
    CompletionStage<GatewayResponse> none = CompletableFuture.completedFuture(null);
    Doors door = new Doors((request, upstream) -> none).open();
    HttpURLConnection connection = to("/v1");
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(door.faults).hasSize(1);
    assertThat(server.requests()).hasSize(1);
  }
}
