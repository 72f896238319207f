// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.standin.SpanRecord;
import io.headgate.standin.Tokens;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OpenAiIT {

  private static final long IN = Expected.input(Said.CANARY, Said.PROMPT);
  private static final long OUT = Expected.output();

  private static SdkRun run;

  @BeforeAll
  static void runTheApp() throws IOException {
    run = SdkRun.of(OpenAiProbe.class, Map.of(), "com/openai/");
  }

  @TestFactory
  Stream<DynamicTest> everyCallIsMeteredOnce() {
    return Expected.tests(
        run,
        chat("chat").said(Said.counted(Said.ANSWER, IN, OUT)),
        chat("chat stream").said(Said.ANSWER).streamed().estimated(),
        chat("chat stream with usage").said(Said.ANSWER).streamed(),
        chat("chat async").said(Said.counted(Said.ANSWER, IN, OUT)),
        chat("responses")
            .said(Said.counted(Said.ANSWER, IN, OUT))
            .path("/openai/v1/responses")
            .finish("completed"),
        chat("responses stream")
            .said(Said.ANSWER)
            .path("/openai/v1/responses")
            .finish("completed")
            .streamed(),
        openai("embeddings")
            .operation("embeddings")
            .model("text-embedding-3-small", "text-embedding-3-small")
            .path("/openai/v1/embeddings")
            .said("2 of 1536, " + embedded())
            .tokens(embedded(), -1)
            .cost(embedded() * 0.02),
        openai("unknown model")
            .model("no-such-model", "")
            .path("/openai/v1/chat/completions")
            .said(run.said().get("unknown model")));
  }

  @Test
  void refusalIsTheSdksOwnExceptionAndAnErrorOnBothSpans() {
    assertThat(run.said().get("unknown model"))
        .startsWith("FAILED com.openai.errors.NotFoundException: 404: The model `no-such-model`");
    SpanRecord span = run.logical().get(run.logical().size() - 1);
    assertThat(span.status()).isEqualTo("ERROR");
    assertThat(span.text("error.type")).isNotEmpty();
    assertThat(run.children(span)).allMatch(child -> child.status().equals("ERROR"));
    assertThat(run.logical().subList(0, run.logical().size() - 1))
        .allMatch(other -> other.status().equals("UNSET"));
  }

  @Test
  void metricsHaveThePrescribedBuckets() {
    run.assertMetrics();
  }

  @Test
  void nothingSecretIsTold() {
    run.assertDiscreet();
  }

  private static long embedded() {
    return Tokens.of(Said.PROMPT) + Tokens.of(Said.CANARY);
  }

  private static Expected openai(String name) {
    return Expected.call(name)
        .provider("openai")
        .credential("authorization", "Bearer " + Said.KEY + "openai");
  }

  private static Expected chat(String name) {
    return openai(name)
        .model("gpt-4o-mini", "gpt-4o-mini-2024-07-18")
        .path("/openai/v1/chat/completions")
        .finish("stop")
        .tokens(IN, OUT)
        .cost(IN * 0.15 + OUT * 0.6);
  }
}
