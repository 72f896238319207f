// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.standin.Recorded;
import io.headgate.standin.StandIn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives of a request whose model alone was chosen, next to what arrives without us. */
class FidelityIT {

  private static final String MODELS =
      """
      models:
        "claude-*": anthropic/*
        "gpt-*": openai/*
        fast: anthropic/claude-haiku-4-5
        small: openai/gpt-4o-mini
      """;

  /** What differs between two runs of the same app on two ports. */
  private static final Set<String> OF_THE_RUN =
      Set.of("host", "content-length", "idempotency-key", "traceparent", "tracestate");

  @TempDir Path dir;

  @Test
  void anthropicBodiesDifferInTheNameOfTheModelOnly() throws Exception {
    bodiesDifferInTheNameOfTheModelOnly(
        AnthropicTurns.class,
        "com/anthropic/",
        "anthropic-beta",
        "claude-sonnet-4-5",
        "fast",
        "claude-haiku-4-5");
  }

  @Test
  void openAiBodiesDifferInTheNameOfTheModelOnly() throws Exception {
    bodiesDifferInTheNameOfTheModelOnly(
        OpenAiTurns.class, "com/openai/", "openai-beta", "gpt-4o", "small", "gpt-4o-mini");
  }

  private void bodiesDifferInTheNameOfTheModelOnly(
      Class<?> app, String sdk, String beta, String same, String alias, String target)
      throws Exception {
    try (StandIn plainly = StandIn.start();
        StandIn routed = StandIn.start()) {
      RoutingRun.plain(jvm(app, sdk, same, alias).property("it.base-url", plainly.url("")));
      RoutingRun.of(jvm(app, sdk, same, alias), dir, RoutingRun.providers(routed, "") + MODELS);

      List<Recorded> expected = plainly.requests();
      List<Recorded> seen = routed.requests();
      assertThat(expected).hasSizeGreaterThanOrEqualTo(4);
      assertThat(seen).hasSameSizeAs(expected);
      for (int i = 0; i < seen.size(); i++) {
        String spliced =
            expected
                .get(i)
                .text()
                .replace("\"model\":\"" + alias + "\"", "\"model\":\"" + target + "\"");
        assertThat(seen.get(i).text()).isEqualTo(spliced);
        assertThat(seen.get(i).target()).isEqualTo(expected.get(i).target());
        assertThat(fields(seen.get(i))).isEqualTo(fields(expected.get(i))).containsKey(beta);
      }
      assertThat(seen.get(seen.size() - 1).json().path("model").asText()).isEqualTo(target);
    }
  }

  @Test
  void anthropicAnswersNameTheModelThatWasAskedFor() throws Exception {
    try (StandIn hosts = StandIn.start()) {
      RoutingRun run =
          RoutingRun.of(
              jvm(AnthropicTurns.class, "com/anthropic/", "claude-sonnet-4-5", "fast"),
              dir,
              RoutingRun.providers(hosts, "") + MODELS);

      assertThat(models(run))
          .isEqualTo(
              Map.of(
                  // Not ours to change: it is what the host says of the very model asked for.
                  "claude-sonnet-4-5 buffered", "claude-sonnet-4-5-20250929",
                  "claude-sonnet-4-5 streamed", "claude-sonnet-4-5-20250929",
                  "fast buffered", "fast",
                  "fast streamed", "fast"));
    }
  }

  @Test
  void openAiAnswersNameTheModelThatWasAskedFor() throws Exception {
    try (StandIn hosts = StandIn.start()) {
      RoutingRun run =
          RoutingRun.of(
              jvm(OpenAiTurns.class, "com/openai/", "small"),
              dir,
              RoutingRun.providers(hosts, "") + MODELS);

      assertThat(models(run))
          .isEqualTo(
              Map.of(
                  "small buffered",
                  "small",
                  "small streamed",
                  "small",
                  "small responses",
                  "small"));
    }
  }

  @Test
  void answersNameTheModelThatServedIfThatIsWanted() throws Exception {
    String served = MODELS + "response-model: served\n";
    try (StandIn hosts = StandIn.start()) {
      RoutingRun anthropic =
          RoutingRun.of(
              jvm(AnthropicTurns.class, "com/anthropic/", "fast"),
              dir,
              RoutingRun.providers(hosts, "") + served);
      RoutingRun openAi =
          RoutingRun.of(
              jvm(OpenAiTurns.class, "com/openai/", "small"),
              dir,
              RoutingRun.providers(hosts, "") + served);

      assertThat(models(anthropic).values()).hasSize(2).containsOnly("claude-haiku-4-5-20251001");
      assertThat(models(openAi).values()).hasSize(3).containsOnly("gpt-4o-mini-2024-07-18");
    }
  }

  private static ForkedJvm jvm(Class<?> app, String sdk, String... models) {
    return ForkedJvm.java()
        .classPath(ClassPaths.withSdks(sdk, "io/opentelemetry/"))
        .main(app, models);
  }

  private static Map<String, String> models(RoutingRun run) {
    Map<String, String> models = new TreeMap<>();
    run.said()
        .forEach(
            (call, said) -> {
              assertThat(said).as(call).contains("|").doesNotStartWith("FAILED");
              models.put(call, said.substring(0, said.indexOf('|')));
            });
    return models;
  }

  private static Map<String, List<String>> fields(Recorded request) {
    Map<String, List<String>> fields = new TreeMap<>(request.headers());
    fields.keySet().removeAll(OF_THE_RUN);
    return fields;
  }
}
