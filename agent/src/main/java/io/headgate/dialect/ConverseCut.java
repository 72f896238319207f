// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the events of Bedrock's ConverseStream of an answer of Converse. */
final class ConverseCut {

  /** What the last event tells, which an answer at once has at its top. */
  static final Set<String> METADATA =
      Set.of("usage", "metrics", "trace", "performanceConfig", "serviceTier");

  /** What the end of the message tells. */
  static final Set<String> STOP = Set.of("stopReason", "additionalModelResponseFields");

  private final List<StreamEvent> events = new ArrayList<>();

  /** Null if it has anything of which it is not known how a stream says it. */
  @Nullable List<StreamEvent> events(Map<String, @Nullable Object> whole) {
    Map<String, @Nullable Object> output = Nodes.map(whole, "output");
    Map<String, @Nullable Object> message = Nodes.map(output, "message");
    if (whole.get("stopReason") == null
        || !output.keySet().equals(Set.of("message"))
        || !Set.of("role", "content").containsAll(message.keySet())) {
      return null;
    }
    Map<String, @Nullable Object> stop = Nodes.object();
    Map<String, @Nullable Object> metadata = Nodes.object();
    for (Map.Entry<String, @Nullable Object> member : whole.entrySet()) {
      if (METADATA.contains(member.getKey())) {
        metadata.put(member.getKey(), member.getValue());
      } else if (STOP.contains(member.getKey())) {
        stop.put(member.getKey(), member.getValue());
      } else if (!member.getKey().equals("output")) {
        return null;
      }
    }
    add("messageStart", Nodes.object("role", message.get("role")));
    List<@Nullable Object> blocks = Nodes.list(message.get("content"));
    for (int i = 0; i < blocks.size(); i++) {
      Map<String, @Nullable Object> block = Nodes.map(blocks.get(i));
      if (block == null || block.size() != 1 || !block(i, block)) {
        return null;
      }
      add("contentBlockStop", Nodes.object("contentBlockIndex", i));
    }
    add("messageStop", stop);
    add("metadata", metadata);
    return events;
  }

  private boolean block(int index, Map<String, @Nullable Object> block) {
    if (block.get("text") instanceof CharSequence text) {
      for (String piece : Pieces.of(text.toString())) {
        delta(index, "text", piece);
      }
      // A block of no text is one all the same.
      if (text.length() == 0) {
        delta(index, "text", "");
      }
      return true;
    }
    Map<String, @Nullable Object> tool = Nodes.map(block.get("toolUse"));
    if (tool != null) {
      return tool(index, tool);
    }
    Map<String, @Nullable Object> reasoning = Nodes.map(block.get("reasoningContent"));
    return reasoning != null && reasoning.size() == 1 && reasoning(index, reasoning);
  }

  private boolean tool(int index, Map<String, @Nullable Object> tool) {
    if (Nodes.map(tool.get("input")) == null) {
      return false;
    }
    Map<String, @Nullable Object> begun = Nodes.object();
    tool.forEach(
        (name, value) -> {
          if (!name.equals("input")) {
            begun.put(name, value);
          }
        });
    add(
        "contentBlockStart",
        Nodes.object("contentBlockIndex", index, "start", Nodes.object("toolUse", begun)));
    String json = new String(JsonWriter.write(tool.get("input")), StandardCharsets.UTF_8);
    for (String piece : Pieces.of(json)) {
      delta(index, "toolUse", Nodes.object("input", piece));
    }
    return true;
  }

  private boolean reasoning(int index, Map<String, @Nullable Object> reasoning) {
    if (reasoning.get("redactedContent") != null) {
      delta(index, "reasoningContent", reasoning);
      return true;
    }
    Map<String, @Nullable Object> told = Nodes.map(reasoning.get("reasoningText"));
    if (told == null || !Set.of("text", "signature").containsAll(told.keySet())) {
      return false;
    }
    for (String piece : Pieces.of(Nodes.text(told.get("text")))) {
      delta(index, "reasoningContent", Nodes.object("text", piece));
    }
    if (told.get("signature") != null) {
      delta(index, "reasoningContent", Nodes.object("signature", told.get("signature")));
    }
    return true;
  }

  private void delta(int index, String member, @Nullable Object value) {
    add(
        "contentBlockDelta",
        Nodes.object("contentBlockIndex", index, "delta", Nodes.object(member, value)));
  }

  private void add(String name, Map<String, @Nullable Object> data) {
    events.add(new StreamEvent(name, data));
  }
}
