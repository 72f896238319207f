// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import com.cohere.api.Cohere;
import com.cohere.api.resources.v2.requests.V2ChatRequest;
import com.cohere.api.resources.v2.requests.V2ChatStreamRequest;
import com.cohere.api.resources.v2.types.V2ChatResponse;
import com.cohere.api.resources.v2.types.V2ChatStreamResponse;
import com.cohere.api.types.ChatMessageV2;
import com.cohere.api.types.UserMessageV2;
import com.cohere.api.types.UserMessageV2Content;
import java.util.List;

/** An app on cohere-java. */
final class CohereProbe {

  private static final String MODEL = "command-a-03-2025";
  private static final List<ChatMessageV2> MESSAGES =
      List.of(
          ChatMessageV2.user(
              UserMessageV2.builder().content(UserMessageV2Content.of(Said.PROMPT)).build()));

  private final Cohere client = Cohere.builder().token(Said.KEY + "cohere").build();

  public static void main(String[] args) {
    new CohereProbe().run();
    System.exit(0);
  }

  private void run() {
    Said.call("chat", this::chat);
    Said.call("stream", this::streamed);
  }

  private String chat() {
    V2ChatResponse answer =
        client.v2().chat(V2ChatRequest.builder().model(MODEL).messages(MESSAGES).build());
    return answer.getMessage().getContent().orElseThrow().get(0).getText().orElseThrow().getText()
        + " "
        + answer
            .getUsage()
            .orElseThrow()
            .getBilledUnits()
            .orElseThrow()
            .getInputTokens()
            .orElse(-1d);
  }

  private String streamed() {
    StringBuilder text = new StringBuilder();
    for (V2ChatStreamResponse event :
        client
            .v2()
            .chatStream(V2ChatStreamRequest.builder().model(MODEL).messages(MESSAGES).build())) {
      event
          .getContentDelta()
          .flatMap(delta -> delta.getDelta())
          .flatMap(delta -> delta.getMessage())
          .flatMap(message -> message.getContent())
          .flatMap(content -> content.getText())
          .ifPresent(text::append);
    }
    return text.toString();
  }
}
