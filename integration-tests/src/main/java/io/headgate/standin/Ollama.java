// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ollama's own API: NDJSON, and a stream unless the request says {@code stream: false}. */
final class Ollama implements Surface {

  @Override
  public boolean handles(String path) {
    return path.endsWith("/api/chat")
        || path.endsWith("/api/generate")
        || path.endsWith("/api/embed");
  }

  @Override
  public boolean authorized(Recorded request) {
    return true;
  }

  @Override
  public Reply answer(Call call) {
    String path = call.request().path();
    String model = call.model();
    if (path.endsWith("/api/embed")) {
      return Reply.json(200, embed(call, model));
    }
    boolean chat = path.endsWith("/api/chat");
    if (chat) {
      StrictOllama.check(call.body());
    }
    Told told = call.told();
    if (!call.body().path("stream").asBoolean(true)) {
      return Reply.json(200, last(call, model, chat, told.thoughts(), told.text(), told.calls()));
    }
    List<String> lines = new ArrayList<>();
    for (String piece : Answers.pieces(told.thoughts())) {
      lines.add(line(head(model, chat, piece, "", List.of())));
    }
    for (ToolCall tool : told.calls()) {
      lines.add(line(head(model, chat, "", "", List.of(tool))));
    }
    for (String piece : Answers.pieces(told.text())) {
      lines.add(line(head(model, chat, "", piece, List.of())));
    }
    lines.add(Json.write(last(call, model, chat, "", "", List.of())) + "\n");
    return Reply.lines("application/x-ndjson", lines);
  }

  private static String line(Map<String, @Nullable Object> head) {
    head.put("done", false);
    return Json.write(head) + "\n";
  }

  private static Map<String, @Nullable Object> head(
      String model, boolean chat, String thoughts, String text, List<ToolCall> tools) {
    Map<String, @Nullable Object> message = Json.object("role", "assistant", "content", text);
    if (!thoughts.isEmpty()) {
      message.put("thinking", thoughts);
    }
    if (!tools.isEmpty()) {
      List<Object> calls = new ArrayList<>();
      for (ToolCall tool : tools) {
        Object function =
            Json.object("index", tool.index(), "name", tool.name(), "arguments", tool.input());
        calls.add(Json.object("id", "call_" + tool.id().substring(16), "function", function));
      }
      message.put("tool_calls", calls);
    }
    return Json.object(
        "model",
        model,
        "created_at",
        Instant.now().toString(),
        chat ? "message" : "response",
        chat ? message : text);
  }

  private static Map<String, @Nullable Object> last(
      Call call, String model, boolean chat, String thoughts, String text, List<ToolCall> tools) {
    Map<String, @Nullable Object> line = head(model, chat, thoughts, text, tools);
    line.put("done", true);
    line.put("done_reason", call.cut() ? "length" : "stop");
    line.put("total_duration", 402_000_000L);
    line.put("load_duration", 11_000_000L);
    if (call.usage()) {
      line.put("prompt_eval_count", call.promptTokens());
      line.put("prompt_eval_duration", 91_000_000L);
      line.put("eval_count", call.outputTokens());
      line.put("eval_duration", 300_000_000L);
    }
    return line;
  }

  private static Object embed(Call call, String model) {
    List<String> inputs = new ArrayList<>();
    JsonNode input = call.body().path("input");
    if (input.isTextual()) {
      inputs.add(input.textValue());
    }
    for (JsonNode element : input) {
      inputs.add(element.asText());
    }
    List<float[]> vectors = new ArrayList<>();
    for (String text : inputs) {
      vectors.add(Vectors.of(text, 768));
    }
    return Json.object(
        "model",
        model,
        "embeddings",
        vectors,
        "total_duration",
        14_000_000L,
        "load_duration",
        1_000_000L,
        "prompt_eval_count",
        Tokens.sum(inputs));
  }

  @Override
  public Reply refuse(Refusal refusal) {
    String message =
        refusal.status() == 404 && refusal.message().indexOf(' ') < 0
            ? "model '" + refusal.message() + "' not found"
            : refusal.message();
    return Reply.json(refusal.status(), Json.object("error", message));
  }

  @Override
  public byte[] streamError() {
    return Reply.bytes(
        Json.write(Json.object("error", "an error was encountered while running the model"))
            + "\n");
  }
}
