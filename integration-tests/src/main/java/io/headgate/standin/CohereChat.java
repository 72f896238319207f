// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cohere's v2 chat, at once and as named events. */
final class CohereChat {

  private static final String PLAN = "I will use a tool.";

  private CohereChat() {}

  static Map<String, @Nullable Object> whole(Call call) {
    Told told = call.told();
    Map<String, @Nullable Object> message = Json.object("role", "assistant");
    List<Object> content = new ArrayList<>();
    if (!told.thoughts().isEmpty()) {
      content.add(Json.object("type", "thinking", "thinking", told.thoughts()));
    }
    if (told.calls().isEmpty()) {
      content.add(Json.object("type", "text", "text", told.text()));
    } else {
      message.put("tool_plan", PLAN);
      List<Object> calls = new ArrayList<>();
      told.calls().forEach(tool -> calls.add(tool(tool, tool.arguments())));
      message.put("tool_calls", calls);
    }
    if (!content.isEmpty()) {
      message.put("content", content);
    }
    Map<String, @Nullable Object> body =
        Json.object("id", call.id(""), "finish_reason", finish(call), "message", message);
    if (call.usage()) {
      body.put("usage", Cohere.usage(call));
    }
    return body;
  }

  static Reply stream(Call call) {
    Told told = call.told();
    List<String> events = new ArrayList<>();
    Object start =
        Json.object(
            "message",
            Json.object(
                "role",
                "assistant",
                "content",
                List.of(),
                "tool_plan",
                "",
                "tool_calls",
                List.of(),
                "citations",
                List.of()));
    events.add(
        Reply.event(
            "message-start",
            Json.object("type", "message-start", "id", call.id(""), "delta", start)));
    int index = 0;
    if (!told.thoughts().isEmpty()) {
      content(events, index++, "thinking", told.thoughts());
    }
    if (told.calls().isEmpty()) {
      content(events, index, "text", told.text());
    } else {
      tools(events, told);
    }
    Map<String, @Nullable Object> end = Json.object("finish_reason", finish(call));
    if (call.usage()) {
      end.put("usage", Cohere.usage(call));
    }
    events.add(Reply.event("message-end", Json.object("type", "message-end", "delta", end)));
    return Reply.sse(events);
  }

  private static void content(List<String> events, int index, String kind, String text) {
    Object first = Json.object("type", kind, kind, "");
    events.add(event("content-start", index, "content", first));
    for (String piece : Answers.pieces(text)) {
      events.add(event("content-delta", index, "content", Json.object(kind, piece)));
    }
    events.add(end("content-end", index));
  }

  private static void tools(List<String> events, Told told) {
    for (String piece : Answers.pieces(PLAN)) {
      Object delta = Json.object("message", Json.object("tool_plan", piece));
      events.add(
          Reply.event("tool-plan-delta", Json.object("type", "tool-plan-delta", "delta", delta)));
    }
    for (int i = 0; i < told.calls().size(); i++) {
      ToolCall tool = told.calls().get(i);
      events.add(event("tool-call-start", i, "tool_calls", tool(tool, "")));
      int half = tool.arguments().length() / 2;
      for (String piece :
          List.of(tool.arguments().substring(0, half), tool.arguments().substring(half))) {
        Object function = Json.object("function", Json.object("arguments", piece));
        events.add(event("tool-call-delta", i, "tool_calls", function));
      }
      events.add(end("tool-call-end", i));
    }
  }

  private static String event(String type, int index, String key, Object value) {
    Object delta = Json.object("message", Json.object(key, value));
    return Reply.event(type, Json.object("type", type, "index", index, "delta", delta));
  }

  private static String end(String type, int index) {
    return Reply.event(type, Json.object("type", type, "index", index));
  }

  private static Map<String, @Nullable Object> tool(ToolCall tool, String arguments) {
    return Json.object(
        "id",
        tool.name() + "_" + tool.id().substring(12),
        "type",
        "function",
        "function",
        Json.object("name", tool.name(), "arguments", arguments));
  }

  private static String finish(Call call) {
    return call.told()
        .end("COMPLETE", "STOP_SEQUENCE", "MAX_TOKENS", "TOOL_CALL", "ERROR", "COMPLETE");
  }
}
