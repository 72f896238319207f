// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headgate.it.ForkedJvm;
import io.headgate.it.coexist.OtherAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In one JVM with Datadog's agent and its OpenTelemetry API: our spans are in its traces. */
class DatadogAgentIT {

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void spansAreInItsTraces(boolean otherFirst) throws Exception {
    try (Hosts hosts = new Hosts()) {
      String own = "config=" + hosts.redirectIn(dir);
      ForkedJvm jvm = OtherAgent.DATADOG.alone(ForkedJvm.java());
      jvm.property("dd.writer.type", "PrintingWriter"); // One line of JSON on stdout per trace.
      jvm =
          otherFirst
              ? OtherAgent.DATADOG.in(jvm).agent(own)
              : OtherAgent.DATADOG.in(jvm.agent(own));

      ForkedJvm.Result result =
          jvm.main(Probe.class, "jdk=" + hosts.url(), "okhttp=" + hosts.url()).run().orThrow();

      assertThat(OtherAgent.DATADOG.others(result.err())).isEmpty();
      assertThat(result.out().lines().filter(line -> !line.startsWith("{")))
          .containsExactly("jdk 200", "okhttp 200");
      hosts.assertRedirected(2);
      List<List<JsonNode>> traces = traces(result.out());
      assertThat(traces).hasSize(2);
      for (List<JsonNode> trace : traces) {
        JsonNode chat = only(trace, "chat gpt-4o-mini", "client.request");
        JsonNode attempt = below(trace, chat);
        assertThat(attempt.at("/metrics/headgate.attempt.number").intValue()).isEqualTo(1);
        assertThat(below(trace, attempt).at("/meta/component").textValue())
            .as("its own span of the request")
            .isIn("java-http-client", "okhttp");
        assertThat(chat.at("/meta/gen_ai.response.model").textValue()).startsWith("gpt-4o-mini");
        // Its interceptor for OkHttp is one of the app's, and so in front of the whole call, too.
        assertThat(trace)
            .filteredOn(span -> span.at("/meta/component").textValue() == null)
            .as("ours")
            .containsExactlyInAnyOrder(chat, attempt);
      }
    }
  }

  private static List<List<JsonNode>> traces(String out) throws IOException {
    List<List<JsonNode>> traces = new ArrayList<>();
    for (String line : out.lines().filter(line -> line.startsWith("{")).toList()) {
      for (JsonNode trace : new ObjectMapper().readTree(line).path("traces")) {
        List<JsonNode> spans = new ArrayList<>();
        trace.forEach(spans::add);
        traces.add(spans);
      }
    }
    return traces;
  }

  private static JsonNode only(List<JsonNode> trace, String resource, String name) {
    List<JsonNode> found =
        trace.stream()
            .filter(span -> span.path("resource").textValue().equals(resource))
            .filter(span -> span.path("name").textValue().equals(name))
            .toList();
    assertThat(found).as(resource + " in " + trace).hasSize(1);
    return found.get(0);
  }

  private static JsonNode below(List<JsonNode> trace, JsonNode parent) {
    List<JsonNode> children =
        trace.stream()
            .filter(span -> span.path("parent_id").equals(parent.path("span_id")))
            .toList();
    assertThat(children).as("children of " + parent + " in " + trace).hasSize(1);
    return children.get(0);
  }
}
