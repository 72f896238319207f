// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import io.headgate.it.routing.Out;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.openai.api.ResponseFormat;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** An app on Spring AI's OpenAI model: RestClient for whole answers, WebClient for streams. */
final class SpringAiApp extends App {

  private final String model;
  private final OpenAiChatModel chat;

  private SpringAiApp(String model) {
    this.model = model;
    OpenAiApi.Builder api = OpenAiApi.builder().apiKey(Words.KEY);
    if (BASE != null) {
      api.baseUrl(BASE);
    }
    chat =
        OpenAiChatModel.builder()
            .openAiApi(api.build())
            .retryTemplate(RetryTemplate.builder().maxAttempts(1).build())
            .build();
  }

  public static void main(String[] args) {
    SpringAiApp app = new SpringAiApp(args[0]);
    app.agent();
    app.run();
  }

  /** Spring AI calls the tools and goes on by itself. */
  private void agent() {
    Prompt prompt =
        new Prompt(
            new UserMessage(Words.calling(AppTool.LOOKUP, AppTool.OWNER)),
            options(Ask.tools("", AppTool.LOOKUP, AppTool.OWNER))
                .internalToolExecutionEnabled(true)
                .build());
    Out.call("agent", () -> chat.call(prompt).getResult().getOutput().getText());
    Out.call("stream agent", () -> aggregated(prompt).getResult().getOutput().getText());
  }

  @Override
  List<Way> ways() {
    return List.of(Way.WHOLE, Way.STREAM);
  }

  @Override
  Answer ask(Ask ask, Way way) {
    Prompt prompt = new Prompt(messages(ask), options(ask).build());
    return answer(way == Way.WHOLE ? chat.call(prompt) : aggregated(prompt));
  }

  private ChatResponse aggregated(Prompt prompt) {
    AtomicReference<ChatResponse> all = new AtomicReference<>();
    new MessageAggregator()
        .aggregate(chat.stream(prompt), all::set)
        .blockLast(Duration.ofSeconds(30));
    return all.get();
  }

  private OpenAiChatOptions.Builder options(Ask ask) {
    OpenAiChatOptions.Builder options =
        OpenAiChatOptions.builder()
            .model(model)
            .temperature(0.5)
            .maxTokens(300)
            .streamUsage(true)
            .internalToolExecutionEnabled(false);
    if (!ask.tools().isEmpty()) {
      options.toolCallbacks(ask.tools().stream().map(SpringAiApp::tool).toList());
    }
    if (ask.schema()) {
      options.responseFormat(
          ResponseFormat.builder()
              .type(ResponseFormat.Type.JSON_SCHEMA)
              .jsonSchema(Written.json(Ticket.schema()))
              .build());
    }
    return options;
  }

  private static ToolCallback tool(AppTool tool) {
    Function<Map<String, Object>, String> call = arguments -> tool.result;
    return FunctionToolCallback.builder(tool.tool, call)
        .description(tool.about)
        .inputSchema(Written.json(tool.schema()))
        .inputType(Map.class)
        .build();
  }

  private static List<Message> messages(Ask ask) {
    List<Message> messages = new ArrayList<>();
    messages.add(new SystemMessage(Words.SYSTEM));
    UserMessage.Builder user = UserMessage.builder().text(ask.prompt());
    if (ask.image()) {
      byte[] bytes = Base64.getDecoder().decode(Words.IMAGE);
      user.media(new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(bytes)));
    }
    messages.add(user.build());
    for (Ask.Round round : ask.rounds()) {
      messages.add((AssistantMessage) round.answer().turn());
      List<ToolResponseMessage.ToolResponse> results = new ArrayList<>();
      for (int i = 0; i < round.results().size(); i++) {
        Answer.Call call = round.answer().calls().get(i);
        results.add(
            new ToolResponseMessage.ToolResponse(call.id(), call.name(), round.results().get(i)));
      }
      if (!results.isEmpty()) {
        messages.add(ToolResponseMessage.builder().responses(results).build());
      }
      if (!round.then().isEmpty()) {
        messages.add(new UserMessage(round.then()));
      }
    }
    return messages;
  }

  private static Answer answer(ChatResponse response) {
    AssistantMessage message = response.getResult().getOutput();
    return new Answer(
        message.getText() == null ? "" : message.getText(),
        message.getToolCalls().stream()
            .map(call -> new Answer.Call(call.id(), call.name(), call.arguments()))
            .toList(),
        response.getMetadata().getUsage().getPromptTokens(),
        response.getMetadata().getUsage().getCompletionTokens(),
        response.getResult().getMetadata().getFinishReason(),
        message);
  }

  @Override
  String ticket(Ask ask, Way way) throws Exception {
    return Written.ticket(ask(ask, way).text()).toString();
  }

  /** Of its own exceptions the first tells to try again, the second not to; streams have none. */
  @Override
  String failure(Throwable thrown) {
    if (thrown instanceof TransientAiException || thrown instanceof NonTransientAiException) {
      return thrown.getClass().getSimpleName()
          + " "
          + String.valueOf(thrown.getMessage()).split("[ -]")[0].strip();
    }
    return thrown instanceof WebClientResponseException refused
        ? WebClientResponseException.class.getSimpleName() + " " + refused.getStatusCode().value()
        : thrown.toString();
  }
}
