// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer as Converse and Nova have it, at once and as events. */
final class ConverseAnswer {

  private static final String SIGNATURE = "c3RhbmQtaW4gc2lnbmF0dXJl";

  private ConverseAnswer() {}

  static Map<String, @Nullable Object> message(Call call) {
    Told told = call.told();
    List<Object> content = new ArrayList<>();
    if (!told.thoughts().isEmpty()) {
      Object text = Json.object("text", told.thoughts(), "signature", SIGNATURE);
      content.add(Json.object("reasoningContent", Json.object("reasoningText", text)));
    }
    for (ToolCall tool : told.calls()) {
      Map<String, @Nullable Object> use = use(tool);
      use.put("input", tool.input());
      content.add(Json.object("toolUse", use));
    }
    if (told.calls().isEmpty()) {
      content.add(Json.object("text", told.text()));
    }
    return Json.object(
        "output",
        Json.object("message", Json.object("content", content, "role", "assistant")),
        "stopReason",
        stop(told));
  }

  static void events(Call call, Bedrock.Events events) {
    Told told = call.told();
    int index = 0;
    events.add("messageStart", Json.object("role", "assistant"));
    if (!told.thoughts().isEmpty()) {
      for (String piece : Answers.pieces(told.thoughts())) {
        delta(events, index, "reasoningContent", Json.object("text", piece));
      }
      delta(events, index, "reasoningContent", Json.object("signature", SIGNATURE));
      stop(events, index++);
    }
    for (ToolCall tool : told.calls()) {
      events.add(
          "contentBlockStart",
          Json.object("contentBlockIndex", index, "start", Json.object("toolUse", use(tool))));
      // A tool without arguments has no delta, or an empty one.
      String input = tool.hasArguments() ? tool.arguments() : "";
      int half = input.length() / 2;
      delta(events, index, "toolUse", Json.object("input", input.substring(0, half)));
      if (!input.isEmpty()) {
        delta(events, index, "toolUse", Json.object("input", input.substring(half)));
      }
      stop(events, index++);
    }
    if (told.calls().isEmpty()) {
      for (String piece : Answers.pieces(told.text())) {
        delta(events, index, "text", piece);
      }
      stop(events, index);
    }
    events.add("messageStop", Json.object("stopReason", stop(told)));
    Map<String, @Nullable Object> metadata = Json.object("metrics", Json.object("latencyMs", 42));
    if (call.usage()) {
      metadata.put("usage", Bedrock.usage(call));
    }
    events.add("metadata", metadata);
  }

  private static void delta(Bedrock.Events events, int index, String kind, Object value) {
    events.add(
        "contentBlockDelta",
        Json.object("contentBlockIndex", index, "delta", Json.object(kind, value)));
  }

  private static void stop(Bedrock.Events events, int index) {
    events.add("contentBlockStop", Json.object("contentBlockIndex", index));
  }

  private static Map<String, @Nullable Object> use(ToolCall tool) {
    return Json.object("toolUseId", "tooluse_" + tool.id(), "name", tool.name());
  }

  private static String stop(Told told) {
    return told.end(
        "end_turn",
        "stop_sequence",
        "max_tokens",
        "tool_use",
        "content_filtered",
        "guardrail_intervened");
  }
}
