// SPDX-License-Identifier: Apache-2.0
package io.headgate.demo;

import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who answers the app: the real host of a provider whose key is in the environment, the stand-in
 * for the others. The stand-in is reached by configuration alone, the app keeps its default URLs.
 */
final class DemoHosts implements AutoCloseable {

  /** A pace one can see, a tenth of the real hosts'. */
  private static final String PACE = "delay-ms=60;chunk-delay-ms=4";

  private final boolean realOpenAi;
  private final boolean realAnthropic;
  private final @Nullable StandIn standIn;
  private final @Nullable Path config;

  private DemoHosts(boolean realOpenAi, boolean realAnthropic) throws IOException {
    this.realOpenAi = realOpenAi;
    this.realAnthropic = realAnthropic;
    boolean needed = !realOpenAi || !realAnthropic;
    this.standIn = needed ? StandIn.start(0, PACE) : null;
    this.config = needed ? Files.createTempFile("headgate-demo", ".yaml") : null;
    if (standIn != null && config != null) {
      Files.writeString(config, yaml(standIn));
    }
  }

  static DemoHosts choose(Map<String, String> env) throws IOException {
    return new DemoHosts(has(env, "OPENAI_API_KEY"), has(env, "ANTHROPIC_API_KEY"));
  }

  private static boolean has(Map<String, String> env, String key) {
    return !env.getOrDefault(key, "").isBlank();
  }

  private String yaml(StandIn hosts) {
    StringBuilder yaml = new StringBuilder("providers:\n");
    if (!realOpenAi) {
      yaml.append("  openai:\n    base-url: ").append(hosts.url("/v1")).append('\n');
    }
    if (!realAnthropic) {
      yaml.append("  anthropic:\n    base-url: ").append(hosts.url("")).append('\n');
    }
    return yaml.toString();
  }

  /** The configuration for the agent; null if it needs none. */
  @Nullable Path config() {
    return config;
  }

  /** Lines that say who answers. */
  List<String> description() {
    List<String> lines = new ArrayList<>();
    lines.add("OpenAI:    " + host(realOpenAi, "api.openai.com", "OPENAI_API_KEY"));
    lines.add("Anthropic: " + host(realAnthropic, "api.anthropic.com", "ANTHROPIC_API_KEY"));
    return lines;
  }

  private String host(boolean real, String name, String key) {
    return real || standIn == null
        ? name + ", the real one"
        : "a stand-in at " + standIn.url("") + " (set " + key + " for " + name + ")";
  }

  @Override
  public void close() throws IOException {
    if (standIn != null) {
      standIn.close();
    }
    if (config != null) {
      Files.deleteIfExists(config);
    }
  }
}
