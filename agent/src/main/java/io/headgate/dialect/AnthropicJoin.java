// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one message of the events of a stream. */
final class AnthropicJoin {

  private @Nullable Map<String, @Nullable Object> message;
  private final TreeMap<Long, Map<String, @Nullable Object>> blocks = new TreeMap<>();

  /** What tools are called with, as far as it came. */
  private final Map<Long, StringBuilder> inputs = new HashMap<>();

  /** Null if an event is not understood, or stands where it must not. */
  @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    for (StreamEvent event : events) {
      if (!add(event)) {
        return null;
      }
    }
    if (message == null || !settle()) {
      return null;
    }
    message.put("content", Nodes.array(blocks.values().toArray()));
    return message;
  }

  private boolean add(StreamEvent event) {
    if (event.type().equals("message_start")) {
      boolean first = message == null;
      message = Nodes.map(event.get("message"));
      return first && message != null;
    }
    long index = Nodes.number(event.get("index"), -1);
    return switch (event.type()) {
      case "content_block_start" -> {
        Map<String, @Nullable Object> block = Nodes.map(event.get("content_block"));
        yield index >= 0 && block != null && blocks.putIfAbsent(index, block) == null;
      }
      case "content_block_delta" -> {
        Map<String, @Nullable Object> block = blocks.get(index);
        Map<String, @Nullable Object> delta = Nodes.map(event.get("delta"));
        yield block != null && delta != null && grow(index, block, delta);
      }
      case "message_delta" -> end(event);
      case "content_block_stop", "message_stop", "ping" -> true;
      // A [DONE], as some servers have it, is of no type.
      case "" -> event.data() == null;
      default -> false;
    };
  }

  private boolean grow(
      long index, Map<String, @Nullable Object> block, Map<String, @Nullable Object> delta) {
    switch (Nodes.text(delta.get("type"))) {
      case "text_delta" -> Nodes.append(block, "text", delta.get("text"));
      case "thinking_delta" -> Nodes.append(block, "thinking", delta.get("thinking"));
      case "signature_delta" -> block.put("signature", delta.get("signature"));
      case "input_json_delta" ->
          inputs
              .computeIfAbsent(index, i -> new StringBuilder())
              .append(Nodes.text(delta.get("partial_json")));
      case "citations_delta" -> {
        List<@Nullable Object> citations = Nodes.list(block.get("citations"));
        citations.add(delta.get("citation"));
        block.put("citations", citations);
      }
      default -> {
        return other(block, delta);
      }
    }
    return true;
  }

  /** Deltas yet to come are understood if they have but text, of members that are text. */
  private static boolean other(
      Map<String, @Nullable Object> block, Map<String, @Nullable Object> delta) {
    for (Map.Entry<String, @Nullable Object> member : delta.entrySet()) {
      if (member.getKey().equals("type")) {
        continue;
      }
      Object before = block.get(member.getKey());
      boolean text = before == null || before instanceof CharSequence;
      if (!text || !(member.getValue() instanceof String)) {
        return false;
      }
      Nodes.append(block, member.getKey(), member.getValue());
    }
    return delta.size() > 1;
  }

  /** What is known only at the end; usage counts from the beginning and is never added. */
  private boolean end(StreamEvent event) {
    if (message == null || event.data() == null) {
      return false;
    }
    Nodes.setAll(message, Nodes.map(event.data(), "delta"));
    Map<String, @Nullable Object> usage = Nodes.map(event.get("usage"));
    if (usage != null) {
      Map<String, @Nullable Object> all = Nodes.map(message, "usage");
      Nodes.setAll(all, usage);
      message.put("usage", all);
    }
    for (Map.Entry<String, @Nullable Object> member : event.data().entrySet()) {
      switch (member.getKey()) {
        case "type", "delta", "usage" -> {}
        default -> Nodes.set(message, member.getKey(), member.getValue());
      }
    }
    return true;
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
        block.put("input", value);
      }
    }
    return true;
  }
}
