// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items of a response, and the events that build them up. */
final class ResponsesAnswer {

  private ResponsesAnswer() {}

  /** Takes the events in order; numbers and names them. */
  interface Events {
    void add(String type, Map<String, @Nullable Object> event);
  }

  static List<Map<String, @Nullable Object>> items(Call call) {
    Told told = call.told();
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    if (!told.thoughts().isEmpty()) {
      items.add(reasoning(call, List.of(summary(told.thoughts()))));
    }
    for (ToolCall tool : told.calls()) {
      items.add(function(tool, "completed", tool.arguments()));
    }
    if (told.calls().isEmpty()) {
      items.add(message(call, status(call), List.of(part(call, told.text()))));
    }
    return items;
  }

  static String status(Call call) {
    return call.told()
        .end("completed", "completed", "incomplete", "completed", "incomplete", "completed");
  }

  static @Nullable Object incomplete(Call call) {
    return switch (call.told().end()) {
      case LENGTH -> Json.object("reason", "max_output_tokens");
      case FILTER -> Json.object("reason", "content_filter");
      case DONE, STOP_SEQUENCE, TOOLS, REFUSAL -> null;
    };
  }

  static void events(Call call, Events events) {
    int index = 0;
    for (Map<String, @Nullable Object> item : items(call)) {
      switch (String.valueOf(item.get("type"))) {
        case "reasoning" -> thoughts(call, index, item, events);
        case "function_call" ->
            function(call.told().calls().get(index - thoughts(call)), index, item, events);
        default -> message(call, index, item, events);
      }
      index++;
    }
  }

  private static int thoughts(Call call) {
    return call.told().thoughts().isEmpty() ? 0 : 1;
  }

  private static void message(
      Call call, int index, Map<String, @Nullable Object> item, Events events) {
    boolean refused = call.told().refused();
    String id = String.valueOf(item.get("id"));
    String name = refused ? "response.refusal" : "response.output_text";
    events.add(
        "response.output_item.added",
        Json.object("output_index", index, "item", message(call, "in_progress", List.of())));
    events.add("response.content_part.added", at(id, index, "part", part(call, "")));
    for (String piece : Answers.pieces(call.answer())) {
      Map<String, @Nullable Object> delta = at(id, index, "delta", piece);
      if (!refused) {
        delta.put("logprobs", List.of());
      }
      events.add(name + ".delta", delta);
    }
    Map<String, @Nullable Object> done = at(id, index, refused ? "refusal" : "text", call.answer());
    if (!refused) {
      done.put("logprobs", List.of());
    }
    events.add(name + ".done", done);
    events.add("response.content_part.done", at(id, index, "part", part(call, call.answer())));
    events.add("response.output_item.done", Json.object("output_index", index, "item", item));
  }

  private static void function(
      ToolCall tool, int index, Map<String, @Nullable Object> item, Events events) {
    String id = "fc_" + tool.id();
    events.add(
        "response.output_item.added",
        Json.object("output_index", index, "item", function(tool, "in_progress", "")));
    int half = tool.arguments().length() / 2;
    for (String piece :
        List.of(tool.arguments().substring(0, half), tool.arguments().substring(half))) {
      events.add(
          "response.function_call_arguments.delta",
          Json.object("item_id", id, "output_index", index, "delta", piece));
    }
    events.add(
        "response.function_call_arguments.done",
        Json.object(
            "item_id",
            id,
            "output_index",
            index,
            "name",
            tool.name(),
            "arguments",
            tool.arguments()));
    events.add("response.output_item.done", Json.object("output_index", index, "item", item));
  }

  private static void thoughts(
      Call call, int index, Map<String, @Nullable Object> item, Events events) {
    String id = String.valueOf(item.get("id"));
    String text = call.told().thoughts();
    events.add(
        "response.output_item.added",
        Json.object("output_index", index, "item", reasoning(call, List.of())));
    events.add("response.reasoning_summary_part.added", summaryAt(id, index, "part", summary("")));
    for (String piece : Answers.pieces(text)) {
      events.add("response.reasoning_summary_text.delta", summaryAt(id, index, "delta", piece));
    }
    events.add("response.reasoning_summary_text.done", summaryAt(id, index, "text", text));
    events.add("response.reasoning_summary_part.done", summaryAt(id, index, "part", summary(text)));
    events.add("response.output_item.done", Json.object("output_index", index, "item", item));
  }

  private static Map<String, @Nullable Object> at(
      String item, int index, String key, Object value) {
    return Json.object("item_id", item, "output_index", index, "content_index", 0, key, value);
  }

  private static Map<String, @Nullable Object> summaryAt(
      String item, int index, String key, Object value) {
    return Json.object("item_id", item, "output_index", index, "summary_index", 0, key, value);
  }

  private static Map<String, @Nullable Object> reasoning(Call call, List<Object> summary) {
    Map<String, @Nullable Object> item =
        Json.object("id", call.id("rs_"), "type", "reasoning", "summary", summary);
    if (call.body().path("include").toString().contains("reasoning.encrypted_content")) {
      item.put("encrypted_content", "gAAAAABstandin");
    }
    return item;
  }

  private static Object summary(String text) {
    return Json.object("type", "summary_text", "text", text);
  }

  private static Map<String, @Nullable Object> function(
      ToolCall tool, String status, String arguments) {
    return Json.object(
        "id",
        "fc_" + tool.id(),
        "type",
        "function_call",
        "status",
        status,
        "call_id",
        "call_" + tool.id(),
        "name",
        tool.name(),
        "arguments",
        arguments);
  }

  private static Map<String, @Nullable Object> part(Call call, String text) {
    return call.told().refused()
        ? Json.object("type", "refusal", "refusal", text)
        : Json.object(
            "type", "output_text", "annotations", List.of(), "logprobs", List.of(), "text", text);
  }

  private static Map<String, @Nullable Object> message(
      Call call, String status, List<Object> content) {
    return Json.object(
        "id",
        call.id("msg_"),
        "type",
        "message",
        "status",
        status,
        "role",
        "assistant",
        "content",
        content);
  }
}
