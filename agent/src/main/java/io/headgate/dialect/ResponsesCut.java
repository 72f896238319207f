// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the events of a stream of one response, each numbered. */
final class ResponsesCut {

  /** Tools that the provider runs itself, and whose state is told of. */
  private static final Set<String> HOSTED =
      Set.of(
          "web_search_call",
          "file_search_call",
          "code_interpreter_call",
          "image_generation_call",
          "mcp_call");

  private final List<StreamEvent> events = new ArrayList<>();

  /** What belongs to every event of the current item. */
  private String item = "";

  private int index;

  /** Null if an item is no object. */
  @Nullable List<StreamEvent> events(Map<String, @Nullable Object> whole) {
    Map<String, @Nullable Object> begun = new LinkedHashMap<>(whole);
    begun.put("status", "in_progress");
    begun.put("output", Nodes.array());
    begun.replace("usage", null);
    begun.replace("completed_at", null);
    begun.remove("output_text");
    add("response.created", "response", begun);
    add("response.in_progress", "response", begun);
    for (Object value : Nodes.list(whole.get("output"))) {
      Map<String, @Nullable Object> next = Nodes.map(value);
      if (next == null) {
        return null;
      }
      item(next);
      index++;
    }
    add("response.completed", "response", whole);
    return events;
  }

  private void add(String type, @Nullable Object... members) {
    Map<String, @Nullable Object> data = Nodes.object("type", type);
    data.put("sequence_number", events.size());
    data.putAll(Nodes.object(members));
    events.add(new StreamEvent(type, data));
  }

  /** An event about the current item, with members of its own behind. */
  private void within(String type, @Nullable Object... members) {
    add(type, "item_id", item, "output_index", index);
    Map<String, @Nullable Object> data = events.get(events.size() - 1).data();
    if (data != null) {
      data.putAll(Nodes.object(members));
    }
  }

  private void item(Map<String, @Nullable Object> whole) {
    item = Nodes.text(whole.get("id"));
    String type = Nodes.text(whole.get("type"));
    Map<String, @Nullable Object> begun = Nodes.over(whole, "status", "in_progress");
    switch (type) {
      case "message" -> {
        begin(Nodes.over(begun, "content", Nodes.array()));
        contents(whole);
      }
      case "reasoning" -> {
        begin(Nodes.over(Nodes.over(begun, "summary", Nodes.array()), "content", Nodes.array()));
        summaries(Nodes.list(whole.get("summary")));
        contents(whole);
      }
      case "function_call" -> {
        begin(Nodes.over(begun, "arguments", ""));
        String arguments = Nodes.text(whole.get("arguments"));
        String event = "response.function_call_arguments";
        deltas(event, arguments);
        within(event + ".done", "name", whole.get("name"), "arguments", arguments);
      }
      case "custom_tool_call" -> {
        begin(Nodes.over(begun, "input", ""));
        String input = Nodes.text(whole.get("input"));
        deltas("response.custom_tool_call_input", input);
        within("response.custom_tool_call_input.done", "input", input);
      }
      default -> {
        begin(begun);
        if (HOSTED.contains(type)) {
          within("response." + type + ".in_progress");
          within("response." + type + ".completed");
        }
      }
    }
    add("response.output_item.done", "output_index", index, "item", whole);
  }

  private void begin(Map<String, @Nullable Object> begun) {
    add("response.output_item.added", "output_index", index, "item", begun);
  }

  private void deltas(String event, String text, @Nullable Object... members) {
    for (String piece : Pieces.of(text)) {
      within(event + ".delta", members);
      Map<String, @Nullable Object> data = events.get(events.size() - 1).data();
      if (data != null) {
        data.put("delta", piece);
        if (event.equals("response.output_text")) {
          data.put("logprobs", Nodes.array());
        }
      }
    }
  }

  private void contents(Map<String, @Nullable Object> whole) {
    List<@Nullable Object> parts = Nodes.list(whole.get("content"));
    for (int i = 0; i < parts.size(); i++) {
      Map<String, @Nullable Object> part = Nodes.map(parts.get(i));
      if (part == null) {
        continue; // It is told of with its item.
      }
      switch (Nodes.text(part.get("type"))) {
        case "output_text" -> outputText(i, part);
        case "refusal" -> content(i, part, "refusal", "response.refusal");
        case "reasoning_text" -> content(i, part, "text", "response.reasoning_text");
        default -> {
          within("response.content_part.added", "content_index", i, "part", part);
          within("response.content_part.done", "content_index", i, "part", part);
        }
      }
    }
  }

  private void content(int at, Map<String, @Nullable Object> part, String member, String event) {
    String text = Nodes.text(part.get(member));
    Object begun = Nodes.over(part, member, "");
    within("response.content_part.added", "content_index", at, "part", begun);
    deltas(event, text, "content_index", at);
    within(event + ".done", "content_index", at, member, text);
    within("response.content_part.done", "content_index", at, "part", part);
  }

  private void outputText(int at, Map<String, @Nullable Object> part) {
    Map<String, @Nullable Object> begun = Nodes.over(part, "text", "");
    begun = Nodes.over(Nodes.over(begun, "annotations", Nodes.array()), "logprobs", Nodes.array());
    within("response.content_part.added", "content_index", at, "part", begun);
    String text = Nodes.text(part.get("text"));
    deltas("response.output_text", text, "content_index", at);
    List<@Nullable Object> notes = Nodes.list(part.get("annotations"));
    for (int i = 0; i < notes.size(); i++) {
      within(
          "response.output_text.annotation.added",
          "content_index",
          at,
          "annotation_index",
          i,
          "annotation",
          notes.get(i));
    }
    within(
        "response.output_text.done",
        "content_index",
        at,
        "text",
        text,
        "logprobs",
        Nodes.list(part.get("logprobs")));
    within("response.content_part.done", "content_index", at, "part", part);
  }

  private void summaries(List<@Nullable Object> parts) {
    for (int i = 0; i < parts.size(); i++) {
      Map<String, @Nullable Object> part = Nodes.map(parts.get(i));
      if (part == null) {
        continue;
      }
      String text = Nodes.text(part.get("text"));
      String event = "response.reasoning_summary_text";
      Object begun = Nodes.over(part, "text", "");
      within("response.reasoning_summary_part.added", "summary_index", i, "part", begun);
      deltas(event, text, "summary_index", i);
      within(event + ".done", "summary_index", i, "text", text);
      within("response.reasoning_summary_part.done", "summary_index", i, "part", part);
    }
  }
}
