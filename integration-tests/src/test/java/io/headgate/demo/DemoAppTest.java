// SPDX-License-Identifier: Apache-2.0
package io.headgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.ResponseCreateParams;
import io.headgate.standin.Recorded;
import io.headgate.standin.StandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real SDKs against the stand-in, without an agent: what one sends the other understands. */
class DemoAppTest {

  private StandIn standIn;
  private OpenAIClient openai;
  private AnthropicClient anthropic;

  @BeforeEach
  void start() throws IOException {
    standIn = StandIn.start();
    openai =
        OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(standIn.url("/proxy/v1")).build();
    anthropic =
        AnthropicOkHttpClient.builder().apiKey("sk-test").baseUrl(standIn.url("/proxy")).build();
  }

  @AfterEach
  void stop() {
    openai.close();
    anthropic.close();
    standIn.close();
  }

  @Test
  void jobRunsThroughWithPlausibleAnswers() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    new DemoApp(openai, anthropic, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains(
            "ticket 1 is about: billing",
            "ticket 2 is about: technical",
            "tickets 2 and 3 are alike: cosine ",
            "Hello, thank you for writing to us.",
            "In short: The export to CSV stops after 500 rows.",
            "second opinion: none, claude-2.1 is gone (404)");
    assertThat(standIn.requests())
        .extracting(Recorded::path)
        .containsExactly(
            "/proxy/v1/chat/completions",
            "/proxy/v1/chat/completions",
            "/proxy/v1/chat/completions",
            "/proxy/v1/embeddings",
            "/proxy/v1/chat/completions",
            "/proxy/v1/messages",
            "/proxy/v1/messages",
            "/proxy/v1/messages");
  }

  @Test
  void responsesApiIsUnderstoodBufferedAndStreamed() {
    ResponseCreateParams params =
        ResponseCreateParams.builder().model("gpt-4o").input("Say hello").build();
    ResponseAccumulator accumulator = ResponseAccumulator.create();

    var buffered = openai.responses().create(params).validate();
    try (var stream = openai.responses().createStreaming(params)) {
      stream.stream().forEach(accumulator::accumulate);
    }

    var streamed = accumulator.response().validate();
    assertThat(streamed.output()).hasSize(1);
    assertThat(streamed.usage()).isEqualTo(buffered.usage()).isPresent();
    assertThat(buffered.usage().get().inputTokens()).isEqualTo(3 + 4 + 3);
  }
}
