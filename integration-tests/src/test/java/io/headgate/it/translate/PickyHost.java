// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host of Anthropic's that refuses one parameter, which no table knows; else a stand-in. */
final class PickyHost implements AutoCloseable {

  private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final StandIn behind;
  private final String refused;
  private final HttpServer server;

  PickyHost(StandIn behind, String refused) throws IOException {
    this.behind = behind;
    this.refused = refused;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What it was asked. */
  List<JsonNode> bodies() {
    return List.copyOf(bodies);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    JsonNode json = new ObjectMapper().readTree(body);
    bodies.add(json);
    if (json.has(refused)) {
      String error =
          """
          {"type": "error", "error": {"type": "invalid_request_error",
           "message": "`%s` is deprecated for this model."}, "request_id": "req_1"}
          """
              .formatted(refused);
      answer(exchange, 400, error.getBytes(StandardCharsets.UTF_8));
      return;
    }
    HttpRequest request =
        HttpRequest.newBuilder(behind.uri(exchange.getRequestURI().toString()))
            .header("content-type", "application/json")
            .header("x-api-key", exchange.getRequestHeaders().getFirst("x-api-key"))
            .header("anthropic-version", exchange.getRequestHeaders().getFirst("anthropic-version"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      answer(exchange, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
