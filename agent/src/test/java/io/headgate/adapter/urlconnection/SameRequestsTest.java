// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an app writes is sent as it would have been. */
class SameRequestsTest {

  @AfterEach
  void close() {
    Ingress.install(null);
  }

  static Stream<String> paths() {
    return SameAnswersTest.paths();
  }

  /**
   * Without a POST that a 302 turns into a GET: on JDK 17 a plain connection fails 2 to 4 of 100 of
   * those with a reset (25: none of 300), so there is no one behaviour to compare with.
   */
  static Stream<String> pathsForPost() {
    return paths().filter(path -> !path.equals("/302") && !path.equals("/loop"));
  }

  @ParameterizedTest
  @MethodSource("pathsForPost")
  void postIsTheSame(String path) throws Exception {
    SideBySide.same(
        path,
        (app, c) -> {
          c.setDoOutput(true);
          c.setRequestProperty("Content-Type", "application/json");
          c.setRequestProperty("Authorization", "Bearer secret");
          c.addRequestProperty("X-Many", "1");
          c.addRequestProperty("X-Many", "2");
          c.setRequestProperty("Host", "refused.example");
          app.says("method before", c::getRequestMethod);
          app.writes("{\"model\":\"m\"}");
          app.says("method after", c::getRequestMethod);
          app.asksAll();
        });
  }

  @ParameterizedTest
  @MethodSource("paths")
  void fixedLengthIsTheSame(String path) throws Exception {
    SideBySide.same(
        path,
        (app, c) -> {
          c.setDoOutput(true);
          c.setFixedLengthStreamingMode(5);
          app.writes("12345");
          app.asksAll();
        });
  }

  @ParameterizedTest
  @MethodSource("paths")
  void chunkedIsTheSame(String path) throws Exception {
    SideBySide.same(
        path,
        (app, c) -> {
          c.setDoOutput(true);
          c.setChunkedStreamingMode(0);
          c.setRequestMethod("PUT");
          app.writes("x".repeat(10_000));
          app.asksAll();
        });
  }

  @Test
  void emptyPostIsTheSame() throws Exception {
    SideBySide.same(
        "/ok",
        (app, c) -> {
          c.setDoOutput(true);
          app.writes("");
          app.asksAll();
        });
  }

  @Test
  void wrongLengthsAreTheSame() throws Exception {
    SideBySide.same(
        "/ok",
        (app, c) -> {
          c.setDoOutput(true);
          c.setFixedLengthStreamingMode(5L);
          app.says("too many", () -> written(c.getOutputStream(), "123456"));
        });
    SideBySide.same(
        "/ok",
        (app, c) -> {
          c.setDoOutput(true);
          c.setFixedLengthStreamingMode(5L);
          app.writes("123");
          app.says("code", c::getResponseCode);
        });
    SideBySide.same(
        "/ok",
        (app, c) -> {
          c.setDoOutput(true);
          c.setFixedLengthStreamingMode(5L);
          app.says("few", () -> written(c.getOutputStream(), "123"));
          app.says("input", c::getInputStream);
          app.says("input", c::getInputStream);
        });
    SideBySide.same(
        "/ok",
        (app, c) -> {
          c.setFixedLengthStreamingMode(5L);
          app.says("no output", c::getResponseCode);
          app.says("no output", c::getResponseCode);
        });
    SideBySide.same(
        "/ok",
        (app, c) -> {
          c.setDoOutput(true);
          c.setFixedLengthStreamingMode(0);
          app.says("none", c::getResponseCode);
          app.says("method", c::getRequestMethod);
        });
  }

  private static String written(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    return text;
  }

  @Test
  void writingAfterCloseIsTheSame() throws Exception {
    for (int mode = 0; mode < 3; mode++) {
      int chosen = mode;
      SideBySide.same(
          "/ok",
          (app, c) -> {
            c.setDoOutput(true);
            if (chosen == 1) {
              c.setFixedLengthStreamingMode(3);
            } else if (chosen == 2) {
              c.setChunkedStreamingMode(16);
            }
            OutputStream out = c.getOutputStream();
            app.says("same stream", () -> out == c.getOutputStream());
            app.says("in", () -> written(out, "abc"));
            app.does("flush", out::flush);
            app.does("close", out::close);
            app.says("after close", () -> written(out, "d"));
            app.does("close again", out::close);
            app.says("code", c::getResponseCode);
            app.says("after answer", () -> written(out, "e"));
            app.says("stream after answer", c::getOutputStream);
          });
    }
  }
}
