// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.WireRequest;
import io.headgate.it.contract.Client.Call;
import io.headgate.it.contract.Client.Framing;
import io.headgate.it.contract.Client.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs every case of the contract with one client after the other against a server in the same JVM,
 * and prints what the app saw and what the server saw, a line each. Run once without and once with
 * the agent: the lines must be the same. Knows nothing of the agent.
 */
public final class ContractProbe {

  private static final byte[] JSON = Answers.REQUEST.getBytes(StandardCharsets.UTF_8);
  private static final byte[] STREAM = Answers.STREAM_REQUEST.getBytes(StandardCharsets.UTF_8);

  private final String name;
  private final Client client;
  private final ScriptedServer server;
  private final String prefix;

  private ContractProbe(String name, Client client, ScriptedServer server, String prefix) {
    this.name = name;
    this.client = client;
    this.server = server;
    this.prefix = prefix;
  }

  /**
   * Arguments: the clients' names, with commas between; the URL to call instead of the server's
   * own, or "-"; and "few" for a handful of quick cases instead of all.
   */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.getInteger("probe.port", 0);
    boolean few = arguments.length > 2 && arguments[2].equals("few");
    try (ScriptedServer server = new ScriptedServer(port)) {
      String prefix = arguments[1].equals("-") ? "http://127.0.0.1:" + server.port() : arguments[1];
      for (String name : arguments[0].split(",")) {
        try (Client client = client(name)) {
          ContractProbe probe = new ContractProbe(name, client, server, prefix);
          if (few) {
            probe.runFew();
          } else {
            probe.run();
          }
        }
      }
    }
    System.exit(0);
  }

  private static Client client(String name) {
    return switch (name) {
      case "jdk-send" -> new JdkSendClient();
      case "jdk-async" -> new JdkAsyncClient();
      case "okhttp-execute" -> new OkHttpExecuteClient();
      case "okhttp-enqueue" -> new OkHttpEnqueueClient();
      case "okhttp-sse" -> new OkHttpSseClient();
      case "urlconnection" -> new UrlConnectionClient();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private String url(String script) {
    return prefix + "/v1/chat/completions?do=" + script;
  }

  /** The kinds of answer and of request that take different ways through the agent. */
  private void runFew() {
    for (String script : List.of("json", "gzip", "error", "reset", "malformed")) {
      report("call " + script, () -> client.call(Call.post(url(script), JSON)));
    }
    report("post chunked", () -> client.call(Call.post(url("json"), JSON).framed(Framing.CHUNKED)));
    report(
        "post one-shot", () -> client.call(Call.post(url("json"), JSON).framed(Framing.ONE_SHOT)));
    report("stream", () -> client.stream(Call.post(url("stream"), STREAM), chunk -> {}));
    report("stream cut", () -> client.stream(Call.post(url("stream-cut"), STREAM), chunk -> {}));
  }

  private void run() throws Exception {
    if (!client.streamsOnly()) {
      calls();
    }
    report("stream", () -> client.stream(Call.post(url("stream"), STREAM), chunk -> {}));
    report("stream json", () -> client.stream(Call.post(url("json"), JSON), chunk -> {}));
    report("stream large", () -> client.stream(Call.post(url("large"), JSON), chunk -> {}));
    report("stream cut", () -> client.stream(Call.post(url("stream-cut"), STREAM), chunk -> {}));
    report("stream error", () -> client.stream(Call.post(url("error"), STREAM), chunk -> {}));
    firstEventArrivesBeforeTheSecondIsSent();
    abandonedStreamIsClosed();
    if (!client.streamsOnly()) {
      report(
          "timeout",
          () -> client.call(Call.post(url("hang"), JSON).within(Duration.ofMillis(300))));
      cancelled();
      refused();
      concurrent();
    }
  }

  private void calls() {
    for (String script :
        List.of(
            "json",
            "gzip",
            "error",
            "server-error",
            "not-found",
            "empty",
            "no-content",
            "html",
            "malformed",
            "large",
            "redirect",
            "reset",
            "short")) {
      report("call " + script, () -> client.call(Call.post(url(script), JSON)));
    }
    report("get", () -> client.call(Call.get(url("json"))));
    report("post nothing", () -> client.call(Call.post(url("json"), new byte[0])));
    report("post 1 MiB", () -> client.call(Call.post(url("json"), padded(1 << 20))));
    report("post 9 MiB", () -> client.call(Call.post(url("json"), padded(9 << 20))));
    report("post chunked", () -> client.call(Call.post(url("json"), JSON).framed(Framing.CHUNKED)));
    report(
        "post 9 MiB chunked",
        () -> client.call(Call.post(url("json"), padded(9 << 20)).framed(Framing.CHUNKED)));
    report(
        "post one-shot", () -> client.call(Call.post(url("json"), JSON).framed(Framing.ONE_SHOT)));
  }

  private void firstEventArrivesBeforeTheSecondIsSent() {
    CountDownLatch gate = new CountDownLatch(1);
    server.gate = gate;
    AtomicBoolean early = new AtomicBoolean();
    report(
        "stream flows",
        () -> {
          Reply reply =
              client.stream(
                  Call.post(url("stream-gated"), STREAM),
                  chunk -> {
                    early.set(early.get() || gate.getCount() == 1);
                    gate.countDown();
                  });
          print("stream flows early", early.get());
          return reply;
        });
    gate.countDown();
  }

  private void abandonedStreamIsClosed() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    server.gate = gate;
    try {
      client.abandon(Call.post(url("stream-gated"), STREAM));
      print("abandon", "returned");
    } catch (Exception e) {
      print("abandon", e.getClass().getName());
    }
    gate.countDown();
    server.seen.clear();
  }

  private void cancelled() throws Exception {
    server.seen.clear();
    server.closedByClient.clear();
    String outcome =
        client.cancel(
            Call.post(url("hang"), JSON),
            () -> {
              if (server.seen.poll(20, TimeUnit.SECONDS) == null) {
                throw new IllegalStateException("the request did not arrive");
              }
            });
    print("cancel", outcome);
    print("cancel closes upstream", server.closedByClient.poll(20, TimeUnit.SECONDS));
  }

  private void refused() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try {
      client.call(Call.post("http://127.0.0.1:" + port + "/v1/chat/completions", JSON));
      print("refused", "answered");
    } catch (Exception e) {
      print("refused", describe(e).replace(String.valueOf(port), "PORT"));
    }
  }

  private void concurrent() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    List<Future<String>> outcomes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String script = i % 3 == 0 ? "stream" : "json";
      byte[] body = i % 3 == 0 ? STREAM : JSON;
      outcomes.add(threads.submit(() -> describe(client.call(Call.post(url(script), body)))));
    }
    Map<String, Integer> counts = new TreeMap<>();
    for (Future<String> outcome : outcomes) {
      counts.merge(outcome.get(60, TimeUnit.SECONDS), 1, Integer::sum);
    }
    threads.shutdown();
    print("concurrent", counts);
    print("concurrent requests", server.seen.size());
    server.seen.clear();
  }

  /** A case and what is to be said of it. */
  private interface Case {
    Reply run() throws Exception;
  }

  private void report(String what, Case test) {
    server.seen.clear();
    try {
      print(what, describe(test.run()));
    } catch (Exception e) {
      print(what, describe(e));
    }
    List<WireRequest> seen = new ArrayList<>();
    server.seen.drainTo(seen);
    for (WireRequest request : seen) {
      print(what + " request", describe(request));
    }
  }

  private String describe(WireRequest request) {
    Map<String, String> headers = new TreeMap<>(request.headers());
    headers.replaceAll((name, value) -> value.replace(String.valueOf(server.port()), "PORT"));
    return request.line() + " " + headers + " " + request.framing() + " " + digest(request.body());
  }

  private static String describe(Reply reply) {
    Map<String, List<String>> headers = new TreeMap<>();
    reply
        .headers()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), sorted(values)));
    if (Boolean.getBoolean("probe.acting")) {
      // A configuration that acts adds these to answers.
      headers.keySet().removeIf(name -> name.startsWith("x-headgate-"));
    }
    return reply.status() + " " + headers + " " + digest(reply.body());
  }

  private static List<String> sorted(List<String> values) {
    List<String> copy = new ArrayList<>(values);
    Collections.sort(copy);
    return copy;
  }

  private String describe(Exception e) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = e; t != null; t = t.getCause()) {
      text.append(t.getClass().getName());
      if (t instanceof SocketTimeoutException) {
        // Two timers of OkHttp's run for the same time; which of them is first is chance.
        break;
      }
      text.append(": ").append(message(t)).append("; ");
      if (t instanceof HttpTimeoutException) {
        // The JDK's has a cause if the closed connection was noticed first.
        break;
      }
    }
    return text.toString().replace(String.valueOf(server.port()), "PORT");
  }

  /** The JDK's stream says "closed" or what its cause says, whichever of two threads is first. */
  private static String message(Throwable t) {
    Throwable cause = t.getCause();
    boolean chance = cause instanceof IOException && "closed".equals(t.getMessage());
    return chance ? cause.getMessage() : t.getMessage();
  }

  private static String digest(byte[] bytes) {
    try {
      return bytes.length
          + ":"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] padded(int size) {
    byte[] head =
        Answers.REQUEST.substring(0, Answers.REQUEST.length() - 1).getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[size];
    java.util.Arrays.fill(bytes, (byte) ' ');
    System.arraycopy(head, 0, bytes, 0, head.length);
    bytes[size - 1] = '}';
    return bytes;
  }

  private void print(String test, Object outcome) {
    System.out.println("CASE " + name + ": " + test + "\t" + outcome);
  }
}
