// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.StructuredChatCompletion;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;
import java.util.ArrayList;
import java.util.List;

/** An app on openai-java's chat completions; streams go through its accumulator. */
final class OpenAiChatApp extends App {

  private final String model;
  private final OpenAIClient client;

  private OpenAiChatApp(String model) {
    this.model = model;
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder().apiKey(Words.KEY).organization(Words.KEY).maxRetries(0);
    if (BASE != null) {
      builder.baseUrl(BASE + "/v1");
    }
    client = builder.build();
  }

  public static void main(String[] args) {
    new OpenAiChatApp(args[0]).run();
  }

  @Override
  List<Way> ways() {
    return List.of(Way.values());
  }

  @Override
  Answer ask(Ask ask, Way way) throws Exception {
    return answer(completion(params(ask).build(), way));
  }

  private ChatCompletion completion(ChatCompletionCreateParams params, Way way) throws Exception {
    return switch (way) {
      case WHOLE -> client.chat().completions().create(params);
      case ASYNC -> client.async().chat().completions().create(params).get();
      case STREAM, ASYNC_STREAM -> accumulated(params, way).chatCompletion();
    };
  }

  private ChatCompletionAccumulator accumulated(ChatCompletionCreateParams params, Way way)
      throws Exception {
    ChatCompletionCreateParams streamed =
        params.toBuilder()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    if (way == Way.ASYNC_STREAM) {
      client
          .async()
          .chat()
          .completions()
          .createStreaming(streamed)
          .subscribe(accumulator::accumulate)
          .onCompleteFuture()
          .get();
    } else {
      try (StreamResponse<ChatCompletionChunk> stream =
          client.chat().completions().createStreaming(streamed)) {
        stream.stream().forEach(accumulator::accumulate);
      }
    }
    return accumulator;
  }

  private ChatCompletionCreateParams.Builder params(Ask ask) {
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder()
            .model(model)
            .temperature(0.5)
            .maxCompletionTokens(300)
            .addSystemMessage(Words.SYSTEM);
    if (ask.image()) {
      params.addUserMessageOfArrayOfContentParts(parts(ask.prompt()));
    } else {
      params.addUserMessage(ask.prompt());
    }
    ask.tools().forEach(tool -> params.addTool(tool(tool)));
    for (Ask.Round round : ask.rounds()) {
      if (round.answer().calls().isEmpty()) {
        // The accumulator's own message has an empty list of calls, which OpenAI refuses.
        params.addAssistantMessage(round.answer().text());
      } else {
        params.addMessage((ChatCompletionMessage) round.answer().turn());
      }
      for (int i = 0; i < round.results().size(); i++) {
        params.addMessage(
            ChatCompletionToolMessageParam.builder()
                .toolCallId(round.answer().calls().get(i).id())
                .content(round.results().get(i))
                .build());
      }
      if (!round.then().isEmpty()) {
        params.addUserMessage(round.then());
      }
    }
    return params;
  }

  private static List<ChatCompletionContentPart> parts(String prompt) {
    return List.of(
        ChatCompletionContentPart.ofText(
            ChatCompletionContentPartText.builder().text(prompt).build()),
        ChatCompletionContentPart.ofImageUrl(
            ChatCompletionContentPartImage.builder()
                .imageUrl(
                    ChatCompletionContentPartImage.ImageUrl.builder()
                        .url("data:image/png;base64," + Words.IMAGE)
                        .build())
                .build()));
  }

  private static ChatCompletionFunctionTool tool(AppTool tool) {
    FunctionParameters.Builder parameters = FunctionParameters.builder();
    tool.schema()
        .forEach((name, value) -> parameters.putAdditionalProperty(name, JsonValue.from(value)));
    return ChatCompletionFunctionTool.builder()
        .function(
            FunctionDefinition.builder()
                .name(tool.tool)
                .description(tool.about)
                .parameters(parameters.build())
                .build())
        .build();
  }

  private static Answer answer(ChatCompletion completion) {
    ChatCompletion.Choice choice = completion.choices().get(0);
    List<Answer.Call> calls = new ArrayList<>();
    choice
        .message()
        .toolCalls()
        .orElse(List.of())
        .forEach(
            call ->
                calls.add(
                    new Answer.Call(
                        call.asFunction().id(),
                        call.asFunction().function().name(),
                        call.asFunction().function().arguments())));
    return new Answer(
        choice.message().content().orElse(""),
        calls,
        completion.usage().orElseThrow().promptTokens(),
        completion.usage().orElseThrow().completionTokens(),
        choice.finishReason().toString(),
        choice.message());
  }

  @Override
  String ticket(Ask ask, Way way) throws Exception {
    StructuredChatCompletionCreateParams<Ticket> params =
        params(ask).responseFormat(Ticket.class).build();
    StructuredChatCompletion<Ticket> completion =
        switch (way) {
          case WHOLE -> client.chat().completions().create(params);
          case ASYNC -> client.async().chat().completions().create(params).get();
          case STREAM, ASYNC_STREAM ->
              accumulated(params.rawParams(), way).chatCompletion(Ticket.class);
        };
    return completion.choices().get(0).message().content().map(Ticket::toString).orElse("nothing");
  }

  @Override
  String failure(Throwable thrown) {
    return thrown instanceof OpenAIServiceException refused
        ? thrown.getClass().getSimpleName() + " " + refused.statusCode()
        : thrown.toString();
  }
}
