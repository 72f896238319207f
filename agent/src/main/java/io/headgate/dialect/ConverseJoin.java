// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one answer of Bedrock's Converse of the events of its stream. */
final class ConverseJoin {

  /** What events have beside what they say: {@code p} is padding of random length. */
  private static final Set<String> SHELL = Set.of("contentBlockIndex", "p");

  private final Map<String, @Nullable Object> whole = Nodes.object();
  private final TreeMap<Long, Map<String, @Nullable Object>> blocks = new TreeMap<>();

  /** What tools are called with, as far as it came. */
  private final TreeMap<Long, StringBuilder> inputs = new TreeMap<>();

  private @Nullable Object role;

  /** Null if an event is not understood, or stands where it must not. */
  @Nullable Map<String, @Nullable Object> whole(Iterable<StreamEvent> events) {
    for (StreamEvent event : events) {
      Map<String, @Nullable Object> data = event.data();
      if (data == null || !add(event.name(), data)) {
        return null;
      }
    }
    if (role == null || whole.get("stopReason") == null || !settle()) {
      return null;
    }
    Map<String, @Nullable Object> message =
        Nodes.object("role", role, "content", Nodes.array(blocks.values().toArray()));
    Map<String, @Nullable Object> answer = Nodes.object("output", Nodes.object("message", message));
    answer.putAll(whole);
    return answer;
  }

  private boolean add(String name, Map<String, @Nullable Object> data) {
    long index = Nodes.number(data.get("contentBlockIndex"), -1);
    return switch (name) {
      case "messageStart" -> {
        boolean first = role == null;
        role = data.get("role");
        yield first;
      }
      case "contentBlockStart" -> index >= 0 && begin(index, data);
      case "contentBlockDelta" -> {
        Map<String, @Nullable Object> delta = Nodes.map(data.get("delta"));
        yield index >= 0 && delta != null && delta.size() == 1 && grow(index, delta);
      }
      case "contentBlockStop" -> true;
      case "messageStop" -> take(data, ConverseCut.STOP);
      case "metadata" -> take(data, ConverseCut.METADATA);
      default -> false;
    };
  }

  private boolean take(Map<String, @Nullable Object> data, Set<String> known) {
    for (Map.Entry<String, @Nullable Object> member : data.entrySet()) {
      if (known.contains(member.getKey())) {
        whole.put(member.getKey(), member.getValue());
      } else if (!SHELL.contains(member.getKey())) {
        return false;
      }
    }
    return true;
  }

  /** Only calls of tools begin with an event that is known. */
  private boolean begin(long index, Map<String, @Nullable Object> data) {
    Map<String, @Nullable Object> start = Nodes.map(data, "start");
    Map<String, @Nullable Object> tool = Nodes.map(start.get("toolUse"));
    if (tool == null || start.size() != 1) {
      return false;
    }
    tool.put("input", Nodes.object());
    inputs.put(index, new StringBuilder());
    return blocks.putIfAbsent(index, start) == null;
  }

  private boolean grow(long index, Map<String, @Nullable Object> delta) {
    Map<String, @Nullable Object> tool = Nodes.map(delta.get("toolUse"));
    StringBuilder input = inputs.get(index);
    if (tool != null || input != null) {
      if (tool == null || input == null || !tool.keySet().equals(Set.of("input"))) {
        return false;
      }
      input.append(Nodes.text(tool.get("input")));
      return true;
    }
    Map<String, @Nullable Object> block = blocks.computeIfAbsent(index, i -> Nodes.object());
    if (delta.get("text") instanceof String text) {
      Nodes.append(block, "text", text);
      return block.size() == 1;
    }
    Map<String, @Nullable Object> reasoning = Nodes.map(delta.get("reasoningContent"));
    return reasoning != null && reasoning.size() == 1 && reasoned(block, reasoning);
  }

  private static boolean reasoned(
      Map<String, @Nullable Object> block, Map<String, @Nullable Object> delta) {
    Map<String, @Nullable Object> reasoning = Nodes.map(block, "reasoningContent");
    block.put("reasoningContent", reasoning);
    if (delta.get("redactedContent") != null) {
      return reasoning.isEmpty()
          && reasoning.put("redactedContent", delta.get("redactedContent")) == null;
    }
    Map<String, @Nullable Object> told = Nodes.map(reasoning, "reasoningText");
    reasoning.put("reasoningText", told);
    if (delta.get("text") instanceof String text) {
      Nodes.append(told, "text", text);
    } else if (delta.get("signature") instanceof String signature) {
      Nodes.append(told, "signature", signature);
    } else {
      return false;
    }
    return block.size() == 1 && reasoning.size() == 1;
  }

  private boolean settle() {
    for (Map.Entry<Long, StringBuilder> input : inputs.entrySet()) {
      Map<String, @Nullable Object> block = blocks.get(input.getKey());
      String json = input.getValue().toString();
      if (block != null && !json.isBlank()) {
        Object value = JsonTree.exact(json.getBytes(StandardCharsets.UTF_8));
        if (value == null) {
          return false;
        }
        Nodes.map(block, "toolUse").put("input", value);
      }
    }
    return true;
  }
}
