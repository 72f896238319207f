// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.Content;
import io.headgate.gateway.ContentTransform;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.TransformedSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The app gets the answer that the gateway's stage ends with, wherever it came from. */
class DeliveredAnswersTest {

  /** Does not end. */
  private static final String OPEN =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";

  private RawServer server;
  private RawServer other;

  @BeforeEach
  void serve() throws IOException {
    server =
        SideBySide.answering()
            .answer("/v1", SideBySide.reply("200 OK", "X-A: 1\r\nX-A: 2", "fine"))
            .answer("/open", OPEN);
    other =
        new RawServer()
            .answer("/v1", SideBySide.reply("200 Sure", "X-B: 2", "elsewhere"))
            .answer("/moved", SideBySide.reply("307 Same", "Location: /v1", ""))
            .answer("/away", SideBySide.reply("302 Found", "Location: http://127.0.0.2/", ""));
  }

  @AfterEach
  void stop() throws IOException {
    Ingress.install(null);
    server.close();
    other.close();
  }

  private HttpURLConnection to(String path) throws IOException {
    return SideBySide.ours(URI.create(server.base() + path).toURL());
  }

  private static void write(HttpURLConnection connection, String body) throws IOException {
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** One attempt each, whose answer is looked at to its end or not at all, reads like none. */
  private static List<String> same(String path, Transcript.Script script) throws Exception {
    List<String> sent =
        SideBySide.same(
            base -> URI.create(base + path).toURL(),
            script,
            List.of(
                new Doors(
                    (request, upstream) ->
                        Objects.requireNonNull(upstream.attempts()).send(request, Managed.free())),
                new Doors(
                    (request, upstream) ->
                        Objects.requireNonNull(upstream.attempts())
                            .send(request, Managed.free())
                            .thenCompose(
                                response ->
                                    Objects.requireNonNull(response.content())
                                        .hold(new Managed.Looking(), 1 << 20)
                                        .thenApply(ended -> response)))));
    return sent;
  }

  @Test
  void anAnswerReadsAsTheJdkGivesIt() throws Exception {
    for (String path : List.of("/ok", "/404", "/410", "/500", "/429", "/chunked", "/dates")) {
      same(
          path,
          (app, c) -> {
            c.setRequestProperty("Authorization", "Bearer secret");
            c.setDoOutput(true);
            app.writes("{}");
            app.asksAll();
            app.does("disconnect", c::disconnect);
            app.says("error", c::getErrorStream);
          });
    }
    for (String path : List.of("/ok", "/old", "/gzip", "/404")) {
      same(path, (app, c) -> app.asksAll());
    }
    for (String path : List.of("/ok", "/404")) {
      same(
          path,
          (app, c) -> {
            app.reads();
            app.asksAll();
          });
    }
  }

  @Test
  void anAnswerWithoutBodyReadsAsTheJdkGivesIt() throws Exception {
    for (String path : List.of("/503", "/204", "/304", "/empty")) {
      // Not asked for the request fields: of those that were sent only the app's are shown.
      same(
          path,
          (app, c) -> {
            app.says("code", c::getResponseCode);
            app.says("message", c::getResponseMessage);
            app.says("fields", c::getHeaderFields);
            app.reads();
            app.does("set late", () -> c.setRequestProperty("a", "b"));
            app.does("do input late", () -> c.setDoInput(true));
          });
      Doors door = Managed.once();
      assertThat(to(path).getResponseCode()).isPositive();
      assertThat(door.taps.get(0).ending).isEqualTo("end");
    }
  }

  @Test
  void aFailureIsTheJdksOwn() throws Exception {
    same(
        "/reset",
        (app, c) -> {
          c.setDoOutput(true);
          c.setFixedLengthStreamingMode(2);
          app.writes("{}");
          app.says("code", c::getResponseCode);
          app.says("input", c::getInputStream);
          app.says("fields", c::getHeaderFields);
        });
    same(
        "/silence",
        (app, c) -> {
          c.setReadTimeout(50);
          app.says("code", c::getResponseCode);
          app.says("code", c::getResponseCode);
        });
    same(
        "/short",
        (app, c) -> {
          app.says("input", () -> Transcript.text(c.getInputStream()));
        });
  }

  @Test
  void aSecondAttemptAnswersInPlaceOfTheFirst() throws IOException {
    List<GatewayResponse> rejected = new ArrayList<>();
    Doors door =
        Managed.door(
            (request, attempts) ->
                attempts
                    .send(request, Managed.free())
                    .thenCompose(
                        first -> {
                          rejected.add(first);
                          first.abandon();
                          return attempts.send(
                              Managed.at(request, other, "/v1")
                                  .withHeaders(request.headers().with("X-Key", "b"))
                                  .withBody(RequestBody.of(new byte[] {'B'})),
                              Managed.free());
                        }));
    HttpURLConnection connection = to("/500");
    connection.setRequestProperty("X-App", "app");
    write(connection, "body");
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(connection.getResponseMessage()).isEqualTo("Sure");
    assertThat(connection.getHeaderField("X-B")).isEqualTo("2");
    assertThat(connection.getHeaderField(0)).isEqualTo("HTTP/1.1 200 Sure");
    assertThat(Transcript.text(connection.getInputStream())).isEqualTo("elsewhere");
    assertThat(connection.getURL()).hasToString(server.base() + "/500");
    assertThat(rejected.get(0).status()).isEqualTo(500);
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0)).endsWith("body");
    assertThat(other.requests().get(0)).contains("X-App: app", "X-Key: b").endsWith("\r\n\r\nB");
    assertThat(door.taps.get(0).text()).isEqualTo("elsewhere");
    assertThat(door.taps.get(0).ending).isEqualTo("end");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void anAnswerOfOurOwnIsGivenWithoutAnyCall() throws IOException {
    Headers headers = Headers.ofFlat("Content-Type", "application/json", "X-Headgate-Cache", "hit");
    Doors door =
        new Doors(
                (request, upstream) ->
                    CompletableFuture.completedFuture(Managed.own(200, headers, "{\"a\":1}")))
            .open();
    HttpURLConnection connection = to("/v1");
    write(connection, "body");
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(connection.getResponseMessage()).isEqualTo("OK");
    assertThat(connection.getContentType()).isEqualTo("application/json");
    assertThat(connection.getHeaderFieldKey(2)).isEqualTo("X-Headgate-Cache");
    assertThat(connection.getHeaderFields()).containsEntry("X-Headgate-Cache", List.of("hit"));
    assertThat(connection.getContentLengthLong()).isEqualTo(-1);
    assertThat(Transcript.text(connection.getInputStream())).isEqualTo("{\"a\":1}");
    assertThat(server.connections()).isZero();
    assertThat(door.taps.get(0).ending).isEqualTo("end");
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aRefusalOfOurOwnThrowsAsTheJdkDoes() throws IOException {
    for (int status : new int[] {404, 429}) {
      Headers headers = Headers.ofFlat("Content-Length", "4");
      Doors door =
          new Doors(
                  (request, upstream) ->
                      CompletableFuture.completedFuture(Managed.own(status, headers, "nope")))
              .open();
      HttpURLConnection connection = to("/v1");
      if (status == 404) {
        assertThatThrownBy(connection::getInputStream)
            .isInstanceOf(FileNotFoundException.class)
            .hasMessage(server.base() + "/v1")
            .hasNoCause();
      } else {
        assertThatThrownBy(connection::getInputStream)
            .isExactlyInstanceOf(IOException.class)
            .hasMessage(
                "Server returned HTTP response code: 429 for URL: " + server.base() + "/v1");
        assertThat(connection.getResponseMessage()).isEqualTo("Too Many Requests");
      }
      assertThat(connection.getResponseCode()).isEqualTo(status);
      assertThat(connection.getErrorStream().readNBytes(4)).isEqualTo("nope".getBytes());
      assertThat(door.taps.get(0).ending).isEqualTo("end");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void anAnswerIsGivenThoughTheAppStillWrites() throws IOException {
    Doors door =
        new Doors(
                (request, upstream) -> {
                  assertThat(upstream.attempts()).isNull();
                  return CompletableFuture.completedFuture(
                      Managed.own(403, Headers.EMPTY, "too long"));
                })
            .open();
    HttpURLConnection connection = to("/v1");
    connection.setFixedLengthStreamingMode(RequestBody.CAPTURE_LIMIT + 1);
    connection.setDoOutput(true);
    connection.getOutputStream().write(1);
    assertThat(connection.getResponseCode()).isEqualTo(403);
    assertThat(Transcript.text(connection.getErrorStream())).isEqualTo("too long");
    assertThat(server.connections()).isZero();
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aStreamIsReadBeforeItEnds() throws IOException {
    Doors door = Managed.once();
    HttpURLConnection connection = to("/open");
    write(connection, "{}");
    InputStream in = connection.getInputStream();
    assertThat(in.readNBytes(5)).isEqualTo("hello".getBytes());
    assertThat(in.available()).isZero();
    assertThat(door.taps.get(0).text()).isEqualTo("hello");
    assertThat(door.taps.get(0).ending).isEqualTo("open");
    in.close();
    assertThat(door.taps.get(0).ending).isEqualTo("left");
    assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessage("stream is closed");
  }

  @Test
  void aChangedBodyIsDeliveredAndItsSourceLetGo() throws IOException {
    ContentTransform loud =
        new ContentTransform() {
          @Override
          public ByteBuffer apply(ByteBuffer chunk) {
            return StandardCharsets.UTF_8.encode(
                StandardCharsets.UTF_8.decode(chunk).toString().toUpperCase(java.util.Locale.ROOT));
          }

          @Override
          public ByteBuffer finish() {
            return ByteBuffer.wrap(new byte[] {'!'});
          }
        };
    List<Content> sources = new ArrayList<>();
    Doors door =
        Managed.door(
            (request, attempts) ->
                attempts
                    .send(request, Managed.free())
                    .thenApply(
                        response -> {
                          Content source = Objects.requireNonNull(response.content());
                          sources.add(source);
                          return GatewayResponse.of(
                              response.status(),
                              response.headers(),
                              response.protocol(),
                              new Content(new TransformedSource(source, loud), Ingress.newBody()));
                        }));
    HttpURLConnection connection = to("/v1");
    assertThat(Transcript.text(connection.getInputStream())).isEqualTo("FINE!");
    assertThat(door.taps.get(0).text()).isEqualTo("FINE!");
    assertThat(sources.get(0).ended()).isTrue();
    assertThat(sources.get(0).next()).isCompletedWithValue(null);
  }

  @Test
  void attemptsThatNobodyWantedAreClosed() throws IOException {
    List<Content> first = new ArrayList<>();
    Managed.door(
        (request, attempts) ->
            attempts
                .send(Managed.at(request, server, "/open"), Managed.free())
                .thenCompose(
                    response -> {
                      first.add(Objects.requireNonNull(response.content()));
                      return attempts.send(Managed.at(request, other, "/v1"), Managed.free());
                    }));
    assertThat(Transcript.text(to("/v1").getInputStream())).isEqualTo("elsewhere");
    assertThat(first.get(0).next().toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void aRedirectIsFollowedWithinTheOriginOnly() throws IOException {
    Managed.door(
        (request, attempts) ->
            attempts.send(Managed.at(request, other, request.uri().getRawPath()), Managed.free()));
    HttpURLConnection moved = to("/moved");
    write(moved, "{}");
    assertThat(Transcript.text(moved.getInputStream())).isEqualTo("elsewhere");
    assertThat(other.requests().get(1)).startsWith("POST /v1 ").endsWith("{}");
    assertThat(moved.getURL()).hasToString(other.base() + "/v1");
    HttpURLConnection away = to("/away");
    assertThat(away.getResponseCode()).isEqualTo(302);
    assertThat(away.getHeaderField("Location")).isEqualTo("http://127.0.0.2/");
  }

  @Test
  void aPostIsNotSentAgainUnasked() throws IOException {
    Doors door = Managed.once();
    HttpURLConnection connection = to("/reset");
    write(connection, "{}");
    assertThatThrownBy(connection::getResponseCode).isInstanceOf(IOException.class);
    assertThat(server.requests()).hasSize(1);
    assertThat(door.failures).hasSize(1);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aFailedCallConnectsNoMore() throws IOException {
    Doors door = Managed.once();
    HttpURLConnection connection = to("/reset");
    write(connection, "{}");
    assertThatThrownBy(connection::getResponseCode).isSameAs(door.failures.get(0));
    assertThatThrownBy(connection::getOutputStream)
        .isInstanceOf(IOException.class)
        .hasCause(door.failures.get(0));
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void aRefusedKeyIsToldWithItsReason() throws IOException {
    Managed.once();
    HttpURLConnection connection = to("/401");
    write(connection, "{}");
    assertThat(connection.getResponseCode()).isEqualTo(401);
    assertThat(Transcript.text(connection.getErrorStream())).isEqualTo("who");
    // The JDK throws the first answer away, because it streamed the body.
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(1)).isEqualTo(server.requests().get(0));
  }

  @Test
  void aFaultAfterAnAttemptNeverSendsAgain() throws IOException {
    Doors door =
        Managed.door(
            (request, attempts) ->
                attempts
                    .send(request, Managed.free())
                    .thenApply(
                        response -> {
                          throw new IllegalStateException("ours");
                        }));
    HttpURLConnection connection = to("/v1");
    assertThat(Transcript.text(connection.getInputStream())).isEqualTo("fine");
    assertThat(server.requests()).hasSize(1);
    assertThat(door.faults).hasSize(1);
  }

  @Test
  void aFaultBeforeAnyAttemptLeavesTheAppItsOwnConnection() throws IOException {
    Doors door =
        Managed.door(
            (request, attempts) -> CompletableFuture.failedFuture(new LinkageError("ours")));
    assertThat(Transcript.text(to("/v1").getInputStream())).isEqualTo("fine");
    assertThat(server.requests()).hasSize(1);
    assertThat(door.faults).hasSize(1);
  }

  @Test
  void fieldsTheGatewayAddsAreSeenOnAPlainAnswer() throws IOException {
    new Doors(
            (request, upstream) ->
                upstream
                    .send(request)
                    .thenApply(
                        response ->
                            response.withHeaders(response.headers().with("x-headgate-model", "m"))))
        .open();
    HttpURLConnection plain =
        (HttpURLConnection) URI.create(server.base() + "/v1").toURL().openConnection();
    HttpURLConnection connection = to("/v1");
    assertThat(connection.getHeaderField("X-Headgate-Model")).isEqualTo("m");
    assertThat(connection.getHeaderField("x-a")).isEqualTo("2");
    assertThat(connection.getHeaderField(0)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(connection.getHeaderFieldKey(1)).isEqualTo("X-A");
    assertThat(connection.getHeaderField(1)).isEqualTo("1");
    assertThat(connection.getHeaderFieldKey(4)).isEqualTo("x-headgate-model");
    assertThat(connection.getHeaderFieldKey(5)).isNull();
    assertThat(connection.getHeaderFields())
        .containsEntry("x-headgate-model", List.of("m"))
        .containsEntry("X-A", plain.getHeaderFields().get("X-A"))
        .containsEntry(null, List.of("HTTP/1.1 200 OK"));
    assertThat(connection.getContentLengthLong()).isEqualTo(4);
    assertThat(Transcript.text(connection.getInputStream())).isEqualTo("fine");
  }
}
