// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputText;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.StructuredResponse;
import com.openai.models.responses.StructuredResponseCreateParams;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An app on openai-java's Responses; streams go through its accumulator. */
final class OpenAiResponsesApp extends App {

  private final String model;
  private final OpenAIClient client;

  private OpenAiResponsesApp(String model) {
    this.model = model;
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder().apiKey(Words.KEY).project(Words.KEY).maxRetries(0);
    if (BASE != null) {
      builder.baseUrl(BASE + "/v1");
    }
    client = builder.build();
  }

  public static void main(String[] args) {
    new OpenAiResponsesApp(args[0]).run();
  }

  @Override
  List<Way> ways() {
    return List.of(Way.values());
  }

  @Override
  Answer ask(Ask ask, Way way) throws Exception {
    ResponseCreateParams params = params(ask).build();
    return answer(
        switch (way) {
          case WHOLE -> client.responses().create(params);
          case ASYNC -> client.async().responses().create(params).get();
          case STREAM, ASYNC_STREAM -> accumulated(params, way).response();
        });
  }

  private ResponseAccumulator accumulated(ResponseCreateParams params, Way way) throws Exception {
    ResponseAccumulator accumulator = ResponseAccumulator.create();
    if (way == Way.ASYNC_STREAM) {
      client
          .async()
          .responses()
          .createStreaming(params)
          .subscribe(accumulator::accumulate)
          .onCompleteFuture()
          .get();
    } else {
      try (StreamResponse<ResponseStreamEvent> stream =
          client.responses().createStreaming(params)) {
        stream.stream().forEach(accumulator::accumulate);
      }
    }
    return accumulator;
  }

  private ResponseCreateParams.Builder params(Ask ask) {
    List<ResponseInputItem> input = new ArrayList<>();
    EasyInputMessage.Builder user = EasyInputMessage.builder().role(EasyInputMessage.Role.USER);
    input.add(
        ResponseInputItem.ofEasyInputMessage(
            (ask.image()
                    ? user.contentOfResponseInputMessageContentList(parts(ask.prompt()))
                    : user.content(ask.prompt()))
                .build()));
    for (Ask.Round round : ask.rounds()) {
      for (ResponseOutputItem item : ((Response) round.answer().turn()).output()) {
        item.message().map(ResponseInputItem::ofResponseOutputMessage).ifPresent(input::add);
        item.functionCall().map(ResponseInputItem::ofFunctionCall).ifPresent(input::add);
      }
      for (int i = 0; i < round.results().size(); i++) {
        input.add(
            ResponseInputItem.ofFunctionCallOutput(
                ResponseInputItem.FunctionCallOutput.builder()
                    .callId(round.answer().calls().get(i).id())
                    .output(round.results().get(i))
                    .build()));
      }
      if (!round.then().isEmpty()) {
        input.add(
            ResponseInputItem.ofEasyInputMessage(
                EasyInputMessage.builder()
                    .role(EasyInputMessage.Role.USER)
                    .content(round.then())
                    .build()));
      }
    }
    ResponseCreateParams.Builder params =
        ResponseCreateParams.builder()
            .model(model)
            .temperature(0.5)
            .maxOutputTokens(300)
            .instructions(Words.SYSTEM)
            .inputOfResponse(input);
    ask.tools().forEach(tool -> params.addTool(tool(tool)));
    return params;
  }

  private static List<ResponseInputContent> parts(String prompt) {
    return List.of(
        ResponseInputContent.ofInputText(ResponseInputText.builder().text(prompt).build()),
        ResponseInputContent.ofInputImage(
            ResponseInputImage.builder()
                .detail(ResponseInputImage.Detail.AUTO)
                .imageUrl("data:image/png;base64," + Words.IMAGE)
                .build()));
  }

  private static FunctionTool tool(AppTool tool) {
    FunctionTool.Parameters.Builder parameters = FunctionTool.Parameters.builder();
    tool.schema()
        .forEach((name, value) -> parameters.putAdditionalProperty(name, JsonValue.from(value)));
    return FunctionTool.builder()
        .name(tool.tool)
        .description(tool.about)
        .parameters(parameters.build())
        .strict(false)
        .build();
  }

  private static List<ResponseFunctionToolCall> calls(Response response) {
    return response.output().stream().flatMap(item -> item.functionCall().stream()).toList();
  }

  private static Answer answer(Response response) {
    String text =
        response.output().stream()
            .flatMap(item -> item.message().stream())
            .flatMap(message -> message.content().stream())
            .flatMap(content -> content.outputText().stream())
            .map(part -> part.text())
            .collect(Collectors.joining());
    return new Answer(
        text,
        calls(response).stream()
            .map(call -> new Answer.Call(call.callId(), call.name(), call.arguments()))
            .toList(),
        response.usage().orElseThrow().inputTokens(),
        response.usage().orElseThrow().outputTokens(),
        response.status().orElseThrow().toString(),
        response);
  }

  @Override
  String ticket(Ask ask, Way way) throws Exception {
    StructuredResponseCreateParams<Ticket> params = params(ask).text(Ticket.class).build();
    StructuredResponse<Ticket> response =
        switch (way) {
          case WHOLE -> client.responses().create(params);
          case ASYNC -> client.async().responses().create(params).get();
          case STREAM, ASYNC_STREAM -> accumulated(params.rawParams(), way).response(Ticket.class);
        };
    return response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(content -> content.outputText().stream())
        .map(Ticket::toString)
        .collect(Collectors.joining());
  }

  @Override
  String failure(Throwable thrown) {
    return thrown instanceof OpenAIServiceException refused
        ? thrown.getClass().getSimpleName() + " " + refused.statusCode()
        : thrown.toString();
  }
}
