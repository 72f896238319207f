// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.standin.MetricPoint;
import io.headgate.standin.OtlpSink;
import io.headgate.standin.SpanRecord;
import io.headgate.standin.StandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * openai-java in one JVM with the OpenTelemetry agent, which has spans of its own for chat
 * completions and embeddings, but none for responses.
 */
class DescribedByOthersIT {

  private static final String THEIRS = "io.opentelemetry.openai-java-1.1";
  private static final String OURS = "io.headgate";
  private static final String EMBEDDINGS = "embeddings text-embedding-3-small";

  @TempDir Path dir;

  @Test
  void eachCallHasOneGenAiSpanWhoeverMakesIt() throws Exception {
    try (StandIn hosts = StandIn.start();
        OtlpSink sink = OtlpSink.start()) {
      Path config =
          Files.writeString(
              dir.resolve("redirect.yaml"),
              "providers:\n  openai: {base-url: \"" + hosts.url("/openai/v1") + "\"}\n");
      Path other =
          Path.of(
              System.getProperty("headgate.it.clients", "target/clients"),
              "opentelemetry-javaagent",
              "opentelemetry-javaagent.jar");

      ForkedJvm.Result result =
          ForkedJvm.java()
              .classPath(ClassPaths.withSdks("com/openai/"))
              .option("-javaagent:" + other.toAbsolutePath())
              .agent("config=" + config)
              .exportingTo(sink.endpoint())
              .env("OTEL_LOGS_EXPORTER", "none")
              .main(OpenAiProbe.class)
              .run()
              .orThrow();

      assertThat(result.err().lines()).noneMatch(line -> line.contains("headgate"));
      // Eight calls, each with one span for itself, our attempt's below, and their request's.
      List<SpanRecord> spans = sink.awaitSpans(24, Duration.ofSeconds(5));
      List<SpanRecord> calls =
          spans.stream().filter(span -> span.text("gen_ai.operation.name") != null).toList();
      assertThat(calls).hasSize(8).allMatch(span -> span.parentSpanId().isEmpty());
      assertThat(byScope(calls)).isEqualTo(Map.of(THEIRS, 6L, OURS, 2L));
      for (SpanRecord call : calls) {
        SpanRecord attempt = onlyChild(spans, call);
        assertThat(attempt.scope()).isEqualTo(OURS);
        assertThat(onlyChild(spans, attempt).scope()).isEqualTo("io.opentelemetry.okhttp-3.0");
      }
      assertThat(calls.stream().filter(call -> call.attribute("gen_ai.usage.cost") != null))
          .as("all but the one that failed")
          .hasSize(7);
      assertThat(spans).hasSize(24);

      assertThat(measuredWithout(sink, "gen_ai.client.operation.duration", "server.address"))
          .as("their measurements do not name the server; ours are of what they do not measure")
          .containsExactlyInAnyOrder("chat gpt-4o-mini", "chat no-such-model", EMBEDDINGS);
      assertThat(measuredWith(sink, "gen_ai.client.operation.duration", "server.address"))
          .containsExactly("chat gpt-4o-mini");
    }
  }

  private static Map<String, Long> byScope(List<SpanRecord> spans) {
    return spans.stream().collect(Collectors.groupingBy(SpanRecord::scope, Collectors.counting()));
  }

  private static SpanRecord onlyChild(List<SpanRecord> spans, SpanRecord parent) {
    List<SpanRecord> children = spans.stream().filter(span -> span.isChildOf(parent)).toList();
    assertThat(children).as("children of " + parent.name()).hasSize(1);
    return children.get(0);
  }

  private static Set<String> measuredWith(OtlpSink sink, String metric, String attribute) {
    return names(sink, metric, attribute, true);
  }

  private static Set<String> measuredWithout(OtlpSink sink, String metric, String attribute) {
    return names(sink, metric, attribute, false);
  }

  private static Set<String> names(OtlpSink sink, String metric, String attribute, boolean has) {
    return sink.metrics().stream()
        .filter(point -> point.name().equals(metric))
        .map(MetricPoint::attributes)
        .filter(attributes -> attributes.containsKey(attribute) == has)
        .map(a -> a.get("gen_ai.operation.name") + " " + a.get("gen_ai.request.model"))
        .collect(Collectors.toSet());
  }
}
