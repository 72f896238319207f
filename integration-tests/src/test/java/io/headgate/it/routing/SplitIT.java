// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.it.ForkedJvm;
import io.headgate.standin.OtlpSink;
import io.headgate.standin.Recorded;
import io.headgate.standin.StandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment with two arms, in which every user stays in one of them. */
class SplitIT {

  private static final String EXPERIMENT =
      """
      metadata: {user: header:x-user-id}
      routes:
        - name: experiment
          match: {model: smart}
          sticky: metadata.user
          split:
            - {arm: control, weight: 60, use: openai/gpt-4o}
            - {arm: terse, weight: 40, use: openai/gpt-4o-mini, rewrite: terse}
      rewrite:
        terse:
          system: {append: "Be short, ${metadata.user}."}
          set: {temperature: 0.2}
      """;

  @TempDir Path dir;

  @Test
  void sameUserGetsTheSameArmInEveryJvm() throws Exception {
    Map<String, Set<String>> first = experiment();
    Map<String, Set<String>> second = experiment();

    assertThat(first).hasSize(50).isEqualTo(second);
    assertThat(first.values()).allSatisfy(arms -> assertThat(arms).hasSize(1));
    assertThat(first.values()).contains(Set.of("control"), Set.of("terse"));
  }

  /** The arms by user, checked against what arrived. */
  private Map<String, Set<String>> experiment() throws Exception {
    try (StandIn hosts = StandIn.start();
        OtlpSink sink = OtlpSink.start()) {
      RoutingRun run =
          RoutingRun.of(
              ForkedJvm.java().exportingTo(sink.endpoint()).main(SplitProbe.class),
              dir,
              RoutingRun.providers(hosts, "") + EXPERIMENT);
      Map<String, Set<String>> arms = new TreeMap<>();
      run.said()
          .forEach(
              (call, arm) ->
                  arms.computeIfAbsent(call.split(" ")[0], u -> new TreeSet<>()).add(arm));
      assertThat(hosts.requests()).hasSize(200);
      for (Recorded request : hosts.requests()) {
        String user = String.valueOf(request.header("x-user-id"));
        assertThat(arms.get(user)).containsExactly(armOf(request.json(), user));
      }
      assertThat(armsOf(sink)).isEqualTo(counted(run));
      return arms;
    }
  }

  /** How many calls each arm had, as the spans tell. */
  private static Map<String, Long> armsOf(OtlpSink sink) {
    return sink
        .awaitSpans(
            span -> "experiment".equals(span.text("headgate.route")), 200, Duration.ofSeconds(10))
        .stream()
        .collect(
            Collectors.groupingBy(
                span -> String.valueOf(span.text("headgate.arm")), Collectors.counting()));
  }

  /** How many calls each arm had, as the app saw it. */
  private static Map<String, Long> counted(RoutingRun run) {
    return run.said().values().stream()
        .collect(Collectors.groupingBy(arm -> arm, Collectors.counting()));
  }

  /** The arm whose model, temperature and system prompt these all are. */
  private static String armOf(JsonNode body, String user) {
    boolean control = body.path("model").asText().equals("gpt-4o");
    assertThat(body.path("model").asText()).isEqualTo(control ? "gpt-4o" : "gpt-4o-mini");
    assertThat(body.path("temperature").asDouble()).isEqualTo(control ? 1 : 0.2);
    String system = body.path("messages").path(0).path("content").asText();
    if (control) {
      assertThat(system).isEqualTo("Be kind.");
    } else {
      assertThat(system).startsWith("Be kind.").endsWith("Be short, " + user + ".");
    }
    return control ? "control" : "terse";
  }
}
