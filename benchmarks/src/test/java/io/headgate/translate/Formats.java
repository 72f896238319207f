// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headgate.agent.Translations;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Operation;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.translate.anthropic.MessagesDialect;
import io.headgate.translate.bedrock.ConverseDialect;
import io.headgate.translate.gemini.GeminiDialect;
import io.headgate.translate.openai.ChatDialect;
import io.headgate.translate.responses.ResponsesDialect;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A call and its answer, in the formats of the app and of the target. */
final class Formats {

  /** How many pieces of text a stream has. */
  static final int PIECES = 200;

  private static final Map<WireFormat, String> MODELS =
      Map.of(
          WireFormat.OPENAI, "gpt-4o",
          WireFormat.OPENAI_RESPONSES, "gpt-4o",
          WireFormat.ANTHROPIC, "claude-sonnet-4-5",
          WireFormat.GEMINI, "gemini-2.5-flash",
          WireFormat.BEDROCK, "amazon.nova-pro-v1:0",
          WireFormat.COHERE, "command-a-03-2025",
          WireFormat.OLLAMA, "llama3.1");

  private static final String TEXT = "All work and no play makes Jack a dull boy. ".repeat(22);

  private final WireFormat caller;
  private final WireFormat target;
  private final Translator translator = Translations.translator();
  private final List<byte[]> documents = new ArrayList<>();

  private Formats(WireFormat caller, WireFormat target) {
    this.caller = caller;
    this.target = target;
  }

  /** By two names, {@code OPENAI-GEMINI}: the app's and the target's. */
  static Formats of(String pair) {
    int dash = pair.indexOf('-');
    return new Formats(
        WireFormat.valueOf(pair.substring(0, dash)), WireFormat.valueOf(pair.substring(dash + 1)));
  }

  private static Endpoint endpoint(WireFormat format, boolean stream) {
    boolean byPath = format == WireFormat.GEMINI || format == WireFormat.BEDROCK;
    return new Endpoint(
        "bench", "bench", format, Operation.CHAT, byPath ? MODELS.get(format) : null, stream);
  }

  Translation translation(boolean stream) {
    GatewayRequest request =
        new GatewayRequest(
            "POST",
            URI.create("https://host/path?alt=sse"),
            Headers.EMPTY,
            RequestBody.of(request(stream)));
    return translator
        .read(endpoint(caller, stream), request, "the-model")
        .to(endpoint(target, stream), MODELS.get(target));
  }

