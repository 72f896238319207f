// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextBlockParam;
import java.util.List;
import java.util.stream.Collectors;

/** An app on anthropic-java. */
final class AnthropicProbe {

  private final AnthropicClient client =
      AnthropicOkHttpClient.builder().apiKey(Said.KEY + "anthropic").build();

  public static void main(String[] args) {
    new AnthropicProbe().run();
    System.exit(0);
  }

  private void run() {
    Said.call("messages", () -> answer(client.messages().create(question().build())));
    Said.call("stream", this::streamed);
    Said.call("async", () -> answer(client.async().messages().create(question().build()).get()));
    Said.call("cache write", () -> answer(client.messages().create(cached())));
    Said.call("cache read", () -> answer(client.messages().create(cached())));
  }

  private static MessageCreateParams.Builder question() {
    return MessageCreateParams.builder()
        .model("claude-sonnet-4-5")
        .maxTokens(300)
        .addUserMessage(Said.PROMPT);
  }

  private static MessageCreateParams cached() {
    return question()
        .systemOfTextBlockParams(
            List.of(
                TextBlockParam.builder()
                    .text(Said.HANDBOOK)
                    .cacheControl(CacheControlEphemeral.builder().build())
                    .build()))
        .build();
  }

  private static String answer(Message message) {
    String text =
        message.content().stream()
            .flatMap(block -> block.text().stream())
            .map(block -> block.text())
            .collect(Collectors.joining());
    return Said.counted(text, message.usage().inputTokens(), message.usage().outputTokens());
  }

  private String streamed() {
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(question().build())) {
      return stream.stream()
          .flatMap(event -> event.contentBlockDelta().stream())
          .flatMap(event -> event.delta().text().stream())
          .map(delta -> delta.text())
          .collect(Collectors.joining());
    }
  }
}
