// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.coexist;

import io.headgate.it.ForkedJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** Another agent that an operator may have in the same JVM, told to keep to itself. */
public enum OtherAgent {
  OPENTELEMETRY("opentelemetry-javaagent", "[otel.javaagent ") {
    @Override
    public ForkedJvm alone(ForkedJvm jvm) {
      return jvm.env("OTEL_SDK_DISABLED", "false")
          .env("OTEL_TRACES_EXPORTER", "none")
          .env("OTEL_METRICS_EXPORTER", "none")
          .env("OTEL_LOGS_EXPORTER", "none");
    }
  },
  DATADOG("dd-java-agent", "[dd.trace ") {
    @Override
    public ForkedJvm alone(ForkedJvm jvm) {
      if (ForkedJvm.atLeastJava(24)) {
        jvm.option("--enable-native-access=ALL-UNNAMED"); // Which it uses: the JVM warns otherwise.
      }
      // All that would open a connection is off, and spans go to a file at most.
      for (String feature :
          List.of(
              "instrumentation.telemetry",
              "remote_config",
              "remote_configuration",
              "profiling",
              "appsec",
              "iast",
              "crashtracking",
              "jmxfetch",
              "trace.health.metrics",
              "data.streams",
              "symbol.database.upload",
              "dynamic.instrumentation",
              "exception.replay",
              "llmobs",
              "logs.injection")) {
        jvm.property("dd." + feature + ".enabled", false);
      }
      return jvm.env("OTEL_SDK_DISABLED", "false")
          .property("dd.agent.host", "127.0.0.1")
          .property("dd.trace.agent.port", 1)
          .property("dd.trace.startup.logs", false)
          .property("dd.trace.otel.enabled", true)
          .property("dd.writer.type", "LoggingWriter");
    }
  };

  private final String folder;
  private final String says;

  /**
   * @param folder below the clients' folder, with the agent's jar in it
   * @param says what its own lines on stderr begin with
   */
  OtherAgent(String folder, String says) {
    this.folder = folder;
    this.says = says;
  }

  /** Sets it up to send nothing anywhere. */
  public abstract ForkedJvm alone(ForkedJvm jvm);

  /** Adds it, before or behind what else is added. */
  public ForkedJvm in(ForkedJvm jvm) {
    File jar =
        Path.of(
                System.getProperty("headgate.it.clients", "target/clients"),
                folder,
                folder + ".jar")
            .toAbsolutePath()
            .toFile();
    if (!jar.isFile()) {
      throw new IllegalStateException(jar + " is missing: run this through mvn verify");
    }
    return jvm.option("-javaagent:" + jar);
  }

  /** What was said that is neither this agent's nor the JVM's. */
  public List<String> others(String err) {
    return err.lines()
        .filter(line -> !line.isBlank() && !line.startsWith(says) && !line.contains("VM warning"))
        .toList();
  }
}
