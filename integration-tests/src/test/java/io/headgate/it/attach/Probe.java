// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * An app that knows nothing of the agent. Its arguments are steps: {@code jdk=URL}, {@code
 * okhttp=URL} or {@code url=URL} makes a chat call with that client, which is made once and kept,
 * and prints the status; see {@link #step} for the others. No client's class is loaded before its
 * first step.
 */
public final class Probe {

  static final String BODY =
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello?\"}]}";

  private final Map<String, Client> clients = new LinkedHashMap<>();

  private Probe() {}

  /** One HTTP client. */
  public interface Client {
    /** Posts a chat call and reads all of the answer; returns the status. */
    int post(String url) throws Exception;
  }

  public static void main(String[] steps) throws Exception {
    Probe probe = new Probe();
    for (String step : steps) {
      int equals = step.indexOf('=');
      probe.step(
          equals < 0 ? step : step.substring(0, equals),
          equals < 0 ? "" : step.substring(equals + 1));
    }
  }

  private void step(String name, String value) throws Exception {
    switch (name) {
      case "print" -> System.out.println(value);
      case "wait" -> waitForALine();
      case "loop" -> loop(value);
      case "threads" -> threads();
      case "serve" -> serve(value);
      default -> System.out.println(name + " " + client(name).post(value));
    }
  }

  private Client client(String name) {
    Client client = clients.get(name);
    if (client == null) {
      client =
          switch (name) {
            case "jdk" -> new Jdk();
            case "okhttp" -> new OkHttp();
            case "url" -> new UrlConnection();
            default -> throw new IllegalArgumentException(name);
          };
      clients.put(name, client);
    }
    return client;
  }

  private static void waitForALine() throws IOException {
    System.out.println("ready");
    System.in.read();
  }

  /** Calls with all clients, every 20 ms, until there is a line to read. */
  private void loop(String url) throws Exception {
    int calls = 0;
    int failed = 0;
    System.out.println("ready");
    while (System.in.available() == 0) {
      for (String name : new String[] {"jdk", "okhttp", "url"}) {
        calls++;
        try {
          failed += client(name).post(url) == 200 ? 0 : 1;
        } catch (IOException e) {
          failed++;
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    System.out.println((calls > 0) + " failed " + failed);
  }

  /** Makes its calls while it answers a request itself, so that there is a span to join. */
  private void serve(String url) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.createContext("/", exchange -> answer(exchange, url));
    server.start();
    // Not by a client that anybody traces.
    try (Socket socket = new Socket(loopback, server.getAddress().getPort())) {
      String head = "GET /ask HTTP/1.1\r\nHost: app\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      System.out.println(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    } finally {
      server.stop(0);
    }
  }

  private void answer(HttpExchange exchange, String url) throws IOException {
    StringBuilder answer = new StringBuilder();
    for (String name : new String[] {"jdk", "okhttp", "url"}) {
      try {
        answer.append(name).append(' ').append(client(name).post(url)).append(' ');
      } catch (Exception e) {
        answer.append(e);
      }
    }
    byte[] bytes = answer.toString().strip().getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static void threads() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      ClassLoader loader = thread.getContextClassLoader();
      System.out.println(
          "thread "
              + thread.getName()
              + " daemon="
              + thread.isDaemon()
              + " loader="
              + (loader == null ? null : loader.getName()));
    }
  }

  /** {@code java.net.http}. */
  public static final class Jdk implements Client {
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public int post(String url) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("content-type", "application/json")
              .header("authorization", "Bearer sk-app")
              .POST(HttpRequest.BodyPublishers.ofString(BODY))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }

  /**
   * OkHttp, whichever is there. Without timeouts and idle connections: no thread outlives a call.
   */
  public static final class OkHttp implements Client {
    private final OkHttpClient client =
        new OkHttpClient.Builder()
            .connectTimeout(0, TimeUnit.SECONDS)
            .readTimeout(0, TimeUnit.SECONDS)
            .writeTimeout(0, TimeUnit.SECONDS)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
            .build();

    @Override
    @SuppressWarnings("deprecation") // the one form that 3.14 and 5 have in common
    public int post(String url) throws Exception {
      Request request =
          new Request.Builder()
              .url(url)
              .header("Authorization", "Bearer sk-app")
              .post(RequestBody.create(MediaType.parse("application/json"), BODY))
              .build();
      try (Response response = client.newCall(request).execute()) {
        response.body().bytes();
        return response.code();
      }
    }
  }

  /** {@code HttpURLConnection}. */
  public static final class UrlConnection implements Client {
    @Override
    public int post(String url) throws Exception {
      HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
      connection.setDoOutput(true);
      connection.setRequestProperty("content-type", "application/json");
      connection.setRequestProperty("authorization", "Bearer sk-app");
      try (OutputStream out = connection.getOutputStream()) {
        out.write(BODY.getBytes(StandardCharsets.UTF_8));
      }
      int status = connection.getResponseCode();
      if (status < 400) {
        connection.getInputStream().readAllBytes();
      }
      return status;
    }
  }
}
