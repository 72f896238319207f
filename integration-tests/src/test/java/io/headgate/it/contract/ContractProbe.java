// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.Ports;
import io.headgate.it.contract.Client.Call;
import io.headgate.it.contract.Client.Framing;
import io.headgate.it.contract.Client.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
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

  private final Client client;
  private final ScriptedServer server;
  private final String prefix;
  private final CaseLog log;

  private ContractProbe(Client client, ScriptedServer server, String prefix, CaseLog log) {
    this.client = client;
    this.server = server;
    this.prefix = prefix;
    this.log = log;
  }

  /**
   * Arguments: the clients' classes in this package, with commas between; the URL to call instead
   * of the server's own, or "-"; and which cases: "all", or nothing, "few" for a handful of quick
   * ones, "answered" for those that the agent may answer itself.
   */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.getInteger("probe.port", 0);
    String which = arguments.length > 2 ? arguments[2] : "all";
    Stalls.watch();
    try (ScriptedServer server = new ScriptedServer(port)) {
      String prefix = arguments[1].equals("-") ? "http://127.0.0.1:" + server.port() : arguments[1];
      for (String name : arguments[0].split(",")) {
        CaseLog log = new CaseLog(name, server);
        try (Client client = client(name)) {
          ContractProbe probe = new ContractProbe(client, server, prefix, log);
          AnsweredCases answered = new AnsweredCases(client, server, prefix, log);
          switch (which) {
            case "few" -> probe.runFew();
            case "answered" -> answered.run();
            case "all" -> {
              probe.run();
              new WayCases(client, server, prefix, log).run();
              answered.run();
            }
            default -> throw new IllegalArgumentException(which);
          }
        }
      }
    }
    System.exit(0);
  }

  /** The class of that name in this package, by its constructor without parameters. */
  private static Client client(String name) throws ReflectiveOperationException {
    String type = ContractProbe.class.getPackageName() + "." + name;
    return (Client) Class.forName(type).getDeclaredConstructor().newInstance();
  }

  private String url(String script) {
    return prefix + "/v1/chat/completions?do=" + script;
  }

  /** The kinds of answer and of request that take different ways through the agent. */
  private void runFew() {
    for (String script : List.of("json", "gzip", "error", "reset", "malformed")) {
      log.report("call " + script, () -> client.call(Call.post(url(script), JSON)));
    }
    log.report(
        "post chunked", () -> client.call(Call.post(url("json"), JSON).framed(Framing.CHUNKED)));
    log.report(
        "post one-shot", () -> client.call(Call.post(url("json"), JSON).framed(Framing.ONE_SHOT)));
    log.report("stream", () -> client.stream(Call.post(url("stream"), STREAM), chunk -> {}));
    cutStreamFails();
  }

  private void run() throws Exception {
    if (!client.streamsOnly()) {
      calls();
    }
    log.report("stream", () -> client.stream(Call.post(url("stream"), STREAM), chunk -> {}));
    log.report("stream json", () -> client.stream(Call.post(url("json"), JSON), chunk -> {}));
    log.report("stream gzip", () -> client.stream(Call.post(url("gzip"), JSON), chunk -> {}));
    log.report("stream large", () -> client.stream(Call.post(url("large"), JSON), chunk -> {}));
    cutStreamFails();
    log.report("stream error", () -> client.stream(Call.post(url("error"), STREAM), chunk -> {}));
    if (client.flows()) {
      firstEventArrivesBeforeTheSecondIsSent();
      abandonedStreamIsClosed();
    }
    if (!client.streamsOnly()) {
      // Long enough for the request to be sent on a busy machine: the app's time counts from the
      // beginning of the call.
      log.report(
          "timeout", () -> client.call(Call.post(url("hang"), JSON).within(Duration.ofSeconds(1))));
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
      log.report("call " + script, () -> client.call(Call.post(url(script), JSON)));
    }
    log.report("get", () -> client.call(Call.get(url("json"))));
    log.report("post nothing", () -> client.call(Call.post(url("json"), new byte[0])));
    log.report("post 1 MiB", () -> client.call(Call.post(url("json"), padded(1 << 20))));
    log.report("post 9 MiB", () -> client.call(Call.post(url("json"), padded(9 << 20))));
    log.report(
        "post chunked", () -> client.call(Call.post(url("json"), JSON).framed(Framing.CHUNKED)));
    log.report(
        "post 9 MiB chunked",
        () -> client.call(Call.post(url("json"), padded(9 << 20)).framed(Framing.CHUNKED)));
    log.report(
        "post one-shot", () -> client.call(Call.post(url("json"), JSON).framed(Framing.ONE_SHOT)));
  }

  /** Cut once something has arrived: what a client says of an answer with nothing is chance. */
  private void cutStreamFails() {
    CountDownLatch gate = new CountDownLatch(1);
    server.gate = gate;
    log.report(
        "stream cut",
        () -> client.stream(Call.post(url("stream-cut"), STREAM), chunk -> gate.countDown()));
    gate.countDown();
  }

  private void firstEventArrivesBeforeTheSecondIsSent() {
    CountDownLatch gate = new CountDownLatch(1);
    server.gate = gate;
    AtomicBoolean early = new AtomicBoolean();
    log.report(
        "stream flows",
        () -> {
          Reply reply =
              client.stream(
                  Call.post(url("stream-gated"), STREAM),
                  chunk -> {
                    early.set(early.get() || gate.getCount() == 1);
                    gate.countDown();
                  });
          log.print("stream flows early", early.get());
          return reply;
        });
    gate.countDown();
  }

  private void abandonedStreamIsClosed() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    server.gate = gate;
    // A client that waits for more of the answer before it closes it need not wait for long.
    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(gate::countDown);
    try {
      client.abandon(Call.post(url("stream-gated"), STREAM));
      log.print("abandon", "returned");
    } catch (Exception e) {
      log.print("abandon", e.getClass().getName());
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
    log.print("cancel", outcome);
    if (client.cancelCloses()) {
      log.print("cancel closes upstream", server.closedByClient.poll(20, TimeUnit.SECONDS));
    }
  }

  private void refused() throws Exception {
    int port = Ports.free();
    try {
      client.call(Call.post("http://127.0.0.1:" + port + "/v1/chat/completions", JSON));
      log.print("refused", "answered");
    } catch (Exception e) {
      log.print("refused", log.describe(e).replace(String.valueOf(port), "PORT"));
    }
  }

  private void concurrent() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    List<Future<String>> outcomes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String script = i % 3 == 0 ? "stream" : "json";
      byte[] body = i % 3 == 0 ? STREAM : JSON;
      outcomes.add(
          threads.submit(() -> CaseLog.describe(client.call(Call.post(url(script), body)))));
    }
    Map<String, Integer> counts = new TreeMap<>();
    for (Future<String> outcome : outcomes) {
      counts.merge(outcome.get(60, TimeUnit.SECONDS), 1, Integer::sum);
    }
    threads.shutdown();
    log.print("concurrent", counts);
    log.print("concurrent requests", server.seen.size());
    server.seen.clear();
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
}
