// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A host on this machine that notes what reaches it. */
final class StandInHost implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  final List<Arrived> arrived = new CopyOnWriteArrayList<>();

  /** A request as it came. */
  record Arrived(String method, URI uri, com.sun.net.httpserver.Headers fields, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  interface Answer {
    void to(HttpExchange exchange) throws Exception;
  }

  StandInHost(Answer answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          arrived.add(
              new Arrived(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  exchange.getRequestHeaders(),
                  exchange.getRequestBody().readAllBytes()));
          try (exchange) {
            answer.to(exchange);
          } catch (IOException e) {
            throw e;
          } catch (Exception e) {
            throw new IOException(e);
          }
        });
    server.start();
  }

  static StandInHost saying(String text) throws IOException {
    return new StandInHost(
        exchange -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("x-amzn-requestid", "r-1");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  Arrived only() {
    if (arrived.size() != 1) {
      throw new AssertionError(arrived.size() + " requests came, not one");
    }
    return arrived.get(0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
