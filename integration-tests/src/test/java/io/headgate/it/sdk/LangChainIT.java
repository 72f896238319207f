// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * LangChain4j on the JDK's client; two of its providers get a key and a header by configuration.
 */
class LangChainIT {

  private static final long IN = Expected.input(Said.PROMPT);
  private static final long OUT = Expected.output();
  private static final String SAID = Said.counted(Said.ANSWER, IN, OUT);
  private static final String REPLACED =
      "api-key: \"${IT_CONFIGURED_KEY}\", headers: {x-team: search}";

  private static SdkRun run;

  @BeforeAll
  static void runTheApp() throws IOException {
    run =
        SdkRun.of(
            LangChainProbe.class,
            Map.of("anthropic", REPLACED, "gemini", REPLACED),
            "dev/langchain4j/");
  }

  @TestFactory
  Stream<DynamicTest> everyCallIsMeteredOnce() {
    return Expected.tests(
        run,
        openai("openai"),
        openai("openai stream").streamed(),
        call("anthropic")
            .provider("anthropic")
            .model("claude-sonnet-4-5", "claude-sonnet-4-5-20250929")
            .path("/anthropic/v1/messages")
            .credential("x-api-key", SdkRun.CONFIGURED)
            .headers(Map.of("x-team", "search"))
            .finish("end_turn")
            .cost(IN * 3 + OUT * 15),
        gemini("gemini").path("/gemini/v1beta/models/gemini-2.5-flash:generateContent"),
        gemini("gemini stream")
            .path("/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse")
            .streamed(),
        ollama("ollama"),
        ollama("ollama stream").streamed());
  }

  @Test
  void metricsHaveThePrescribedBuckets() {
    run.assertMetrics();
  }

  @Test
  void nothingSecretIsTold() {
    run.assertDiscreet();
  }

  private static Expected call(String name) {
    return Expected.call(name).said(SAID).tokens(IN, OUT);
  }

  private static Expected openai(String name) {
    return call(name)
        .provider("openai")
        .model("gpt-4o-mini", "gpt-4o-mini-2024-07-18")
        .path("/openai/v1/chat/completions")
        .credential("authorization", "Bearer " + Said.KEY + "openai")
        .finish("stop")
        .cost(IN * 0.15 + OUT * 0.6);
  }

  private static Expected gemini(String name) {
    return call(name)
        .provider("gcp.gemini")
        .model("gemini-2.5-flash", "gemini-2.5-flash")
        .credential("x-goog-api-key", SdkRun.CONFIGURED)
        .headers(Map.of("x-team", "search"))
        .finish("STOP")
        .cost(IN * 0.3 + OUT * 2.5);
  }

  /** Nobody is billed for one's own machine, and nobody knows what it costs. */
  private static Expected ollama(String name) {
    return call(name)
        .provider("ollama")
        .model("llama3.1", "llama3.1")
        .path("/ollama/api/chat")
        .finish("stop");
  }
}
