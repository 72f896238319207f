// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often an attempt's request goes over the wire, and how often it would have without us. */
class OkHttpSentOnceTest extends AttemptsFixture {

  private final OkHttpClient bare = new OkHttpClient();

  @ParameterizedTest
  @ValueSource(ints = {408, 503})
  void statusThatOkHttpWouldRepeatIsForTheGatewayToJudge(int status) throws Exception {
    plan((request, attempts) -> send(attempts, request));
    try (Loopback host =
        new Loopback(
            (exchange, request) -> {
              exchange.getResponseHeaders().set("Retry-After", "0");
              Loopback.respond(exchange, status, "{}");
            })) {
      bare.newCall(post(host.url("/"), "{}")).execute().close();
      assertThat(host.received).hasSize(2);
      try (Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
        assertThat(response.code()).isEqualTo(status);
      }
      assertThat(host.received).hasSize(3);
    } finally {
      bare.connectionPool().evictAll();
    }
  }

  @Test
  void requestThatWentDownWithItsConnectionIsNotRepeated() throws Exception {
    plan((request, attempts) -> send(attempts, request));
    for (OkHttpClient each : new OkHttpClient[] {bare, client}) {
      try (OneAnswerEach host = new OneAnswerEach()) {
        each.newCall(post(host.url(), "{}")).execute().close();
        Throwable second = catchThrowable(() -> each.newCall(post(host.url(), "{}")).execute());
        if (each == bare) {
          assertThat(host.requests).hasValue(3); // What OkHttp does of its own accord.
        } else {
          assertThat(second).isInstanceOf(IOException.class);
          assertThat(host.requests).hasValue(2);
        }
      } finally {
        each.connectionPool().evictAll();
      }
    }
    assertThat(door.requests).hasSize(2);
  }

  @Test
  void nextAddressIsTriedWhereNothingWasSent() throws Exception {
    OkHttpClient twoAddresses =
        through(
            new OkHttpClient.Builder()
                .dns(
                    name ->
                        List.of(
                            InetAddress.getByAddress(new byte[] {127, 0, 0, 9}),
                            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))));
    plan((request, attempts) -> send(attempts, request));
    try (Loopback host = Loopback.answering("{}");
        Response response =
            twoAddresses
                .newCall(post(host.url("/").replace("127.0.0.1", "llm.test"), "{}"))
                .execute()) {
      assertThat(response.body().string()).isEqualTo("{}");
      assertThat(host.received).hasSize(1);
    } finally {
      twoAddresses.connectionPool().evictAll();
    }
  }

  /** Answers the first request on each connection, and closes on the second once it has it all. */
  private static final class OneAnswerEach implements AutoCloseable {
    final AtomicInteger requests = new AtomicInteger();
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile Socket current;

    OneAnswerEach() throws IOException {
      Thread thread = new Thread(this::serve);
      thread.setDaemon(true);
      thread.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    private void serve() {
      try {
        while (true) {
          try (Socket socket = server.accept()) {
            current = socket;
            BufferedReader in =
                new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            if (request(in)) {
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes("US-ASCII"));
              request(in);
            }
          }
        }
      } catch (IOException closed) {
        end.complete(null);
      }
    }

    private boolean request(BufferedReader in) throws IOException {
      String line = in.readLine();
      if (line == null) {
        return false;
      }
      while (!line.isEmpty()) {
        line = in.readLine();
      }
      if (in.read() != '{' || in.read() != '}') {
        throw new IOException("another body");
      }
      requests.incrementAndGet();
      return true;
    }

    @Override
    public void close() throws Exception {
      server.close();
      current.close();
      end.get(20, TimeUnit.SECONDS);
    }
  }
}
