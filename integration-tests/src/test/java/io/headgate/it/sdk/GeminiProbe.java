// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;

/** An app on google-genai. */
final class GeminiProbe {

  private static final String MODEL = "gemini-2.5-flash";

  private final Client client = Client.builder().apiKey(Said.KEY + "gemini").build();

  public static void main(String[] args) {
    new GeminiProbe().run();
    System.exit(0);
  }

  private void run() {
    Said.call("generate", this::generate);
    Said.call("stream", this::streamed);
    Said.call("embed", this::embed);
  }

  private static GenerateContentConfig config() {
    return GenerateContentConfig.builder().temperature(0.5f).maxOutputTokens(300).build();
  }

  private String generate() {
    GenerateContentResponse answer = client.models.generateContent(MODEL, Said.PROMPT, config());
    return Said.counted(
        answer.text(),
        answer.usageMetadata().orElseThrow().promptTokenCount().orElse(-1),
        answer.usageMetadata().orElseThrow().candidatesTokenCount().orElse(-1));
  }

  private String streamed() {
    StringBuilder text = new StringBuilder();
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream(MODEL, Said.PROMPT, config())) {
      for (GenerateContentResponse chunk : stream) {
        text.append(chunk.text());
      }
    }
    return text.toString();
  }

  private String embed() {
    return client
            .models
            .embedContent(
                "gemini-embedding-001",
                Said.PROMPT,
                EmbedContentConfig.builder().outputDimensionality(8).build())
            .embeddings()
            .orElseThrow()
            .get(0)
            .values()
            .orElseThrow()
            .size()
        + " dimensions";
  }
}
