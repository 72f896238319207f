// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An app on LangChain4j's OpenAI models. */
final class LangChainApp extends App {

  private final ChatModel whole;
  private final StreamingChatModel streaming;

  private LangChainApp(String model) {
    String base = BASE == null ? "https://api.openai.com/v1" : BASE + "/v1";
    whole =
        OpenAiChatModel.builder()
            .baseUrl(base)
            .apiKey(Words.KEY)
            .modelName(model)
            .temperature(0.5)
            .maxCompletionTokens(300)
            .maxRetries(0)
            .build();
    streaming =
        OpenAiStreamingChatModel.builder()
            .baseUrl(base)
            .apiKey(Words.KEY)
            .modelName(model)
            .temperature(0.5)
            .maxCompletionTokens(300)
            .build();
  }

  public static void main(String[] args) {
    new LangChainApp(args[0]).run();
  }

  @Override
  List<Way> ways() {
    return List.of(Way.WHOLE, Way.STREAM);
  }

  @Override
  Answer ask(Ask ask, Way way) throws Exception {
    ChatRequest request = request(ask);
    return answer(way == Way.WHOLE ? whole.chat(request) : streamed(request));
  }

  private ChatResponse streamed(ChatRequest request) throws Exception {
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    streaming.chat(
        request,
        new StreamingChatResponseHandler() {
          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.complete(response);
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
          }
        });
    return answer.get(30, TimeUnit.SECONDS);
  }

  private static ChatRequest request(Ask ask) {
    ChatRequest.Builder request = ChatRequest.builder().messages(messages(ask));
    if (!ask.tools().isEmpty()) {
      request.toolSpecifications(ask.tools().stream().map(LangChainApp::tool).toList());
    }
    if (ask.schema()) {
      JsonObjectSchema schema =
          JsonObjectSchema.builder()
              .addStringProperty("summary")
              .addIntegerProperty("steps")
              .addBooleanProperty("urgent")
              .required("summary", "steps", "urgent")
              .build();
      request.responseFormat(
          ResponseFormat.builder()
              .type(ResponseFormatType.JSON)
              .jsonSchema(JsonSchema.builder().name("ticket").rootElement(schema).build())
              .build());
    }
    return request.build();
  }

  private static List<ChatMessage> messages(Ask ask) {
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(SystemMessage.from(Words.SYSTEM));
    messages.add(
        ask.image()
            ? UserMessage.from(
                TextContent.from(ask.prompt()), ImageContent.from(Words.IMAGE, "image/png"))
            : UserMessage.from(ask.prompt()));
    for (Ask.Round round : ask.rounds()) {
      messages.add((AiMessage) round.answer().turn());
      for (int i = 0; i < round.results().size(); i++) {
        Answer.Call call = round.answer().calls().get(i);
        messages.add(
            ToolExecutionResultMessage.from(call.id(), call.name(), round.results().get(i)));
      }
      if (!round.then().isEmpty()) {
        messages.add(UserMessage.from(round.then()));
      }
    }
    return messages;
  }

  private static ToolSpecification tool(AppTool tool) {
    ToolSpecification.Builder specification =
        ToolSpecification.builder().name(tool.tool).description(tool.about);
    if (tool.ofTicket) {
      specification.parameters(
          JsonObjectSchema.builder()
              .addStringProperty("ticket", "Its number")
              .required("ticket")
              .build());
    }
    return specification.build();
  }

  private static Answer answer(ChatResponse response) {
    AiMessage message = response.aiMessage();
    return new Answer(
        message.text() == null ? "" : message.text(),
        message.toolExecutionRequests().stream()
            .map(call -> new Answer.Call(call.id(), call.name(), call.arguments()))
            .toList(),
        response.tokenUsage().inputTokenCount(),
        response.tokenUsage().outputTokenCount(),
        response.finishReason().toString(),
        message);
  }

  @Override
  String ticket(Ask ask, Way way) throws Exception {
    return Written.ticket(ask(ask, way).text()).toString();
  }

  @Override
  String failure(Throwable thrown) {
    return thrown.getCause() instanceof HttpException http
        ? thrown.getClass().getSimpleName() + " " + http.statusCode()
        : thrown.toString();
  }
}
