// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is.
 *
 * @param headgate the agent's jar
 * @param otel the OpenTelemetry agent's jar
 * @param datadog the Datadog agent's jar; null if it does not take part
 * @param classPath of the applications
 * @param scratch a directory for what runs leave behind
 */
record Setup(Path headgate, Path otel, @Nullable Path datadog, String classPath, Path scratch) {

  /** Finds the jars below the directory of this module. */
  static Setup below(Path module, @Nullable Path datadog) throws IOException {
    Path target = module.resolve("target");
    Setup setup =
        new Setup(
            module.resolve("../agent/target/headgate-agent.jar").normalize(),
            target.resolve("agents/opentelemetry-javaagent.jar"),
            datadog,
            target.resolve("classes") + ":" + target.resolve("app-lib") + "/*",
            Files.createDirectories(target.resolve("scratch")));
    for (AgentKind kind : setup.kinds()) {
      setup.check(kind);
    }
    Files.writeString(
        setup.config(),
        """
        mode: observe
        providers:
          openai:
            hosts: ["127.0.0.1"]
        """);
    return setup;
  }

  /** The configuration that makes the loopback address an LLM host. */
  Path config() {
    return scratch.resolve("headgate-bench.yaml");
  }

  /** The agents that take part. */
  List<AgentKind> kinds() {
    return datadog == null
        ? List.of(AgentKind.NONE, AgentKind.NONE_AGAIN, AgentKind.HEADGATE, AgentKind.OTEL)
        : List.of(AgentKind.values());
  }

  private void check(AgentKind kind) {
    Path jar =
        switch (kind) {
          case NONE, NONE_AGAIN -> null;
          case HEADGATE -> headgate;
          case OTEL -> otel;
          case DATADOG -> datadog;
        };
    if (jar != null && !Files.isRegularFile(jar)) {
      throw new IllegalStateException("there is no agent at " + jar + "; start benchmarks/run");
    }
  }
}
