// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Ingress;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Settings and refusals are those of the connection in front of which ours stands. */
class SameStateTest {

  @AfterEach
  void close() {
    Ingress.install(null);
  }

  @Test
  void settingsAreTheSame() throws Exception {
    SideBySide.same(
        "/ok",
        (app, c) -> {
          app.does("timeout", () -> c.setReadTimeout(-1));
          app.does("timeout", () -> c.setConnectTimeout(-1));
          app.does("timeout", () -> c.setConnectTimeout(4000));
          app.says("timeout", c::getConnectTimeout);
          app.says("timeout", c::getReadTimeout);
          app.does("method", () -> c.setRequestMethod("PATCH"));
          app.does("method", () -> c.setRequestMethod("get"));
          app.does("null", () -> c.setRequestProperty(null, "x"));
          app.does("null", () -> c.addRequestProperty(null, "x"));
          app.does("bad", () -> c.setRequestProperty("a:b", "x"));
          app.does("bad", () -> c.setRequestProperty("a", "x\ny"));
          app.says("none", () -> c.getRequestProperty("none"));
          app.does("set", () -> c.setRequestProperty("X-One", "1"));
          app.does("set", () -> c.setRequestProperty("x-one", "2"));
          app.says("get", () -> c.getRequestProperty("X-ONE"));
          app.does("set null", () -> c.setRequestProperty("X-Null", null));
          app.does("set", () -> c.setRequestProperty("Authorization", "Bearer x"));
          app.says("get", () -> c.getRequestProperty("Authorization"));
          app.says("all", c::getRequestProperties);
          app.does("since", () -> c.setIfModifiedSince(1_000_000_000_000L));
          app.says("since", c::getIfModifiedSince);
          app.does("caches", () -> c.setUseCaches(false));
          app.says("caches", c::getUseCaches);
          app.says("default caches", c::getDefaultUseCaches);
          app.does("interaction", () -> c.setAllowUserInteraction(true));
          app.says("interaction", c::getAllowUserInteraction);
          app.does("follow", () -> c.setInstanceFollowRedirects(false));
          app.says("follow", c::getInstanceFollowRedirects);
          app.does("fixed", () -> c.setFixedLengthStreamingMode(-1));
          app.does("chunked", () -> c.setChunkedStreamingMode(10));
          app.does("fixed", () -> c.setFixedLengthStreamingMode(10));
          app.does("fixed", () -> c.setFixedLengthStreamingMode(10L));
          app.does("authenticator", () -> c.setAuthenticator(null));
          app.says("string", c::toString);
          app.says("url", c::getURL);
          app.says("input", c::getDoInput);
          app.says("output", c::getDoOutput);
          app.says("proxy", c::usingProxy);
          app.says("permission", c::getPermission);
          app.says("error", c::getErrorStream);
        });
  }

  @Test
  void connectedStateIsTheSame() throws Exception {
    SideBySide.same(
        "/ok",
        (app, c) -> {
          c.setDoOutput(true);
          app.does("connect", c::connect);
          app.does("connect again", c::connect);
          settersLate(app, c);
          app.writes("x");
          settersLate(app, c);
          app.says("code", c::getResponseCode);
          settersLate(app, c);
          app.does("disconnect", c::disconnect);
          settersLate(app, c);
        });
    SideBySide.same(
        "/ok",
        (app, c) -> {
          app.does("connect", c::connect);
          app.does("disconnect", c::disconnect);
          settersLate(app, c);
          app.asksAll();
        });
  }

  private static void settersLate(Transcript app, HttpURLConnection c) {
    app.does("set", () -> c.setRequestProperty("a", "b"));
    app.does("set", () -> c.setRequestProperty(null, "b"));
    app.does("add", () -> c.addRequestProperty("a", "b"));
    app.says("get", () -> c.getRequestProperty("a"));
    app.says("all", c::getRequestProperties);
    app.does("method", () -> c.setRequestMethod("PUT"));
    app.does("in", () -> c.setDoInput(true));
    app.does("out", () -> c.setDoOutput(true));
    app.does("caches", () -> c.setUseCaches(true));
    app.does("since", () -> c.setIfModifiedSince(1));
    app.does("interaction", () -> c.setAllowUserInteraction(true));
    app.does("fixed", () -> c.setFixedLengthStreamingMode(1));
    app.does("fixed", () -> c.setFixedLengthStreamingMode(1L));
    app.does("chunked", () -> c.setChunkedStreamingMode(1));
    app.does("authenticator", () -> c.setAuthenticator(new Authenticator() {}));
    app.does("timeout", () -> c.setReadTimeout(20_000));
    app.does("timeout", () -> c.setConnectTimeout(20_000));
    app.does("follow", () -> c.setInstanceFollowRedirects(true));
    app.says("error", () -> c.getErrorStream() != null);
  }

  @Test
  void refusalsToReadOrWriteAreTheSame() throws Exception {
    SideBySide.same(
        "/ok",
        (app, c) -> {
          app.says("output", c::getOutputStream);
          app.says("output", c::getOutputStream);
          c.setDoOutput(true);
          app.says("output", c::getOutputStream);
          app.asksAll();
        });
    SideBySide.same(
        "/ok",
        (app, c) -> {
          c.setDoInput(false);
          app.asksAll();
        });
    SideBySide.same(
        "/ok",
        (app, c) -> {
          c.setDoOutput(true);
          c.setRequestMethod("TRACE");
          app.says("output", c::getOutputStream);
          app.asksAll();
        });
  }

  @Test
  void nothingIsSentUnlessTheAppAsks() throws Exception {
    List<String> sent =
        SideBySide.same(
            "/ok",
            (app, c) -> {
              c.setDoOutput(true);
              c.connect();
              app.writes("unsent");
              app.says("error", c::getErrorStream);
              app.does("disconnect", c::disconnect);
            });
    assertThat(sent).isEmpty();
  }
}
