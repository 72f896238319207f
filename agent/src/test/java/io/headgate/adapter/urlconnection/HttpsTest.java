// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headgate.gateway.Control;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsTest {

  @TempDir static Path folder;
  private static SSLContext tls;

  @BeforeAll
  static void makeKey() throws Exception {
    Path store = folder.resolve("key.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, "secret".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
  }

  @AfterEach
  void close() {
    Ingress.install(null);
  }

  private static RawServer secure() throws IOException {
    ServerSocket listener =
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    return new RawServer(listener)
        .answer("/ok", SideBySide.reply("200 OK", "X-A: 1", "fine"))
        .answer("/404", SideBySide.reply("404 Not Found", "", "missing"));
  }

  private static URL url(RawServer server, String path) throws IOException {
    return URI.create("https://127.0.0.1:" + server.port() + path).toURL();
  }

  @Test
  void everyQuestionIsAnsweredTheSame() throws Exception {
    same("/ok", HttpsTest::trustsAndAsks);
    same("/404", HttpsTest::trustsAndAsks);
    same("/ok", (app, c) -> app.asksAll());
    same(
        "/ok",
        (app, c) -> {
          trust(c);
          app.does("connect", c::connect);
          asksTls(app, (HttpsURLConnection) c);
          app.does("set", () -> c.setRequestProperty("a", "b"));
          app.asksAll();
        });
    same(
        "/ok",
        (app, c) -> {
          asksTls(app, (HttpsURLConnection) c);
          app.does("null", () -> ((HttpsURLConnection) c).setSSLSocketFactory(null));
          app.does("null", () -> ((HttpsURLConnection) c).setHostnameVerifier(null));
        });
  }

  private static void trustsAndAsks(Transcript app, HttpURLConnection c) {
    trust(c);
    c.setDoOutput(true);
    app.writes("{}");
    app.says("code", c::getResponseCode);
    asksTls(app, (HttpsURLConnection) c);
    app.asksAll();
  }

  private static void trust(HttpURLConnection c) {
    ((HttpsURLConnection) c).setSSLSocketFactory(tls.getSocketFactory());
  }

  private static void asksTls(Transcript app, HttpsURLConnection c) {
    app.says("suite", c::getCipherSuite);
    app.says("own", c::getLocalCertificates);
    app.says("certificates", () -> List.of(c.getServerCertificates()));
    app.says("peer", c::getPeerPrincipal);
    app.says("local", c::getLocalPrincipal);
    app.says("session", () -> c.getSSLSession().map(s -> s.getProtocol()));
    app.says("factory", () -> c.getSSLSocketFactory() == tls.getSocketFactory());
    app.says("verifier", () -> c.getHostnameVerifier().getClass().getName());
    app.says("string", c::toString);
  }

  private static void same(String path, Transcript.Script script) throws Exception {
    List<String> sent = new ArrayList<>();
    List<String> expected = play(false, path, script, sent);
    Doors managed =
        new Doors(
            (request, upstream) ->
                Objects.requireNonNull(upstream.attempts()).send(request, Managed.free()));
    for (Doors door : List.of(Doors.watching(), Doors.watching().staying(), managed)) {
      List<String> ours = new ArrayList<>();
      door.open();
      assertThat(play(true, path, script, ours)).isEqualTo(expected);
      assertThat(ours).isEqualTo(sent);
      assertThat(door.faults).isEmpty();
      Ingress.install(null);
    }
  }

  private static List<String> play(
      boolean wrapped, String path, Transcript.Script script, List<String> sent) throws Exception {
    try (RawServer server = secure()) {
      URL url = url(server, path);
      HttpURLConnection connection =
          wrapped ? SideBySide.ours(url) : (HttpURLConnection) url.openConnection();
      String port = ":" + server.port();
      List<String> told =
          Transcript.of(connection, script).stream().map(l -> l.replace(port, ":PORT")).toList();
      server.requests().forEach(request -> sent.add(request.replace(port, ":PORT")));
      return told;
    }
  }

  @Test
  void aRedirectedCallTrustsWhomTheAppTrusts() throws Exception {
    try (RawServer server = secure();
        RawServer other = secure()) {
      new Doors(
              (request, upstream) ->
                  upstream.send(
                      request.withUri(URI.create("https://127.0.0.1:" + other.port() + "/ok"))))
          .open();
      HttpURLConnection connection = SideBySide.ours(url(server, "/ok"));
      trust(connection);
      assertThat(connection.getResponseCode()).isEqualTo(200);
      assertThat(((HttpsURLConnection) connection).getServerCertificates()).hasSize(1);
      assertThat(server.connections()).isZero();
      assertThat(other.requests()).hasSize(1);
    }
  }

  @Test
  void anAnswerOfOurOwnHasNoSession() throws Exception {
    try (RawServer server = secure()) {
      new Doors(
              (request, upstream) ->
                  CompletableFuture.completedFuture(Managed.own(200, Headers.EMPTY, "ours")))
          .open();
      HttpsURLConnection connection = (HttpsURLConnection) SideBySide.ours(url(server, "/ok"));
      assertThat(Transcript.text(connection.getInputStream())).isEqualTo("ours");
      assertThatThrownBy(connection::getCipherSuite).isInstanceOf(IllegalStateException.class);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void timersEndATlsReadThatBlocks() throws Exception {
    try (RawServer server = secure()) {
      server.answer("/open", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
      Control control = Managed.free();
      Managed.door((request, attempts) -> attempts.send(request, control));
      HttpURLConnection connection = SideBySide.ours(url(server, "/open"));
      trust(connection);
      InputStream in = connection.getInputStream();
      assertThat(in.readNBytes(3)).hasSize(3);
      Thread reader = Thread.currentThread();
      CompletableFuture<?> aborted =
          CompletableFuture.runAsync(
              () -> {
                await()
                    .until(
                        () ->
                            Arrays.stream(reader.getStackTrace())
                                .anyMatch(e -> e.getMethodName().equals("implRead")));
                control.abort(new CancellationException("too slow"));
              });
      assertThatThrownBy(in::read).isInstanceOf(IOException.class);
      aborted.join();
    }
  }

  @Test
  void aCallCanGoOnInTheClear() throws Exception {
    try (RawServer server = secure();
        RawServer other = new RawServer().answer("/ok", SideBySide.reply("200 OK", "", "clear"))) {
      new Doors(
              (request, upstream) ->
                  upstream.send(request.withUri(URI.create(other.base() + "/ok"))))
          .open();
      HttpURLConnection connection = SideBySide.ours(url(server, "/ok"));
      assertThat(Transcript.text(connection.getInputStream())).isEqualTo("clear");
      assertThat(connection.getURL()).isEqualTo(url(server, "/ok"));
    }
  }
}
