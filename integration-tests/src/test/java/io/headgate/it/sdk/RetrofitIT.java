// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Retrofit on OkHttp; the key the app sends is replaced by the configured one. */
class RetrofitIT {

  private static final long IN = Expected.input(Said.PROMPT);
  private static final long OUT = Expected.output();

  private static SdkRun run;

  @BeforeAll
  static void runTheApp() throws IOException {
    run =
        SdkRun.of(
            RetrofitProbe.class,
            Map.of("openai", "api-key: \"${IT_CONFIGURED_KEY}\", headers: {x-team: search}"),
            "com/squareup/retrofit2/");
  }

  @TestFactory
  Stream<DynamicTest> everyCallIsMeteredOnce() {
    return Expected.tests(run, chat("execute"), chat("enqueue"), chat("streaming").streamed());
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
        .said("200 " + Said.ANSWER)
        .provider("openai")
        .model("gpt-4o", "gpt-4o-2024-08-06")
        .path("/openai/v1/chat/completions")
        .credential("authorization", "Bearer " + SdkRun.CONFIGURED)
        .headers(Map.of("x-team", "search"))
        .finish("stop")
        .tokens(IN, OUT)
        .cost(IN * 2.5 + OUT * 10);
  }
}
