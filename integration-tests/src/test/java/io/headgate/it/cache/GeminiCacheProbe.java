// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Tool;
import com.google.genai.types.Type;
import java.util.List;
import java.util.Map;

/** An app on google-genai that asks whole and streamed: {@code text}, {@code tools}. */
final class GeminiCacheProbe {

  private static final String MODEL = "gemini-2.5-flash";
  private static final Client CLIENT = Client.builder().apiKey("sk-app").build();

  private GeminiCacheProbe() {}

  public static void main(String[] args) {
    for (String kind : args) {
      GenerateContentConfig config = config(kind.equals("tools"));
      BothWays.ask(
          kind,
          question -> answer(List.of(CLIENT.models.generateContent(MODEL, question, config))),
          question -> {
            try (ResponseStream<GenerateContentResponse> stream =
                CLIENT.models.generateContentStream(MODEL, question, config)) {
              List<GenerateContentResponse> chunks = new java.util.ArrayList<>();
              stream.forEach(chunks::add);
              return answer(chunks);
            }
          });
    }
    System.exit(0);
  }

  private static GenerateContentConfig config(boolean tools) {
    GenerateContentConfig.Builder config = GenerateContentConfig.builder().maxOutputTokens(300);
    if (tools) {
      config.tools(
          Tool.builder()
              .functionDeclarations(
                  FunctionDeclaration.builder()
                      .name("weather")
                      .parameters(
                          Schema.builder()
                              .type(Type.Known.OBJECT)
                              .properties(
                                  Map.of("city", Schema.builder().type(Type.Known.STRING).build()))
                              .build())
                      .build())
              .build());
    }
    return config.build();
  }

  private static String answer(List<GenerateContentResponse> chunks) {
    StringBuilder text = new StringBuilder();
    StringBuilder tools = new StringBuilder();
    for (GenerateContentResponse chunk : chunks) {
      for (Part part : chunk.parts() == null ? List.<Part>of() : chunk.parts()) {
        part.text().ifPresent(text::append);
        part.functionCall()
            .ifPresent(
                call ->
                    tools
                        .append(call.name().orElseThrow())
                        .append(call.args().orElseThrow())
                        .append(' '));
      }
    }
    GenerateContentResponse last = chunks.get(chunks.size() - 1);
    return text
        + "|"
        + tools
        + "|"
        + last.finishReason()
        + "|"
        + last.usageMetadata().orElseThrow().promptTokenCount().orElse(-1)
        + "+"
        + last.usageMetadata().orElseThrow().candidatesTokenCount().orElse(-1);
  }
}
