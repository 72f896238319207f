// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Ingress;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an app gets to read is what it would have got. */
class SameAnswersTest {

  @AfterEach
  void close() {
    Ingress.install(null);
  }

  static Stream<String> paths() {
    return Stream.of(
        "/ok",
        "/404",
        "/410",
        "/500",
        "/429",
        "/401",
        "/503",
        "/empty",
        "/204",
        "/304",
        "/chunked",
        "/old",
        "/odd",
        "/short",
        "/noise",
        "/302",
        "/307",
        "/loop",
        "/reset",
        "/gzip",
        "/dates");
  }

  @ParameterizedTest
  @MethodSource("paths")
  void getIsTheSame(String path) throws Exception {
    SideBySide.same(path, (app, c) -> app.asksAll());
  }

  @ParameterizedTest
  @MethodSource("paths")
  void bodyFirstIsTheSame(String path) throws Exception {
    SideBySide.same(
        path,
        (app, c) -> {
          app.reads();
          app.says("code", c::getResponseCode);
        });
  }

  @ParameterizedTest
  @MethodSource("paths")
  void headersFirstIsTheSame(String path) throws Exception {
    SideBySide.same(
        path,
        (app, c) -> {
          app.says("fields", c::getHeaderFields);
          app.asksAll();
        });
  }

  @ParameterizedTest
  @MethodSource("paths")
  void contentIsTheSame(String path) throws Exception {
    SideBySide.same(
        path,
        (app, c) -> {
          app.says(
              "content", () -> c.getContent() instanceof InputStream in ? Transcript.text(in) : "");
          app.says("code", c::getResponseCode);
        });
  }

  @ParameterizedTest
  @MethodSource("paths")
  void headIsTheSame(String path) throws Exception {
    // The canned answers carry bodies, which a HEAD must not: one connection each.
    SideBySide.same(
        path.equals("/ok") ? "/empty" : "/204",
        (app, c) -> {
          c.setRequestMethod("HEAD");
          app.asksAll();
        });
  }

  @Test
  void readTimeoutIsTheSame() throws Exception {
    SideBySide.same(
        "/silence",
        (app, c) -> {
          c.setReadTimeout(50);
          app.asksAll();
        });
    SideBySide.same(
        "/silence",
        (app, c) -> {
          c.setReadTimeout(50);
          c.setDoOutput(true);
          app.writes("x");
          app.reads();
          app.asksAll();
        });
  }

  @Test
  void refusedConnectionIsTheSame() throws Exception {
    int port = RawServer.unusedPort();
    SideBySide.same(
        base -> URI.create("http://127.0.0.1:" + port + "/v1").toURL(),
        (app, c) -> {
          app.asksAll();
        });
    SideBySide.same(
        base -> URI.create("http://127.0.0.1:" + port + "/v1").toURL(), (app, c) -> app.reads());
    SideBySide.same(
        base -> URI.create("http://no-such-host.invalid/v1").toURL(), (app, c) -> app.reads());
  }

  @Test
  void redirectsNotFollowedAreTheSame() throws Exception {
    SideBySide.same(
        "/302",
        (app, c) -> {
          c.setInstanceFollowRedirects(false);
          app.asksAll();
        });
  }

  @Test
  void readingPiecewiseIsTheSame() throws Exception {
    for (String path : List.of("/ok", "/chunked", "/old", "/short", "/404", "/empty")) {
      SideBySide.same(
          path,
          (app, c) -> {
            app.says("code", c::getResponseCode);
            InputStream in = c.getResponseCode() < 400 ? c.getInputStream() : c.getErrorStream();
            app.says("mark supported", in::markSupported);
            app.says("one", in::read);
            in.mark(100);
            app.says("none", () -> in.read(new byte[0]));
            app.says("skip nothing", () -> in.skip(0));
            app.says("skip back", () -> in.skip(-1));
            app.says("skip", () -> in.skip(2));
            app.does("reset", in::reset);
            app.says("rest", () -> Transcript.text(in));
            app.says("end", in::read);
            app.says("available", in::available);
            app.does("close", in::close);
            app.says("closed", in::read);
            app.says("closed", () -> in.read(new byte[4]));
            app.says("closed", () -> in.skip(1));
            app.does("close", in::close);
            app.says("again", () -> c.getInputStream().read());
          });
    }
  }

  @Test
  void keptConnectionsAreReusedAsBefore() throws Exception {
    try (RawServer server = SideBySide.answering()) {
      URL url = URI.create(server.base() + "/ok").toURL();
      for (int i = 0; i < 3; i++) {
        HttpURLConnection plain = (HttpURLConnection) url.openConnection();
        assertThat(Transcript.text(plain.getInputStream())).isEqualTo("fine");
      }
      int before = server.connections();
      Doors.watching().open();
      for (int i = 0; i < 3; i++) {
        assertThat(Transcript.text(SideBySide.ours(url).getInputStream())).isEqualTo("fine");
      }
      assertThat(server.connections()).isEqualTo(before);
    }
  }

  @Test
  void compressedBodiesAreLeftAsTheyCame() throws Exception {
    Doors door = Doors.watching().open();
    try (RawServer server = SideBySide.answering()) {
      URL url = URI.create(server.base() + "/gzip").toURL();
      try (InputStream in = new GZIPInputStream(SideBySide.ours(url).getInputStream())) {
        assertThat(Transcript.text(in)).isEqualTo("packed");
      }
    }
    assertThat(door.responses.get(0).headers().first("content-encoding")).isEqualTo("gzip");
  }
}
