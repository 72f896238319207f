// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An assistant's message as chat completions have it, at once and in deltas. */
final class OpenAiChatAnswer {

  private OpenAiChatAnswer() {}

  static Map<String, @Nullable Object> message(Call call) {
    Told told = call.told();
    boolean words = told.calls().isEmpty() && !told.refused();
    Map<String, @Nullable Object> message =
        Json.object(
            "role",
            "assistant",
            "content",
            words ? told.text() : null,
            "refusal",
            told.refused() ? told.text() : null,
            "annotations",
            List.of());
    if (shown(call)) {
      message.put("reasoning_content", told.thoughts());
    }
    if (!told.calls().isEmpty()) {
      List<Object> calls = new ArrayList<>();
      for (ToolCall tool : told.calls()) {
        calls.add(
            Json.object(
                "id",
                id(call, tool),
                "type",
                "function",
                "function",
                Json.object("name", tool.name(), "arguments", tool.arguments())));
      }
      message.put("tool_calls", calls);
    }
    return message;
  }

  static String finish(Call call) {
    return call.told().end("stop", "stop", "length", "tool_calls", "content_filter", "stop");
  }

  /** Every delta of a stream, without the one that tells the end. */
  static List<Map<String, @Nullable Object>> deltas(Call call) {
    Told told = call.told();
    List<Map<String, @Nullable Object>> deltas = new ArrayList<>();
    deltas.add(Json.object("role", "assistant", "content", "", "refusal", null));
    if (shown(call)) {
      for (String piece : Answers.pieces(told.thoughts())) {
        deltas.add(Json.object("reasoning_content", piece));
      }
    }
    if (told.calls().isEmpty()) {
      for (String piece : Answers.pieces(told.text())) {
        deltas.add(Json.object(told.refused() ? "refusal" : "content", piece));
      }
    }
    for (int i = 0; i < told.calls().size(); i++) {
      ToolCall tool = told.calls().get(i);
      deltas.add(
          delta(
              Json.object(
                  "index",
                  i,
                  "id",
                  id(call, tool),
                  "type",
                  "function",
                  "function",
                  Json.object("name", tool.name(), "arguments", ""))));
      int half = tool.arguments().length() / 2;
      for (String piece :
          List.of(tool.arguments().substring(0, half), tool.arguments().substring(half))) {
        deltas.add(delta(Json.object("index", i, "function", Json.object("arguments", piece))));
      }
    }
    return deltas;
  }

  private static Map<String, @Nullable Object> delta(Map<String, @Nullable Object> tool) {
    return Json.object("tool_calls", List.of(tool));
  }

  /** OpenAI itself never shows thoughts here. */
  private static boolean shown(Call call) {
    return Hosts.compatible(call.request()) && !call.told().thoughts().isEmpty();
  }

  private static String id(Call call, ToolCall tool) {
    return Hosts.mistral(call) ? tool.id().substring(15) : "call_" + tool.id();
  }
}
