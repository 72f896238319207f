// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An app on google-genai; streams go through its ResponseStream. */
final class GeminiApp extends App {

  private final String model;
  private final Client client;

  private GeminiApp(String model) {
    this.model = model;
    HttpOptions.Builder options =
        HttpOptions.builder().retryOptions(HttpRetryOptions.builder().attempts(1).build());
    if (BASE != null) {
      options.baseUrl(BASE);
    }
    client = Client.builder().apiKey(Words.KEY).httpOptions(options.build()).build();
  }

  public static void main(String[] args) {
    new GeminiApp(args[0]).run();
  }

  @Override
  List<Way> ways() {
    return List.of(Way.values());
  }

  @Override
  Answer ask(Ask ask, Way way) throws Exception {
    List<Content> contents = contents(ask);
    GenerateContentConfig config = config(ask);
    return switch (way) {
      case WHOLE -> answer(List.of(client.models.generateContent(model, contents, config)));
      case ASYNC ->
          answer(List.of(client.async.models.generateContent(model, contents, config).get()));
      case STREAM -> read(client.models.generateContentStream(model, contents, config));
      case ASYNC_STREAM ->
          read(client.async.models.generateContentStream(model, contents, config).get());
    };
  }

  private static Answer read(ResponseStream<GenerateContentResponse> stream) {
    List<GenerateContentResponse> chunks = new ArrayList<>();
    try (stream) {
      stream.forEach(chunks::add);
    }
    return answer(chunks);
  }

  private static List<Content> contents(Ask ask) {
    List<Part> user = new ArrayList<>();
    if (ask.image()) {
      user.add(Part.fromBytes(Base64.getDecoder().decode(Words.IMAGE), "image/png"));
    }
    user.add(Part.fromText(ask.prompt()));
    List<Content> contents = new ArrayList<>();
    contents.add(Content.builder().role("user").parts(user).build());
    for (Ask.Round round : ask.rounds()) {
      contents.add((Content) round.answer().turn());
      List<Part> results = new ArrayList<>();
      for (int i = 0; i < round.results().size(); i++) {
        Answer.Call call = round.answer().calls().get(i);
        FunctionResponse.Builder response =
            FunctionResponse.builder()
                .name(call.name())
                .response(Map.of("result", round.results().get(i)));
        if (!call.id().isEmpty()) {
          response.id(call.id());
        }
        results.add(Part.builder().functionResponse(response.build()).build());
      }
      if (!round.then().isEmpty()) {
        results.add(Part.fromText(round.then()));
      }
      contents.add(Content.builder().role("user").parts(results).build());
    }
    return contents;
  }

  private static GenerateContentConfig config(Ask ask) {
    GenerateContentConfig.Builder config =
        GenerateContentConfig.builder()
            .systemInstruction(Content.fromParts(Part.fromText(Words.SYSTEM)))
            .temperature(0.5f)
            .maxOutputTokens(300);
    if (!ask.tools().isEmpty()) {
      List<FunctionDeclaration> declared = ask.tools().stream().map(GeminiApp::tool).toList();
      config.tools(Tool.builder().functionDeclarations(declared).build());
    }
    if (ask.schema()) {
      config.responseMimeType("application/json").responseJsonSchema(Ticket.schema());
    }
    return config.build();
  }

  private static FunctionDeclaration tool(AppTool tool) {
    FunctionDeclaration.Builder declared =
        FunctionDeclaration.builder().name(tool.tool).description(tool.about);
    if (tool.ofTicket) {
      declared.parametersJsonSchema(tool.schema());
    }
    return declared.build();
  }

  /** Of the chunks of a stream, or of the only one. */
  private static Answer answer(List<GenerateContentResponse> chunks) {
    StringBuilder text = new StringBuilder();
    List<Answer.Call> calls = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    long input = -1;
    long output = -1;
    String finish = "";
    for (GenerateContentResponse chunk : chunks) {
      for (Part part : orEmpty(chunk.parts())) {
        parts.add(part);
        part.text().ifPresent(text::append);
        part.functionCall().map(GeminiApp::call).ifPresent(calls::add);
      }
      if (chunk.usageMetadata().isPresent()) {
        input = chunk.usageMetadata().get().promptTokenCount().orElse(-1);
        output = chunk.usageMetadata().get().candidatesTokenCount().orElse(-1);
      }
      finish =
          chunk
              .candidates()
              .flatMap(all -> all.get(0).finishReason())
              .map(Object::toString)
              .orElse(finish);
    }
    return new Answer(
        text.toString(),
        calls,
        input,
        output,
        finish,
        Content.builder().role("model").parts(parts).build());
  }

  private static List<Part> orEmpty(List<Part> parts) {
    return parts == null ? List.of() : parts;
  }

  private static Answer.Call call(FunctionCall call) {
    return new Answer.Call(
        call.id().orElse(""),
        call.name().orElseThrow(),
        Written.json(call.args().orElse(Map.of())));
  }

  @Override
  String ticket(Ask ask, Way way) throws Exception {
    return Written.ticket(ask(ask, way).text()).toString();
  }

  @Override
  String failure(Throwable thrown) {
    return thrown instanceof ApiException refused
        ? thrown.getClass().getSimpleName() + " " + refused.code()
        : thrown.toString();
  }
}
