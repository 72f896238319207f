// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.standin.MetricPoint;
import io.headgate.standin.OtlpSink;
import io.headgate.standin.Recorded;
import io.headgate.standin.SpanRecord;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of an app with the agent: what the app said, what the hosts got, what was exported. Each
 * provider's calls are led to the stand-in below a path of the provider's name, so that a request's
 * path tells whose it was meant to be.
 *
 * @param said the app's own words, by call, in order
 * @param logical the spans with {@code gen_ai.*} attributes, in the order of the calls
 */
record SdkRun(
    Map<String, String> said,
    List<SpanRecord> logical,
    List<SpanRecord> spans,
    List<MetricPoint> metrics,
    List<Recorded> requests,
    ForkedJvm.Result result) {

  /** Where the stand-in serves each provider, below {@code http://127.0.0.1:PORT}. */
  private static final Map<String, String> BASES =
      Map.of(
          "openai", "/openai/v1",
          "anthropic", "/anthropic",
          "gemini", "/gemini",
          "cohere", "/cohere",
          "bedrock", "/bedrock",
          "azure", "/azure",
          "ollama", "/ollama");

  /** The value of {@code api-key} where a test configures one, and what it is made of. */
  static final String CONFIGURED = Said.KEY + "configured";

  /**
   * Runs a probe.
   *
   * @param more further settings by provider, as entries of a YAML flow mapping
   * @param sdks what is on the class path, see {@link ClassPaths#withSdks}
   */
  static SdkRun of(Class<?> probe, Map<String, String> more, String... sdks) throws IOException {
    return on(ClassPaths.withSdks(sdks), probe, more, "");
  }

  /**
   * Runs a probe on a class path of its own.
   *
   * @param rest what else the configuration says
   */
  static SdkRun on(String classPath, Class<?> probe, Map<String, String> more, String rest)
      throws IOException {
    Path config = Files.createTempFile("headgate-it", ".yaml");
    try (StandIn hosts = StandIn.start();
        OtlpSink sink = OtlpSink.start()) {
      Files.writeString(config, yaml(hosts, more) + rest);
      ForkedJvm.Result result =
          ForkedJvm.java()
              .classPath(classPath)
              .agent()
              .property("headgate.config", config)
              .env("IT_CONFIGURED_KEY", CONFIGURED)
              .env("OTEL_SDK_DISABLED", "false")
              .env("OTEL_EXPORTER_OTLP_ENDPOINT", sink.endpoint())
              .env("OTEL_BSP_SCHEDULE_DELAY", "100")
              .env("OTEL_METRIC_EXPORT_INTERVAL", "500")
              .main(probe)
              .run()
              .orThrow();
      Map<String, String> said = said(result.out());
      // The exit waits for the last export: what is not here a moment later never comes.
      sink.awaitSpans(2 * said.size(), Duration.ofSeconds(5));
      List<SpanRecord> spans = sink.spans();
      List<SpanRecord> logical =
          spans.stream()
              .filter(SdkRun::isLogical)
              .sorted(Comparator.comparingLong(SpanRecord::startNanos))
              .toList();
      return new SdkRun(said, logical, spans, sink.metrics(), hosts.requests(), result);
    } finally {
      Files.delete(config);
    }
  }

  private static String yaml(StandIn hosts, Map<String, String> more) {
    StringBuilder yaml = new StringBuilder("providers:\n");
    BASES.forEach(
        (name, base) -> {
          String added = more.containsKey(name) ? ", " + more.get(name) : "";
          yaml.append("  %s: {base-url: \"%s\"%s}\n".formatted(name, hosts.url(base), added));
        });
    return yaml.toString();
  }

  private static Map<String, String> said(String out) {
    Map<String, String> said = new LinkedHashMap<>();
    out.lines()
        .filter(line -> line.startsWith("CALL "))
        .forEach(
            line -> {
              int tab = line.indexOf('\t');
              said.put(line.substring(5, tab), line.substring(tab + 1));
            });
    return said;
  }

  static boolean isLogical(SpanRecord span) {
    return span.attributes().keySet().stream().anyMatch(key -> key.startsWith("gen_ai."));
  }

  List<SpanRecord> children(SpanRecord parent) {
    return spans.stream().filter(span -> span.isChildOf(parent)).toList();
  }

  /** Nothing of what was asked, answered or shown as a credential is told to anybody. */
  void assertDiscreet() {
    assertThat(result.out().lines()).allMatch(line -> line.startsWith("CALL "));
    assertThat(result.err()).doesNotContain("headgate", Said.CANARY, Said.KEY);
    assertThat(spans).isNotEmpty();
    for (SpanRecord span : spans) {
      assertThat(span.toString()).doesNotContain(Said.CANARY, Said.KEY, "row 500");
    }
    assertThat(metrics.toString()).doesNotContain(Said.CANARY, Said.KEY);
  }

  /** The two metrics of the conventions that every call has, with their prescribed buckets. */
  void assertMetrics() {
    assertThat(points("gen_ai.client.operation.duration"))
        .isNotEmpty()
        .allSatisfy(
            point -> {
              assertThat(point.unit()).isEqualTo("s");
              assertThat(point.bounds())
                  .containsExactly(
                      0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48,
                      40.96, 81.92);
              assertThat(point.attributes())
                  .containsKeys("gen_ai.operation.name", "gen_ai.provider.name");
            });
    assertThat(points("gen_ai.client.token.usage"))
        .isNotEmpty()
        .allSatisfy(
            point -> {
              assertThat(point.unit()).isEqualTo("{token}");
              assertThat(point.bounds())
                  .containsExactly(
                      1d, 4d, 16d, 64d, 256d, 1024d, 4096d, 16384d, 65536d, 262144d, 1048576d,
                      4194304d, 16777216d, 67108864d);
              assertThat(point.attributes()).containsKey("gen_ai.token.type");
            });
    long calls =
        last(points("gen_ai.client.operation.duration")).values().stream()
            .mapToLong(MetricPoint::count)
            .sum();
    assertThat(calls).as("calls in the last export").isEqualTo(said.size());
  }

  private List<MetricPoint> points(String name) {
    return metrics.stream().filter(point -> point.name().equals(name)).toList();
  }

  /** Cumulative: the last point of each series counts them all. */
  private static Map<Map<String, Object>, MetricPoint> last(List<MetricPoint> points) {
    Map<Map<String, Object>, MetricPoint> last = new LinkedHashMap<>();
    points.forEach(point -> last.put(point.attributes(), point));
    return last;
  }
}
