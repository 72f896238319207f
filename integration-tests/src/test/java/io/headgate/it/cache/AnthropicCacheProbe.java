// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import java.util.Map;
import java.util.stream.Collectors;

/** An app on anthropic-java that asks whole and streamed: {@code text}, {@code tools}. */
final class AnthropicCacheProbe {

  private static final AnthropicClient CLIENT =
      AnthropicOkHttpClient.builder().apiKey("sk-app").build();

  private AnthropicCacheProbe() {}

  public static void main(String[] args) {
    for (String kind : args) {
      boolean tools = kind.equals("tools");
      BothWays.ask(
          kind,
          question -> answer(CLIENT.messages().create(params(question, tools))),
          question -> streamed(params(question, tools)));
    }
    System.exit(0);
  }

  private static MessageCreateParams params(String question, boolean tools) {
    MessageCreateParams.Builder params =
        MessageCreateParams.builder()
            .model("claude-sonnet-4-5")
            .maxTokens(4000)
            .addUserMessage(question);
    if (tools) {
      params
          .enabledThinking(1024)
          .addTool(
              Tool.builder()
                  .name("weather")
                  .inputSchema(
                      Tool.InputSchema.builder()
                          .properties(
                              Tool.InputSchema.Properties.builder()
                                  .putAdditionalProperty(
                                      "city", JsonValue.from(Map.of("type", "string")))
                                  .build())
                          .build())
                  .build());
    }
    return params.build();
  }

  private static String streamed(MessageCreateParams params) {
    MessageAccumulator whole = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream = CLIENT.messages().createStreaming(params)) {
      stream.stream().forEach(whole::accumulate);
    }
    return answer(whole.message());
  }

  private static String answer(Message answer) {
    return answer.model().asString()
        + "|"
        + answer.content().stream().map(AnthropicCacheProbe::block).collect(Collectors.joining("|"))
        + "|"
        + answer.stopReason().orElseThrow()
        + "|"
        + answer.usage().inputTokens()
        + "+"
        + answer.usage().outputTokens();
  }

  private static String block(ContentBlock block) {
    if (block.isThinking()) {
      return "thinking " + block.asThinking().thinking() + block.asThinking().signature();
    }
    return block.isToolUse()
        ? "tool " + block.asToolUse().id() + block.asToolUse().name() + block.asToolUse()._input()
        : "text " + block.asText().text();
  }
}
