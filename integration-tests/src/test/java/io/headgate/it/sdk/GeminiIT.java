// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GeminiIT {

  private static final long IN = Expected.input(Said.PROMPT);
  private static final long OUT = Expected.output();

  private static SdkRun run;

  @BeforeAll
  static void runTheApp() throws IOException {
    run = SdkRun.of(GeminiProbe.class, Map.of(), "com/google/");
  }

  @TestFactory
  Stream<DynamicTest> everyCallIsMeteredOnce() {
    return Expected.tests(
        run,
        generate("generate").said(Said.counted(Said.ANSWER, IN, OUT)),
        generate("stream")
            .path("/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse")
            .said(Said.ANSWER)
            .streamed(),
        gemini("embed")
            .operation("embeddings")
            .model("gemini-embedding-001", "")
            .path("/gemini/v1beta/models/gemini-embedding-001:batchEmbedContents")
            .said("8 dimensions")
            .estimated()
            .cost(0.15));
  }

  @Test
  void metricsHaveThePrescribedBuckets() {
    run.assertMetrics();
  }

  @Test
  void nothingSecretIsTold() {
    run.assertDiscreet();
  }

  private static Expected gemini(String name) {
    return Expected.call(name)
        .provider("gcp.gemini")
        .credential("x-goog-api-key", Said.KEY + "gemini");
  }

  private static Expected generate(String name) {
    return gemini(name)
        .model("gemini-2.5-flash", "gemini-2.5-flash")
        .path("/gemini/v1beta/models/gemini-2.5-flash:generateContent")
        .finish("STOP")
        .tokens(IN, OUT)
        .cost(IN * 0.3 + OUT * 2.5);
  }
}
