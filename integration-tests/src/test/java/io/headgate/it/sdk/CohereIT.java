// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import io.headgate.standin.Tokens;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What Cohere bills is less than what it read: the billed units count. */
class CohereIT {

  private static final long BILLED = Tokens.of(Said.PROMPT);

  private static SdkRun run;

  @BeforeAll
  static void runTheApp() throws IOException {
    run = SdkRun.of(CohereProbe.class, Map.of(), "com/cohere/");
  }

  @TestFactory
  Stream<DynamicTest> everyCallIsMeteredOnce() {
    return Expected.tests(
        run,
        chat("chat").said(Said.ANSWER + " " + (double) BILLED),
        chat("stream").said(Said.ANSWER).streamed());
  }

  @Test
  void metricsHaveThePrescribedBuckets() {
    run.assertMetrics();
  }

  @Test
  void nothingSecretIsTold() {
    run.assertDiscreet();
  }

  private static Expected chat(String name) {
    return Expected.call(name)
        .provider("cohere")
        .model("command-a-03-2025", "")
        .path("/cohere/v2/chat")
        .credential("authorization", "Bearer " + Said.KEY + "cohere")
        .finish("COMPLETE")
        .tokens(BILLED, Expected.output())
        .cost(BILLED * 2.5 + Expected.output() * 10);
  }
}
