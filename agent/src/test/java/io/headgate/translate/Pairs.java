// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.agent.Translations;
import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.ContentTransform;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Calls of every format that is read, and recorded answers of every format that is written. */
final class Pairs {

  /** Recorded answers, each whole and as a stream, by what their files are called. */
  static final Map<String, WireFormat> ANSWERS =
      Map.ofEntries(
          Map.entry("openai-text.sse", WireFormat.OPENAI),
          Map.entry("openai-tools.sse", WireFormat.OPENAI),
          Map.entry("openai-azure.sse", WireFormat.OPENAI),
          Map.entry("openai-deepseek.sse", WireFormat.OPENAI),
          Map.entry("openai-mistral.sse", WireFormat.OPENAI),
          Map.entry("openai-openrouter.sse", WireFormat.OPENAI),
          Map.entry("openai-perplexity.sse", WireFormat.OPENAI),
          Map.entry("openai-function.sse", WireFormat.OPENAI),
          Map.entry("responses-text.sse", WireFormat.OPENAI_RESPONSES),
          Map.entry("anthropic-text.sse", WireFormat.ANTHROPIC),
          Map.entry("anthropic-tools.sse", WireFormat.ANTHROPIC),
          Map.entry("anthropic-server.sse", WireFormat.ANTHROPIC),
          Map.entry("gemini-text.sse", WireFormat.GEMINI),
          Map.entry("gemini-tools.sse", WireFormat.GEMINI),
          Map.entry("bedrock-converse.frames", WireFormat.BEDROCK),
          Map.entry("bedrock-tools.frames", WireFormat.BEDROCK),
          Map.entry("cohere-text.sse", WireFormat.COHERE),
          Map.entry("cohere-tools.sse", WireFormat.COHERE),
          Map.entry("ollama-chat.ndjson", WireFormat.OLLAMA));

  static final List<WireFormat> CALLERS =
      List.of(
          WireFormat.OPENAI,
          WireFormat.OPENAI_RESPONSES,
          WireFormat.ANTHROPIC,
          WireFormat.GEMINI,
          WireFormat.BEDROCK);

  private static final Map<WireFormat, String> MODELS =
      Map.of(
          WireFormat.OPENAI, "gpt-4o",
          WireFormat.OPENAI_RESPONSES, "gpt-5",
          WireFormat.ANTHROPIC, "claude-sonnet-4-5",
          WireFormat.GEMINI, "gemini-2.5-flash",
          WireFormat.BEDROCK, "anthropic.claude-sonnet-4-5-20250929-v1:0",
          WireFormat.COHERE, "command-a-03-2025",
          WireFormat.OLLAMA, "llama3.1");

  private static final String WEATHER =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}";

  private Pairs() {}

  static Endpoint endpoint(WireFormat format, boolean streaming) {
    String provider =
        switch (format) {
          case OPENAI, OPENAI_RESPONSES -> "openai";
          case ANTHROPIC -> "anthropic";
          case GEMINI -> "gemini";
          case BEDROCK -> "bedrock";
          case COHERE -> "cohere";
          case OLLAMA -> "ollama";
          case OTHER -> throw new IllegalArgumentException();
        };
    boolean byPath = format == WireFormat.GEMINI || format == WireFormat.BEDROCK;
    return new Endpoint(
        provider,
        provider,
        format,
        Operation.CHAT,
        byPath ? MODELS.get(format) : null,
        byPath && streaming);
  }

  static String model(WireFormat format) {
    return MODELS.get(format);
  }

  /** A call with a tool, in that format. */
  static String request(WireFormat caller, boolean stream) {
    String flag = ",\"stream\":" + stream;
    return switch (caller) {
      case OPENAI ->
          "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind.\"},"
              + "{\"role\":\"user\",\"content\":\"How is Paris?\"}],\"tools\":[{\"type\":\"function\","
              + "\"function\":{\"name\":\"weather\",\"parameters\":"
              + WEATHER
              + "}}]"
              + (stream ? ",\"stream_options\":{\"include_usage\":true}" : "")
              + flag
              + "}";
      case OPENAI_RESPONSES ->
          "{\"model\":\"gpt-5\",\"instructions\":\"Be kind.\",\"input\":\"How is Paris?\",\"tools\":[{"
              + "\"type\":\"function\",\"name\":\"weather\",\"strict\":false,\"parameters\":"
              + WEATHER
              + "}]"
              + flag
              + "}";
      case ANTHROPIC ->
          "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":1024,\"system\":\"Be kind.\",\"messages\":[{"
              + "\"role\":\"user\",\"content\":\"How is Paris?\"}],\"tools\":[{\"name\":\"weather\","
              + "\"input_schema\":"
              + WEATHER
              + "}]"
              + flag
              + "}";
      case GEMINI ->
          "{\"systemInstruction\":{\"parts\":[{\"text\":\"Be kind.\"}]},\"contents\":[{\"role\":\"user\","
              + "\"parts\":[{\"text\":\"How is Paris?\"}]}],\"tools\":[{\"functionDeclarations\":[{"
              + "\"name\":\"weather\",\"parametersJsonSchema\":"
              + WEATHER
              + "}]}]}";
      case BEDROCK ->
          "{\"system\":[{\"text\":\"Be kind.\"}],\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":"
              + "\"How is Paris?\"}]}],\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"weather\","
              + "\"inputSchema\":{\"json\":"
              + WEATHER
              + "}}}]}}";
      case COHERE, OLLAMA, OTHER -> throw new IllegalArgumentException();
    };
  }

  static Translation translation(WireFormat caller, WireFormat target, boolean stream) {
    return translation(caller, target, model(target), stream);
  }

  static Translation translation(
      WireFormat caller, WireFormat target, String model, boolean stream) {
    GatewayRequest request =
        new GatewayRequest(
            "POST",
            URI.create("https://host/path?alt=sse"),
            Headers.EMPTY,
            RequestBody.of(request(caller, stream).getBytes(StandardCharsets.UTF_8)));
    return Translations.translator()
        .read(endpoint(caller, stream), request, "the-model")
        .to(endpoint(target, stream), model);
  }

  static byte[] recorded(String file) {
    String path = "/io/headgate/dialect/forms/" + file;
    try (InputStream in = Pairs.class.getResourceAsStream(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same answer as a whole. */
  static byte[] whole(String file) {
    return recorded(file.substring(0, file.lastIndexOf('.')) + ".json");
  }

  /** What comes of bytes that are cut at these places. */
  static byte[] through(ContentTransform transform, byte[] bytes, int... cuts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int from = 0;
    for (int cut : cuts) {
      write(out, transform.apply(ByteBuffer.wrap(bytes, from, cut - from).slice()));
      from = cut;
    }
    write(out, transform.apply(ByteBuffer.wrap(bytes, from, bytes.length - from).slice()));
    write(out, transform.finish());
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.writeBytes(copy);
  }
}
