// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Plays calls on a connection and writes down what came back, exceptions included. */
final class Transcript {

  private final List<String> lines = new ArrayList<>();
  final HttpURLConnection connection;

  /** What an app does with a connection. */
  interface Script {
    void play(Transcript app, HttpURLConnection connection) throws Exception;
  }

  /** A step without a result. */
  interface Step {
    void run() throws Exception;
  }

  Transcript(HttpURLConnection connection) {
    this.connection = connection;
  }

  static List<String> of(HttpURLConnection connection, Script script) throws Exception {
    Transcript transcript = new Transcript(connection);
    script.play(transcript, connection);
    return transcript.lines;
  }

  void says(String what, Callable<?> question) {
    String line;
    try {
      line = String.valueOf(question.call());
    } catch (Throwable t) {
      line = "throws " + t + (t.getCause() == null ? "" : " caused by " + t.getCause());
    }
    lines.add(what + ": " + line);
  }

  void does(String what, Step step) {
    says(
        what,
        () -> {
          step.run();
          return "done";
        });
  }

  /** Asks everything about the answer. */
  void asksAll() {
    says("code", connection::getResponseCode);
    says("message", connection::getResponseMessage);
    reads();
    says("status line", () -> connection.getHeaderField(0));
    says("key 0", () -> connection.getHeaderFieldKey(0));
    says("key 1", () -> connection.getHeaderFieldKey(1));
    says("field 1", () -> connection.getHeaderField(1));
    says("field 99", () -> connection.getHeaderField(99));
    says("fields", connection::getHeaderFields);
    says("twice", () -> connection.getHeaderField("x-twice"));
    says("date", connection::getDate);
    says("modified", connection::getLastModified);
    says("expires", connection::getExpiration);
    says("length", connection::getContentLength);
    says("long length", connection::getContentLengthLong);
    says("type", connection::getContentType);
    says("encoding", connection::getContentEncoding);
    says("int", () -> connection.getHeaderFieldInt("x-number", -7));
    says("long", () -> connection.getHeaderFieldLong("x-number", -7));
    says("url", connection::getURL);
    says("method", connection::getRequestMethod);
    says("proxy", connection::usingProxy);
    says("properties", connection::getRequestProperties);
    says("too late", () -> write("late"));
    does("set late", () -> connection.setRequestProperty("a", "b"));
    does("do input late", () -> connection.setDoInput(true));
    does("method late", () -> connection.setRequestMethod("PUT"));
  }

  void reads() {
    says("input", () -> text(connection.getInputStream()));
    says("error", () -> text(connection.getErrorStream()));
    says("input again", () -> text(connection.getInputStream()));
  }

  void writes(String body) {
    says("write", () -> write(body));
  }

  private int write(String body) throws IOException {
    try (var out = connection.getOutputStream()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
    return body.length();
  }

  static @Nullable String text(@Nullable InputStream stream) throws IOException {
    return stream == null ? null : new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
