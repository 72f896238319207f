// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A host on the loopback that notes what reached it. */
final class StandIn implements AutoCloseable {

  /** A request: {@code POST /path field body}. */
  record Seen(String line, com.sun.net.httpserver.Headers headers, String body) {}

  /** What it does with a request. */
  interface Answering {
    void answer(HttpExchange exchange, Seen seen) throws IOException;
  }

  final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  StandIn(Answering answering) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Seen one =
                new Seen(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    body);
            seen.add(one);
            answering.answer(exchange, one);
          }
        });
    server.start();
  }

  static StandIn saying(int status, String text) throws IOException {
    return new StandIn((exchange, one) -> say(exchange, status, text));
  }

  static void say(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().add("X-Two", "a");
    exchange.getResponseHeaders().add("X-Two", "b");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
