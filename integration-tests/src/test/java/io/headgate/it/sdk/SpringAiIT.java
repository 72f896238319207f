// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SpringAiIT {

  private static final long IN = Expected.input(Said.PROMPT);
  private static final long OUT = Expected.output();
  private static final String SAID = Said.counted(Said.ANSWER, IN, OUT);

  private static SdkRun run;

  @BeforeAll
  static void runTheApp() throws IOException {
    run =
        SdkRun.of(
            SpringAiProbe.class,
            Map.of(),
            "org/springframework/",
            "io/projectreactor/",
            "io/micrometer/");
  }

  @TestFactory
  Stream<DynamicTest> everyCallIsMeteredOnce() {
    return Expected.tests(
        run,
        openai("openai").said(SAID),
        openai("openai stream").said(Said.ANSWER).streamed(),
        Expected.call("anthropic")
            .said(SAID)
            .provider("anthropic")
            .model("claude-sonnet-4-5", "claude-sonnet-4-5-20250929")
            .path("/anthropic/v1/messages")
            .credential("x-api-key", Said.KEY + "anthropic")
            .finish("end_turn")
            .tokens(IN, OUT)
            .cost(IN * 3 + OUT * 15));
  }

  @Test
  void metricsHaveThePrescribedBuckets() {
    run.assertMetrics();
  }

  @Test
  void nothingSecretIsTold() {
    run.assertDiscreet();
  }

  private static Expected openai(String name) {
    return Expected.call(name)
        .provider("openai")
        .model("gpt-4o-mini", "gpt-4o-mini-2024-07-18")
        .path("/openai/v1/chat/completions")
        .credential("authorization", "Bearer " + Said.KEY + "openai")
        .finish("stop")
        .tokens(IN, OUT)
        .cost(IN * 0.15 + OUT * 0.6);
  }
}
