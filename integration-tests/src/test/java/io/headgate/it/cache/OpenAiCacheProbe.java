// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.Map;
import java.util.stream.Collectors;

/** An app on openai-java that asks whole and streamed: {@code chat}, {@code tools}, … */
final class OpenAiCacheProbe {

  private static final OpenAIClient CLIENT = OpenAIOkHttpClient.builder().apiKey("sk-app").build();

  private OpenAiCacheProbe() {}

  public static void main(String[] args) {
    for (String kind : args) {
      if (kind.equals("responses")) {
        BothWays.ask(
            kind,
            question -> answer(CLIENT.responses().create(response(question))),
            OpenAiCacheProbe::streamedResponse);
      } else {
        boolean tools = kind.equals("tools");
        BothWays.ask(
            kind,
            question -> answer(CLIENT.chat().completions().create(chat(question, tools).build())),
            question -> streamed(question, tools));
      }
    }
    System.exit(0);
  }

  private static ChatCompletionCreateParams.Builder chat(String question, boolean tools) {
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder()
            .model("gpt-4o")
            .addSystemMessage("Be brief.")
            .addUserMessage(question);
    if (tools) {
      params.addTool(
          ChatCompletionFunctionTool.builder()
              .function(
                  FunctionDefinition.builder()
                      .name("weather")
                      .parameters(
                          FunctionParameters.builder()
                              .putAdditionalProperty("type", JsonValue.from("object"))
                              .putAdditionalProperty(
                                  "properties",
                                  JsonValue.from(Map.of("city", Map.of("type", "string"))))
                              .build())
                      .build())
              .build());
    }
    return params;
  }

  private static String streamed(String question, boolean tools) {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        CLIENT
            .chat()
            .completions()
            .createStreaming(
                chat(question, tools)
                    .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                    .build())) {
      stream.stream().forEach(whole::accumulate);
    }
    return answer(whole.chatCompletion());
  }

  private static String answer(ChatCompletion answer) {
    ChatCompletion.Choice choice = answer.choices().get(0);
    String tools =
        choice.message().toolCalls().stream()
            .flatMap(calls -> calls.stream())
            .map(call -> call.asFunction())
            .map(call -> call.id() + call.function().name() + call.function().arguments())
            .collect(Collectors.joining(" "));
    return answer.model()
        + "|"
        + choice.message().content().orElse("")
        + "|"
        + tools
        + "|"
        + choice.finishReason()
        + "|"
        + answer.usage().orElseThrow().promptTokens()
        + "+"
        + answer.usage().orElseThrow().completionTokens()
        + "="
        + answer.usage().orElseThrow().totalTokens();
  }

  private static ResponseCreateParams response(String question) {
    return ResponseCreateParams.builder().model("gpt-4o").input(question).build();
  }

  private static String streamedResponse(String question) {
    ResponseAccumulator whole = ResponseAccumulator.create();
    StringBuilder deltas = new StringBuilder();
    try (StreamResponse<ResponseStreamEvent> stream =
        CLIENT.responses().createStreaming(response(question))) {
      stream.stream()
          .forEach(
              event -> {
                whole.accumulate(event);
                event.outputTextDelta().ifPresent(delta -> deltas.append(delta.delta()));
              });
    }
    String answer = answer(whole.response());
    return answer.contains("|" + deltas + "|") ? answer : answer + " but the deltas say " + deltas;
  }

  private static String answer(Response response) {
    String text =
        response.output().stream()
            .flatMap(item -> item.message().stream())
            .flatMap(message -> message.content().stream())
            .flatMap(content -> content.outputText().stream())
            .map(part -> part.text())
            .collect(Collectors.joining());
    return response.status().orElseThrow()
        + "|"
        + text
        + "|"
        + response.usage().orElseThrow().inputTokens()
        + "+"
        + response.usage().orElseThrow().outputTokens();
  }
}
