// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

/**
 * What an app does with a model of Spring AI: asks, whole and streamed, and answers the model's
 * calls of a tool. Uses only what versions 1.1 and 2.0 have in common.
 */
final class SpringAiCalls {

  /** What comes of the tool. */
  static final String RESULT = "the ticket is open";

  /** Has the stand-in call the tool. */
  static final String TOOL_PROMPT = Said.PROMPT + " [[standin:tool=lookup]]";

  private static final ToolCallingManager TOOLS = ToolCallingManager.builder().build();

  private SpringAiCalls() {}

  static List<ToolCallback> tools() {
    Function<Map<String, Object>, String> lookup = arguments -> RESULT;
    return List.of(
        FunctionToolCallback.builder("lookup", lookup)
            .description("Looks a ticket up")
            .inputSchema("{\"type\":\"object\",\"properties\":{\"ticket\":{\"type\":\"string\"}}}")
            .inputType(Map.class)
            .build());
  }

  /** Every kind of call, each named after the model. */
  static void all(String name, ChatModel model, ChatOptions options, ChatOptions withTools) {
    Function<Prompt, List<ChatResponse>> whole = prompt -> List.of(model.call(prompt));
    Function<Prompt, List<ChatResponse>> streamed =
        prompt -> model.stream(prompt).collectList().block(Duration.ofSeconds(30));
    Prompt prompt = new Prompt(new UserMessage(Said.PROMPT), options);
    Said.call(name, () -> counted(model.call(prompt)));
    Said.call(name + " stream", () -> text(streamed.apply(prompt)));
    withTool(name + " tool", whole, withTools);
    withTool(name + " stream tool", streamed, withTools);
  }

  private static void withTool(
      String name, Function<Prompt, List<ChatResponse>> ask, ChatOptions options) {
    Prompt prompt = new Prompt(new UserMessage(TOOL_PROMPT), options);
    List<ChatResponse> asked = new ArrayList<>();
    Said.call(
        name,
        () -> {
          ask.apply(prompt).stream().filter(ChatResponse::hasToolCalls).forEach(asked::add);
          AssistantMessage.ToolCall call =
              asked.get(0).getResults().stream()
                  .flatMap(result -> result.getOutput().getToolCalls().stream())
                  .findFirst()
                  .orElseThrow();
          return call.name() + call.arguments();
        });
    Said.call(
        name + " result",
        () -> {
          List<Message> all = TOOLS.executeToolCalls(prompt, asked.get(0)).conversationHistory();
          return text(ask.apply(new Prompt(all, options)));
        });
  }

  private static String counted(ChatResponse response) {
    return Said.counted(
        response.getResult().getOutput().getText(),
        response.getMetadata().getUsage().getPromptTokens(),
        response.getMetadata().getUsage().getCompletionTokens());
  }

  private static String text(List<ChatResponse> chunks) {
    StringBuilder text = new StringBuilder();
    for (ChatResponse chunk : chunks) {
      if (chunk.getResult() != null && chunk.getResult().getOutput().getText() != null) {
        text.append(chunk.getResult().getOutput().getText());
      }
    }
    return text.toString();
  }
}
