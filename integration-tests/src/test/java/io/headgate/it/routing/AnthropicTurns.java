// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.RedactedThinkingBlockParam;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.ThinkingBlockParam;
import java.util.List;
import java.util.Map;

/**
 * An app on anthropic-java that uses what is easily lost on the way: prompt caching, signed
 * thinking in a second turn, beta headers, fields that nobody knows, and unusual text. The model is
 * the first argument; {@code it.base-url}, if set, is the host to call.
 */
final class AnthropicTurns {

  private static final String BETAS = "context-1m-2025-08-07,interleaved-thinking-2025-05-14";

  private final AnthropicClient client;
  private final String model;

  private AnthropicTurns(String model) {
    this.model = model;
    AnthropicOkHttpClient.Builder builder = AnthropicOkHttpClient.builder().apiKey("sk-app");
    String base = System.getProperty("it.base-url");
    if (base != null) {
      builder.baseUrl(base + "/anthropic");
    }
    client = builder.build();
  }

  public static void main(String[] args) {
    for (String model : args) {
      AnthropicTurns app = new AnthropicTurns(model);
      Out.call(model + " buffered", () -> app.buffered(app.turn()));
      Out.call(model + " streamed", () -> app.streamed(app.turn()));
    }
    System.exit(0);
  }

  private MessageCreateParams turn() {
    return MessageCreateParams.builder()
        .model(model)
        .maxTokens(4000)
        .systemOfTextBlockParams(
            List.of(
                TextBlockParam.builder()
                    .text("Be brief. \u00e4\u00f6\u00fc \ud83d\ude80 \\ \" \u2028 </script>")
                    .cacheControl(
                        CacheControlEphemeral.builder()
                            .ttl(CacheControlEphemeral.Ttl.TTL_1H)
                            .build())
                    .build()))
        .enabledThinking(1024)
        .addUserMessage("What is 27 * 453? The \"model\": \"claude-1\" said 12.")
        .addAssistantMessageOfContentBlockParams(
            List.of(
                ContentBlockParam.ofThinking(
                    ThinkingBlockParam.builder()
                        .thinking("27 * 453 = 27 * 450 + 27 * 3")
                        .signature("EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds/+=")
                        .build()),
                ContentBlockParam.ofRedactedThinking(
                    RedactedThinkingBlockParam.builder()
                        .data("EmwKAhgBEgy3va3pzix/LafPsn4=")
                        .build()),
                ContentBlockParam.ofText(
                    TextBlockParam.builder()
                        .text("12231")
                        .cacheControl(CacheControlEphemeral.builder().build())
                        .build())))
        .addUserMessage("And twice that?")
        .putAdditionalHeader("anthropic-beta", BETAS)
        .putAdditionalHeader("x-app-trace", "7f")
        .putAdditionalBodyProperty(
            "x_unknown", JsonValue.from(Map.of("nested", List.of(1, 2.50, 1e21, "a/b"))))
        .build();
  }

  private String buffered(MessageCreateParams params) {
    Message message = client.messages().create(params);
    return message.model() + "|" + message.content().get(0).asText().text();
  }

  private String streamed(MessageCreateParams params) {
    StringBuilder model = new StringBuilder();
    StringBuilder text = new StringBuilder();
    try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
      stream.stream()
          .forEach(
              event -> {
                event.messageStart().ifPresent(start -> model.append(start.message().model()));
                event
                    .contentBlockDelta()
                    .flatMap(delta -> delta.delta().text())
                    .ifPresent(delta -> text.append(delta.text()));
              });
    }
    return model + "|" + text;
  }
}
