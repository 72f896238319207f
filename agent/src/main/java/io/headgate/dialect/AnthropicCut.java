// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the events of a stream of one message. */
final class AnthropicCut {

  private final List<StreamEvent> events = new ArrayList<>();

  /** Null if it is no message, or did not end. */
  @Nullable List<StreamEvent> events(Map<String, @Nullable Object> whole) {
    if (!"message".equals(whole.get("type")) || whole.get("stop_reason") == null) {
      return null;
    }
    start(whole);
    List<@Nullable Object> blocks = Nodes.list(whole.get("content"));
    for (int i = 0; i < blocks.size(); i++) {
      Map<String, @Nullable Object> block = Nodes.map(blocks.get(i));
      if (block == null) {
        return null;
      }
      block(i, block);
    }
    end(whole);
    events.add(StreamEvent.typed("message_stop"));
    return events;
  }

  private void start(Map<String, @Nullable Object> whole) {
    Map<String, @Nullable Object> begun = new LinkedHashMap<>(whole);
    begun.put("content", Nodes.array());
    begun.put("stop_reason", null);
    begun.put("stop_sequence", null);
    begun.remove("stop_details");
    Map<String, @Nullable Object> usage = Nodes.map(whole.get("usage"));
    if (usage != null) {
      begun.put("usage", Nodes.over(usage, "output_tokens", 0));
    }
    events.add(StreamEvent.typed("message_start", "message", begun));
  }

  private void end(Map<String, @Nullable Object> whole) {
    Map<String, @Nullable Object> delta =
        Nodes.object("stop_reason", whole.get("stop_reason"), "stop_sequence", null);
    for (String name : List.of("stop_sequence", "stop_details", "container")) {
      if (whole.containsKey(name)) {
        delta.put(name, whole.get(name));
      }
    }
    StreamEvent last = StreamEvent.typed("message_delta", "delta", delta);
    if (whole.get("usage") != null && last.data() != null) {
      last.data().put("usage", whole.get("usage"));
    }
    events.add(last);
  }

  private void block(int index, Map<String, @Nullable Object> block) {
    switch (Nodes.text(block.get("type"))) {
      case "text" -> {
        boolean cites = block.get("citations") instanceof List<?>;
        Map<String, @Nullable Object> begun = Nodes.over(block, "text", "");
        begin(index, cites ? Nodes.with(begun, "citations", Nodes.array()) : begun);
        for (String piece : Pieces.of(Nodes.text(block.get("text")))) {
          delta(index, "text_delta", "text", piece);
        }
        for (Object citation : Nodes.list(block.get("citations"))) {
          delta(index, "citations_delta", "citation", citation);
        }
      }
      case "thinking" -> {
        begin(index, Nodes.over(Nodes.over(block, "thinking", ""), "signature", ""));
        for (String piece : Pieces.of(Nodes.text(block.get("thinking")))) {
          delta(index, "thinking_delta", "thinking", piece);
        }
        if (block.get("signature") != null) {
          delta(index, "signature_delta", "signature", block.get("signature"));
        }
      }
      default -> {
        // Whoever calls a tool, and wherever it runs; anything else comes at once.
        boolean calls = Nodes.text(block.get("type")).endsWith("tool_use");
        if (calls && Nodes.map(block.get("input")) != null) {
          begin(index, Nodes.with(block, "input", Nodes.object()));
          String json = new String(JsonWriter.write(block.get("input")), StandardCharsets.UTF_8);
          for (String piece : Pieces.of(json)) {
            delta(index, "input_json_delta", "partial_json", piece);
          }
        } else {
          begin(index, block);
        }
      }
    }
    events.add(StreamEvent.typed("content_block_stop", "index", index));
  }

  private void begin(int index, Map<String, @Nullable Object> block) {
    events.add(StreamEvent.typed("content_block_start", "index", index, "content_block", block));
  }

  private void delta(int index, String type, String member, @Nullable Object value) {
    Map<String, @Nullable Object> delta = Nodes.object("type", type, member, value);
    events.add(StreamEvent.typed("content_block_delta", "index", index, "delta", delta));
  }
}
