// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StructuredMessage;
import com.anthropic.models.messages.StructuredMessageCreateParams;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An app on anthropic-java; streams go through its accumulator. */
final class AnthropicApp extends App {

  private final String model;
  private final AnthropicClient client;

  private AnthropicApp(String model) {
    this.model = model;
    AnthropicOkHttpClient.Builder builder =
        AnthropicOkHttpClient.builder().apiKey(Words.KEY).maxRetries(0);
    if (BASE != null) {
      builder.baseUrl(BASE);
    }
    client = builder.build();
  }

  public static void main(String[] args) {
    new AnthropicApp(args[0]).run();
  }

  @Override
  List<Way> ways() {
    return List.of(Way.values());
  }

  @Override
  Answer ask(Ask ask, Way way) throws Exception {
    MessageCreateParams params = params(ask).build();
    return answer(
        switch (way) {
          case WHOLE -> client.messages().create(params);
          case ASYNC -> client.async().messages().create(params).get();
          case STREAM, ASYNC_STREAM -> accumulated(params, way).message();
        });
  }

  private MessageAccumulator accumulated(MessageCreateParams params, Way way) throws Exception {
    MessageAccumulator accumulator = MessageAccumulator.create();
    if (way == Way.ASYNC_STREAM) {
      client
          .async()
          .messages()
          .createStreaming(params)
          .subscribe(accumulator::accumulate)
          .onCompleteFuture()
          .get();
    } else {
      try (StreamResponse<RawMessageStreamEvent> stream =
          client.messages().createStreaming(params)) {
        stream.stream().forEach(accumulator::accumulate);
      }
    }
    return accumulator;
  }

  private MessageCreateParams.Builder params(Ask ask) {
    MessageCreateParams.Builder params =
        MessageCreateParams.builder().model(model).maxTokens(300).system(Words.SYSTEM);
    if (ask.image()) {
      params.addUserMessageOfContentBlockParams(blocks(ask.prompt()));
    } else {
      params.addUserMessage(ask.prompt());
    }
    ask.tools().forEach(tool -> params.addTool(tool(tool)));
    for (Ask.Round round : ask.rounds()) {
      params.addMessage((Message) round.answer().turn());
      List<ContentBlockParam> results = new ArrayList<>();
      for (int i = 0; i < round.results().size(); i++) {
        results.add(
            ContentBlockParam.ofToolResult(
                ToolResultBlockParam.builder()
                    .toolUseId(round.answer().calls().get(i).id())
                    .content(round.results().get(i))
                    .build()));
      }
      if (!round.then().isEmpty()) {
        results.add(ContentBlockParam.ofText(TextBlockParam.builder().text(round.then()).build()));
      }
      params.addUserMessageOfContentBlockParams(results);
    }
    return params;
  }

  private static List<ContentBlockParam> blocks(String prompt) {
    return List.of(
        ContentBlockParam.ofImage(
            ImageBlockParam.builder()
                .source(
                    Base64ImageSource.builder()
                        .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                        .data(Words.IMAGE)
                        .build())
                .build()),
        ContentBlockParam.ofText(TextBlockParam.builder().text(prompt).build()));
  }

  private static Tool tool(AppTool tool) {
    Tool.InputSchema.Properties.Builder properties = Tool.InputSchema.Properties.builder();
    tool.properties()
        .forEach((name, value) -> properties.putAdditionalProperty(name, JsonValue.from(value)));
    Tool.InputSchema.Builder schema = Tool.InputSchema.builder().properties(properties.build());
    if (tool.ofTicket) {
      schema.addRequired("ticket");
    }
    return Tool.builder()
        .name(tool.tool)
        .description(tool.about)
        .inputSchema(schema.build())
        .build();
  }

  private static Answer answer(Message message) {
    String text =
        message.content().stream()
            .flatMap(block -> block.text().stream())
            .map(block -> block.text())
            .collect(Collectors.joining());
    List<Answer.Call> calls =
        message.content().stream()
            .flatMap(block -> block.toolUse().stream())
            .map(use -> new Answer.Call(use.id(), use.name(), Written.json(use._input())))
            .toList();
    return new Answer(
        text,
        calls,
        message.usage().inputTokens(),
        message.usage().outputTokens(),
        message.stopReason().orElseThrow().toString(),
        message);
  }

  @Override
  String ticket(Ask ask, Way way) throws Exception {
    StructuredMessageCreateParams<Ticket> params = params(ask).outputConfig(Ticket.class).build();
    StructuredMessage<Ticket> message =
        switch (way) {
          case WHOLE -> client.messages().create(params);
          case ASYNC -> client.async().messages().create(params).get();
          case STREAM, ASYNC_STREAM -> accumulated(params.rawParams(), way).message(Ticket.class);
        };
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(block -> block.text().toString())
        .collect(Collectors.joining());
  }

  @Override
  String failure(Throwable thrown) {
    return thrown instanceof AnthropicServiceException refused
        ? thrown.getClass().getSimpleName() + " " + refused.statusCode()
        : thrown.toString();
  }
}
