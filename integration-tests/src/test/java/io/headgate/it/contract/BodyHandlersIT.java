// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.headgate.it.ForkedJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every body handler of the JDK's client gets what it gets without the agent. */
class BodyHandlersIT {

  private final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

  @TempDir Path dir;

  @BeforeEach
  void start() {
    server.start();
    server.stubFor(
        post(urlEqualTo("/v1/chat/completions"))
            .willReturn(
                aResponse().withHeader("Content-Type", "application/json").withBody(Answers.CHAT)));
    ByteArrayOutputStream events = new ByteArrayOutputStream();
    Answers.EVENTS.forEach(events::writeBytes);
    server.stubFor(
        post(urlEqualTo("/v1/chat/completions?stream"))
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "text/event-stream")
                    .withBody(events.toByteArray())
                    .withChunkedDribbleDelay(6, 120)));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
  void everyBodyHandlerGetsTheSame(String version) throws IOException {
    Path config =
        Files.writeString(
            dir.resolve("headgate.yaml"),
            "mode: observe\nproviders:\n  own: {dialect: openai, hosts: [127.0.0.1]}\n");
    Map<String, String> without = run(ForkedJvm.java(), version);
    Map<String, String> with = run(ForkedJvm.java().agent("config=" + config), version);
    assertThat(without).hasSize(52);
    assertThat(without.get("/v1/chat/completions ofString send")).startsWith("200 " + version);
    assertThat(with).isEqualTo(without);
  }

  private Map<String, String> run(ForkedJvm jvm, String version) {
    ForkedJvm.Result result =
        jvm.main(BodyHandlersProbe.class, "http://127.0.0.1:" + server.port(), version)
            .run()
            .orThrow();
    assertThat(result.err()).isEmpty();
    return ClientContractIT.cases(result.out());
  }
}
