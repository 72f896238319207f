// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A host whose models always want to know the weather: OpenAI's with two tool calls, Anthropic's
 * with thinking, text and a tool, Gemini's with a function call. What it streams and what it says
 * at once mean the same.
 */
final class ToolHost implements AutoCloseable {

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);

  ToolHost() throws IOException {
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What came, each as path and body. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    requests.add(path + " " + body);
    boolean streamed =
        path.endsWith(":streamGenerateContent")
            || body.replace(" ", "").contains("\"stream\":true");
    String provider = path.substring(1, path.indexOf('/', 1));
    exchange
        .getResponseHeaders()
        .set("content-type", streamed ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    for (String part : text(provider + (streamed ? ".sse" : ".json")).split("(?<=\n\n)")) {
      out.write(part.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
    exchange.close();
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = ToolHost.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
