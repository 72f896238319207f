// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who writes no conditions loads nothing that evaluates them. */
class LeanIT {

  private static final String PACKAGE = "io.headgate.expression.";

  /** What other code is written against: three interfaces and what one of them throws. */
  private static final Set<String> INTERFACES =
      Set.of(
          PACKAGE + "Expression",
          PACKAGE + "ExpressionCompiler",
          PACKAGE + "ExpressionException",
          PACKAGE + "Variables");

  private static final String ROUTE =
      """
      routes:
        - name: small
          match: {model: gpt-4o%s}
          first: [{use: openai/gpt-4o-mini}, {use: openai/gpt-5}]
      """;

  @TempDir Path dir;

  @Test
  void routesWithoutConditionsLoadNoExpressions() throws Exception {
    assertThat(expressionsLoaded(ROUTE.formatted(""))).isSubsetOf(INTERFACES);
  }

  @Test
  void routesWithConditionsDo() throws Exception {
    assertThat(expressionsLoaded(ROUTE.formatted(", when: 'request.stream == false'")))
        .contains(PACKAGE + "CelCompiler");
  }

  private Set<String> expressionsLoaded(String routes) throws IOException {
    Path log = dir.resolve("classes.log");
    try (StandIn hosts = StandIn.start()) {
      RoutingRun run =
          RoutingRun.of(
              ForkedJvm.java()
                  .option("-Xlog:class+load=info:file=" + log + ":none:filecount=0")
                  .main(OneCall.class),
              dir,
              RoutingRun.providers(hosts, "") + routes);
      assertThat(run.said().get("one")).contains("route=small");
    }
    return Files.readAllLines(log).stream()
        .map(line -> line.split(" ", 2)[0])
        .filter(name -> name.startsWith(PACKAGE))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
