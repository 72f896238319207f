// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.util.ArrayList;
import java.util.List;

/** With which agent an application is started. */
enum AgentKind {
  NONE("none"),
  /** No agent once more: how far two equal things come out apart. */
  NONE_AGAIN("none-again"),
  HEADGATE("headgate"),
  OTEL("otel"),
  DATADOG("dd-llmobs");

  private final String text;

  AgentKind(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /**
   * The JVM's options.
   *
   * @param configured whether Headgate is told that the loopback host is an LLM host
   */
  List<String> options(Setup setup, boolean configured) {
    List<String> options = new ArrayList<>();
    switch (this) {
      case NONE, NONE_AGAIN -> {
        // As the application is.
      }
      case HEADGATE -> {
        options.add("-javaagent:" + setup.headgate());
        if (configured) {
          options.add("-Dheadgate.config=" + setup.config());
        }
      }
      case OTEL -> options.add("-javaagent:" + setup.otel());
      case DATADOG -> {
        options.add("-javaagent:" + setup.datadog());
        options.add("-Ddd.llmobs.enabled=true");
        options.add("-Ddd.llmobs.ml.app=bench");
        options.add("-Ddd.instrumentation.telemetry.enabled=false");
        options.add("-Ddd.remote_configuration.enabled=false");
        options.add("-Ddd.trace.startup.logs=false");
      }
    }
    return options;
  }
}
