// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import io.headgate.resilience.Routes;
import io.headgate.resilience.TargetHealth;
import io.headgate.route.Route;
import io.headgate.route.Router;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What choosing the targets of one call costs, before anything is sent, by the number of routes and
 * by what they match. The call matches the last route.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class PlanBenchmark {

  /** How many routes. */
  @Param({"0", "10", "1000"})
  public int routes;

  /** What each of them matches: a model's name, a glob, or a condition. */
  @Param({"model", "glob", "when"})
  public String match;

  private Router router;
  private Exchange exchange;
  private GatewayRequest request;

  @Setup
  public void read() throws IOException {
    StringBuilder yaml = new StringBuilder(routes == 0 ? "mode: enforce\n" : "routes:\n");
    for (int i = 1; i <= routes; i++) {
      String what =
          switch (match) {
            case "model" -> "model: m-" + i;
            case "glob" -> "model: \"m-" + i + "-*\"";
            default -> "when: 'metadata.plan == \"p-" + i + "\"'";
          };
      yaml.append("  - {match: {").append(what).append("}, use: openai/a}\n");
    }
    Path file = Files.createTempFile("headgate", ".yaml");
    Files.writeString(file, yaml);
    Config config = Configurations.loader().load("config=" + file).config();
    Files.delete(file);
    router =
        Routes.router(
            config, new TargetHealth(System::nanoTime), target -> Long.MAX_VALUE, failure -> {});
    request =
        new GatewayRequest(
            "POST",
            URI.create("https://api.openai.com/v1/chat/completions"),
            Headers.EMPTY,
            RequestBody.NONE);
    RequestFacts.Builder facts = RequestFacts.builder();
    facts.model = "m-" + routes + (match.equals("glob") ? "-x" : "");
    exchange =
        new Exchange(
            new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.CHAT, null, false),
            request,
            facts.build(),
            new Exchange.CallSite("benchmark", null),
            0);
    exchange.metadata(Map.of("plan", "p-" + routes));
  }

  @Benchmark
  public Route plan() {
    return router.plan(Routes.call(exchange, request, ""), decision -> {});
  }
}
