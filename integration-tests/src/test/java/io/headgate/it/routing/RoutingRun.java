// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One run of an app, and what it said.
 *
 * @param said the app's own words, by call, in order
 */
record RoutingRun(Map<String, String> said, ForkedJvm.Result result) {

  /**
   * What every configuration here begins with: providers whose calls go to a stand-in, each below a
   * path of its name.
   *
   * @param more further entries of {@code providers}, indented by two blanks; may be empty
   */
  static String providers(StandIn hosts, String more) {
    return """
        providers:
          openai: {base-url: "%s"}
          anthropic: {base-url: "%s"}
        %s
        """
        .formatted(hosts.url("/openai/v1"), hosts.url("/anthropic"), more);
  }

  /** Runs a JVM with the agent and a configuration; it must end well and say nothing on stderr. */
  static RoutingRun of(ForkedJvm jvm, Path dir, String yaml) throws IOException {
    Path config = Files.writeString(dir.resolve("routing.yaml"), yaml);
    RoutingRun run = plain(jvm.agent("config=" + config));
    assertThat(run.result.err()).doesNotContain("headgate", "Exception");
    return run;
  }

  /** Runs a JVM as it is. */
  static RoutingRun plain(ForkedJvm jvm) {
    ForkedJvm.Result result = jvm.run().orThrow();
    Map<String, String> said = new LinkedHashMap<>();
    result
        .out()
        .lines()
        .filter(line -> line.startsWith("CALL "))
        .forEach(
            line -> {
              int tab = line.indexOf('\t');
              said.put(line.substring(5, tab), line.substring(tab + 1));
            });
    return new RoutingRun(said, result);
  }
}