  /** The app's request. */
  byte[] request(boolean stream) {
    String text = TEXT.substring(0, 200);
    String schema = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}";
    String json =
        switch (caller) {
          case OPENAI ->
              """
              {"model":"gpt-4o","stream":%s,"temperature":0.5,"messages":[{"role":"system","content":"%s"},
              {"role":"user","content":"%s"},{"role":"assistant","content":"%s"},{"role":"user","content":"%s"}],
              "tools":[{"type":"function","function":{"name":"weather","description":"d","parameters":%s}}]}"""
                  .formatted(stream, text, text, text, text, schema);
          case OPENAI_RESPONSES ->
              """
              {"model":"gpt-4o","stream":%s,"temperature":0.5,"instructions":"%s","input":[
              {"role":"user","content":"%s"},{"role":"assistant","content":"%s"},{"role":"user","content":"%s"}],
              "tools":[{"type":"function","name":"weather","description":"d","strict":false,"parameters":%s}]}"""
                  .formatted(stream, text, text, text, text, schema);
          case ANTHROPIC ->
              """
              {"model":"c","max_tokens":1024,"stream":%s,"temperature":0.5,"system":"%s","messages":[
              {"role":"user","content":"%s"},{"role":"assistant","content":"%s"},{"role":"user","content":"%s"}],
              "tools":[{"name":"weather","description":"d","input_schema":%s}]}"""
                  .formatted(stream, text, text, text, text, schema);
          case GEMINI ->
              """
              {"generationConfig":{"temperature":0.5},"systemInstruction":{"parts":[{"text":"%s"}]},"contents":[
              {"role":"user","parts":[{"text":"%s"}]},{"role":"model","parts":[{"text":"%s"}]},
              {"role":"user","parts":[{"text":"%s"}]}],
              "tools":[{"functionDeclarations":[{"name":"weather","parametersJsonSchema":%s}]}]}"""
                  .formatted(text, text, text, text, schema);
          case BEDROCK ->
              """
              {"inferenceConfig":{"temperature":0.5},"system":[{"text":"%s"}],"messages":[
              {"role":"user","content":[{"text":"%s"}]},{"role":"assistant","content":[{"text":"%s"}]},
              {"role":"user","content":[{"text":"%s"}]}],
              "toolConfig":{"tools":[{"toolSpec":{"name":"weather","inputSchema":{"json":%s}}}]}}"""
                  .formatted(text, text, text, text, schema);
          default -> throw new IllegalArgumentException(caller.name());
        };
    return json.getBytes(UTF_8);
  }

  /** The target's whole answer. */
  byte[] answer() {
    if (target == WireFormat.COHERE) {
      return ("{\"id\":\"1\",\"finish_reason\":\"COMPLETE\",\"message\":{\"role\":\"assistant\",\"content\":[{"
              + "\"type\":\"text\",\"text\":\""
              + TEXT
              + "\"}]},\"usage\":{\"tokens\":{\"input_tokens\":9,\"output_tokens\":200}}}")
          .getBytes(UTF_8);
    }
    if (target == WireFormat.OLLAMA) {
      return ("{\"model\":\"m\",\"done\":true,\"done_reason\":\"stop\",\"message\":{\"role\":\"assistant\","
              + "\"content\":\""
              + TEXT
              + "\"},\"prompt_eval_count\":9,\"eval_count\":200}")
          .getBytes(UTF_8);
    }
    ChatAnswer.Choice choice =
        new ChatAnswer.Choice(List.of(new Part.Text(TEXT)), StopReason.END, null, List.of());
    return JsonWriter.write(writer().whole(new ChatAnswer("id1", "m", List.of(choice), usage())));
  }

  /** The target's stream, event by event. */
  byte[][] stream() {
    List<byte[]> events = new ArrayList<>();
    if (target == WireFormat.COHERE || target == WireFormat.OLLAMA) {
      other(events);
    } else {
      EventOutput output =
          new EventOutput(
              target == WireFormat.BEDROCK ? AnswerForm.EVENT_STREAM : AnswerForm.SSE, false);
      AnswerWriter writer = writer();
      List<ChatEvent> told = new ArrayList<>();
      told.add(new ChatEvent.Begin("id1", "m"));
      for (int i = 0; i < PIECES; i++) {
        told.add(new ChatEvent.Text(0, "word" + i + " "));
      }
      told.add(new ChatEvent.Stop(0, StopReason.END, null));
      told.add(new ChatEvent.UsageTold(usage()));
      told.add(new ChatEvent.End());
      for (ChatEvent event : told) {
        writer.event(
            event,
            written -> {
              output.event(written);
              if (written.data() != null) {
                documents.add(JsonWriter.write(written.data()));
              }
            });
        events.add(output.take());
      }
    }
    return events.toArray(new byte[0][]);
  }

  private void other(List<byte[]> events) {
    boolean cohere = target == WireFormat.COHERE;
    if (cohere) {
      add(events, "{\"type\":\"message-start\",\"id\":\"1\"}");
      add(
          events,
          "{\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"type\":\"text\"}}}}");
    }
    for (int i = 0; i < PIECES; i++) {
      add(
          events,
          cohere
              ? "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"word"
                  + i
                  + "\"}}}}"
              : "{\"model\":\"m\",\"done\":false,\"message\":{\"role\":\"assistant\",\"content\":\"word"
                  + i
                  + "\"}}");
    }
    add(
        events,
        cohere
            ? "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\",\"usage\":{\"tokens\":{\"input_tokens\":9,\"output_tokens\":200}}}}"
            : "{\"model\":\"m\",\"done\":true,\"done_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"prompt_eval_count\":9,\"eval_count\":200}");
  }

  private void add(List<byte[]> events, String json) {
    documents.add(json.getBytes(UTF_8));
    String framed = target == WireFormat.COHERE ? "data: " + json + "\n\n" : json + "\n";
    events.add(framed.getBytes(UTF_8));
  }

  /** The JSON of the stream's events. */
  List<byte[]> documents() {
    return documents;
  }

  /** Whether the app is told of the end of the stream. */
  boolean streamed(Translation translation, byte[][] events) {
    StreamTranslation stream = translation.stream();
    for (byte[] event : events) {
      stream.apply(ByteBuffer.wrap(event));
    }
    stream.finish();
    return stream.over();
  }

  private static Usage usage() {
    return Usage.builder().input(9).output(200).build();
  }

  private AnswerWriter writer() {
    CallerDialect dialect =
        switch (target) {
          case OPENAI -> new ChatDialect();
          case OPENAI_RESPONSES -> new ResponsesDialect();
          case ANTHROPIC -> new MessagesDialect();
          case GEMINI -> new GeminiDialect();
          case BEDROCK -> new ConverseDialect();
          default -> throw new IllegalArgumentException(target.name());
        };
    ChatRequest.Builder request = ChatRequest.builder();
    request.streamUsage = true;
    return dialect.answer(
        new Asked(request.build(), Nodes.object(), "m", true, 1_700_000_000L, "a".repeat(24)));
  }
}
