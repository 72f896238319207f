// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that notes what it is asked. */
final class Loopback implements AutoCloseable {

  record Request(String method, String path, Headers headers, String body) {}

  final List<Request> requests = new CopyOnWriteArrayList<>();

  /** Completes when a client has hung up on an endless answer. */
  final CompletableFuture<Void> hungUp = new CompletableFuture<>();

  /** Holds back the second half of {@code /halves}, and all of {@code /silent}. */
  final CountDownLatch half = new CountDownLatch(1);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  Loopback() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    requests.add(
        new Request(exchange.getRequestMethod(), path, exchange.getRequestHeaders(), body));
    try (exchange) {
      switch (path) {
        case "/endless" -> endless(exchange);
        case "/halves" -> halves(exchange);
        case "/moved" -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
        }
        case "/away" -> {
          exchange.getResponseHeaders().add("Location", exchange.getRequestURI().getQuery());
          exchange.sendResponseHeaders(307, -1);
        }
        case "/silent" -> await();
        case "/broken" -> exchange.sendResponseHeaders(503, -1);
        default -> {
          byte[] answer = ("answer to " + body).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain");
          exchange.getResponseHeaders().add("Set-Cookie", "crumb=1; Path=/");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
        }
      }
    }
  }

  private void endless(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    byte[] event = "data: on and on\n\n".getBytes(StandardCharsets.UTF_8);
    try {
      OutputStream out = exchange.getResponseBody();
      while (true) {
        out.write(event);
        out.flush();
      }
    } catch (IOException e) {
      hungUp.complete(null);
      throw e;
    }
  }

  private void halves(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
    await();
    out.write("data: two\n\n".getBytes(StandardCharsets.UTF_8));
  }

  private void await() throws IOException {
    try {
      half.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    half.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
