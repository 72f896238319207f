// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * An answer as it is said in two forms: at once, and as a stream.
 *
 * @param name of the two resources
 */
record Recording(String name, WireFormat format, Operation operation, AnswerForm form) {

  static Stream<Recording> all() {
    return Stream.of(
        openAi("openai-text"),
        openAi("openai-tools"),
        openAi("openai-choices"),
        openAi("openai-function"),
        openAi("openai-azure"),
        openAi("openai-deepseek"),
        openAi("openai-openrouter"),
        openAi("openai-mistral"),
        openAi("openai-perplexity"),
        new Recording(
            "openai-legacy", WireFormat.OPENAI, Operation.TEXT_COMPLETION, AnswerForm.SSE),
        chat("responses-text", WireFormat.OPENAI_RESPONSES, AnswerForm.SSE),
        chat("anthropic-text", WireFormat.ANTHROPIC, AnswerForm.SSE),
        chat("anthropic-tools", WireFormat.ANTHROPIC, AnswerForm.SSE),
        chat("anthropic-server", WireFormat.ANTHROPIC, AnswerForm.SSE),
        chat("gemini-text", WireFormat.GEMINI, AnswerForm.SSE),
        chat("gemini-tools", WireFormat.GEMINI, AnswerForm.SSE),
        chat("gemini-array", WireFormat.GEMINI, AnswerForm.JSON_ARRAY),
        chat("cohere-text", WireFormat.COHERE, AnswerForm.SSE),
        chat("cohere-tools", WireFormat.COHERE, AnswerForm.SSE),
        chat("cohere-one", WireFormat.COHERE, AnswerForm.NDJSON),
        chat("ollama-chat", WireFormat.OLLAMA, AnswerForm.NDJSON),
        new Recording(
            "ollama-generate", WireFormat.OLLAMA, Operation.TEXT_COMPLETION, AnswerForm.NDJSON),
        chat("bedrock-converse", WireFormat.BEDROCK, AnswerForm.EVENT_STREAM),
        chat("bedrock-tools", WireFormat.BEDROCK, AnswerForm.EVENT_STREAM),
        chat("bedrock-claude", WireFormat.BEDROCK, AnswerForm.EVENT_STREAM));
  }

  private static Recording openAi(String name) {
    return chat(name, WireFormat.OPENAI, AnswerForm.SSE);
  }

  static Recording chat(String name, WireFormat format, AnswerForm form) {
    return new Recording(name, format, Operation.CHAT, form);
  }

  Endpoint endpoint() {
    return new Endpoint("p", "p", format, operation, null, format == WireFormat.GEMINI);
  }

  byte[] stream() {
    if (form == AnswerForm.EVENT_STREAM) {
      return Frames.of(new String(read(".frames"), StandardCharsets.UTF_8));
    }
    return read(
        switch (form) {
          case NDJSON -> ".ndjson";
          case JSON_ARRAY -> ".array";
          default -> ".sse";
        });
  }

  byte[] whole() {
    return read(".json");
  }

  private byte[] read(String ending) {
    String path = "forms/" + name + ending;
    try (InputStream in = Recording.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
