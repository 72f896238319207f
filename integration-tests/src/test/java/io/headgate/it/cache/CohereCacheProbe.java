// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import com.cohere.api.Cohere;
import com.cohere.api.resources.v2.requests.V2ChatRequest;
import com.cohere.api.resources.v2.requests.V2ChatStreamRequest;
import com.cohere.api.resources.v2.types.V2ChatResponse;
import com.cohere.api.resources.v2.types.V2ChatStreamResponse;
import com.cohere.api.types.ChatFinishReason;
import com.cohere.api.types.ChatMessageEndEventDelta;
import com.cohere.api.types.ChatMessageV2;
import com.cohere.api.types.Usage;
import com.cohere.api.types.UserMessageV2;
import com.cohere.api.types.UserMessageV2Content;
import java.util.List;

/** An app on cohere-java that asks whole and streamed. */
final class CohereCacheProbe {

  private static final String MODEL = "command-a-03-2025";
  private static final Cohere CLIENT = Cohere.builder().token("sk-app").build();

  private CohereCacheProbe() {}

  public static void main(String[] args) {
    for (String kind : args) {
      BothWays.ask(kind, CohereCacheProbe::whole, CohereCacheProbe::streamed);
    }
    System.exit(0);
  }

  private static List<ChatMessageV2> messages(String question) {
    return List.of(
        ChatMessageV2.user(
            UserMessageV2.builder().content(UserMessageV2Content.of(question)).build()));
  }

  private static String whole(String question) {
    V2ChatResponse answer =
        CLIENT.v2().chat(V2ChatRequest.builder().model(MODEL).messages(messages(question)).build());
    return answer(
        answer.getMessage().getContent().orElseThrow().get(0).getText().orElseThrow().getText(),
        answer.getFinishReason(),
        answer.getUsage().orElseThrow());
  }

  private static String streamed(String question) {
    StringBuilder text = new StringBuilder();
    ChatMessageEndEventDelta end = null;
    for (V2ChatStreamResponse event :
        CLIENT
            .v2()
            .chatStream(
                V2ChatStreamRequest.builder().model(MODEL).messages(messages(question)).build())) {
      event
          .getContentDelta()
          .flatMap(delta -> delta.getDelta())
          .flatMap(delta -> delta.getMessage())
          .flatMap(message -> message.getContent())
          .flatMap(content -> content.getText())
          .ifPresent(text::append);
      end = event.getMessageEnd().flatMap(ended -> ended.getDelta()).orElse(end);
    }
    return answer(
        text.toString(), end.getFinishReason().orElseThrow(), end.getUsage().orElseThrow());
  }

  private static String answer(String text, ChatFinishReason finish, Usage usage) {
    return text
        + "|"
        + finish
        + "|"
        + usage.getBilledUnits().orElseThrow().getInputTokens().orElseThrow()
        + "+"
        + usage.getBilledUnits().orElseThrow().getOutputTokens().orElseThrow();
  }
}
