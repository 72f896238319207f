// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.contract.ClientVersions;
import io.headgate.standin.SpanRecord;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Azure's SDKs on their default HTTP client, at Azure's own addresses, led to the stand-in. */
class AzureOpenAiIT {

  private static final long IN = Expected.input(Said.PROMPT);
  private static final long OUT = Expected.output();

  private static SdkRun run;

  @BeforeAll
  static void runTheApp() throws IOException {
    run =
        SdkRun.on(
            ClientVersions.classPath("azure-sdks", "1.0.0-beta.16"),
            AzureOpenAiProbe.class,
            Map.of("azure", "deployments: {" + AzureOpenAiProbe.UNNAMED + ": gpt-4o-mini}"),
            "");
  }

  @TestFactory
  Stream<DynamicTest> everyCallIsMeteredOnceAsTheModelBehindItsDeployment() {
    String counted = Said.counted(Said.ANSWER, IN, OUT);
    return Expected.tests(
        run,
        chat("chat").said(counted),
        chat("chat async").said(counted),
        chat("chat stream").said(Said.ANSWER).streamed().estimated(),
        chat("chat stream with usage").said(Said.ANSWER).streamed(),
        chat("chat async stream").said(Said.ANSWER).streamed(),
        azure("deployment", AzureOpenAiProbe.UNNAMED)
            .model(AzureOpenAiProbe.UNNAMED, AzureOpenAiProbe.UNNAMED)
            .said(counted)
            .finish("stop")
            .tokens(IN, OUT)
            .cost(IN * 0.15 + OUT * 0.6),
        inference("inference").said(counted),
        inference("inference stream").said(Said.ANSWER).streamed().estimated(),
        azure("unknown deployment", "no-such-model")
            .model("no-such-model", "")
            .said(run.said().get("unknown deployment")));
  }

  @Test
  void refusalIsTheSdksOwnExceptionAndAnErrorOnBothSpans() {
    assertThat(run.said().get("unknown deployment"))
        .startsWith("FAILED com.azure.core.exception.ResourceNotFoundException: Status code 404");
    SpanRecord span = run.logical().get(run.logical().size() - 1);
    assertThat(span.status()).isEqualTo("ERROR");
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

  private static Expected azure(String name, String deployment) {
    return Expected.call(name)
        .provider("azure.ai.openai")
        .credential("api-key", AzureOpenAiProbe.KEY)
        .path(
            "/azure/openai/deployments/"
                + deployment
                + "/chat/completions?api-version=2025-01-01-preview");
  }

  private static Expected chat(String name) {
    return azure(name, AzureOpenAiProbe.NAMED)
        .model(AzureOpenAiProbe.NAMED, AzureOpenAiProbe.ANSWERED)
        .finish("stop")
        .tokens(IN, OUT)
        .cost(IN * 2.5 + OUT * 10);
  }

  private static Expected inference(String name) {
    return Expected.call(name)
        .provider("azure.ai.inference")
        .credential("api-key", AzureOpenAiProbe.KEY)
        .credentials(2)
        .path("/azure/models/chat/completions?api-version=2024-05-01-preview")
        .model("gpt-4o-mini", "gpt-4o-mini-2024-07-18")
        .finish("stop")
        .tokens(IN, OUT)
        .cost(IN * 0.15 + OUT * 0.6);
  }
}
