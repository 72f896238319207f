// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.standin.Tokens;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The SDK brings the OpenTelemetry API along, which stays without an SDK of its own here. */
class AnthropicIT {

  private static final long IN = Expected.input(Said.PROMPT);
  private static final long OUT = Expected.output();
  private static final long HANDBOOK = Tokens.of(Said.HANDBOOK);

  private static SdkRun run;

  @BeforeAll
  static void runTheApp() throws IOException {
    run = SdkRun.of(AnthropicProbe.class, Map.of(), "com/anthropic/", "io/opentelemetry/");
  }

  @TestFactory
  Stream<DynamicTest> everyCallIsMeteredOnce() {
    long all = Expected.input(Said.HANDBOOK, Said.PROMPT);
    return Expected.tests(
        run,
        message("messages").said(Said.counted(Said.ANSWER, IN, OUT)),
        message("stream").said(Said.ANSWER).streamed(),
        message("async").said(Said.counted(Said.ANSWER, IN, OUT)),
        message("cache write")
            .said(Said.counted(Said.ANSWER, all - HANDBOOK, OUT))
            .tokens(all, OUT)
            .cost((all - HANDBOOK) * 3 + HANDBOOK * 3.75 + OUT * 15),
        message("cache read")
            .said(Said.counted(Said.ANSWER, all - HANDBOOK, OUT))
            .tokens(all, OUT)
            .cost((all - HANDBOOK) * 3 + HANDBOOK * 0.3 + OUT * 15));
  }

  @Test
  void cachedTokensAreToldApart() {
    assertThat(run.logical().get(3).number("gen_ai.usage.cache_creation.input_tokens"))
        .isEqualTo(HANDBOOK);
    assertThat(run.logical().get(3).number("gen_ai.usage.cache_read.input_tokens")).isZero();
    assertThat(run.logical().get(4).number("gen_ai.usage.cache_creation.input_tokens")).isZero();
    assertThat(run.logical().get(4).number("gen_ai.usage.cache_read.input_tokens"))
        .isEqualTo(HANDBOOK);
  }

  @Test
  void metricsHaveThePrescribedBuckets() {
    run.assertMetrics();
  }

  @Test
  void nothingSecretIsTold() {
    run.assertDiscreet();
  }

  private static Expected message(String name) {
    return Expected.call(name)
        .provider("anthropic")
        .model("claude-sonnet-4-5", "claude-sonnet-4-5-20250929")
        .path("/anthropic/v1/messages")
        .credential("authorization", "Bearer " + Said.KEY + "anthropic")
        .finish("end_turn")
        .tokens(IN, OUT)
        .cost(IN * 3 + OUT * 15);
  }
}
