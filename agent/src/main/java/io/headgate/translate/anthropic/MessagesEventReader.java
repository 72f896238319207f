// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.StopReason;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.EventReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a streamed message (Anthropic API reference, streaming messages). */
final class MessagesEventReader implements EventReader {

  private final Map<Long, BlockEvents> blocks = new LinkedHashMap<>();

  /** As told until now: a later event replaces each count that it tells, and adds to none. */
  private final Map<String, @Nullable Object> usage = new LinkedHashMap<>();

  private int calls;
  private boolean stopped;
  private boolean over;

  @Override
  public void event(StreamEvent event, Consumer<ChatEvent> out) {
    Map<String, @Nullable Object> data = event.data();
    if (over || data == null) {
      return;
    }
    String type = event.type();
    if (type.equals("error") || !Nodes.empty(data.get("error"))) {
      over = true;
      out.accept(new ChatEvent.Failed(MessagesErrorReader.read(0, data, "")));
      return;
    }
    switch (type) {
      case "message_start" -> start(Nodes.map(data, "message"), out);
      case "content_block_start" -> {
        long index = index(data);
        // One that the provider forgot to end.
        end(blocks.remove(index), out);
        blocks.put(index, begin(Nodes.map(data, "content_block"), out));
      }
      case "content_block_delta" ->
          blocks
              .computeIfAbsent(index(data), unknown -> new BlockEvents("text", -1))
              .delta(Nodes.map(data, "delta"), out);
      case "content_block_stop" -> end(blocks.remove(index(data)), out);
      case "message_delta" -> delta(data, out);
      case "message_stop" -> {
        over = true;
        close(out);
        out.accept(new ChatEvent.End());
      }
      case "ping" -> out.accept(new ChatEvent.Ping());
      default -> {
        // New events may come at any time.
      }
    }
  }

  @Override
  public void end(Consumer<ChatEvent> out) {
    if (!over && stopped) {
      over = true;
      out.accept(new ChatEvent.End());
    }
  }

  private void start(Map<String, @Nullable Object> message, Consumer<ChatEvent> out) {
    out.accept(
        new ChatEvent.Begin(
            Nodes.textOrNull(message.get("id")), Nodes.textOrNull(message.get("model"))));
    usage(Nodes.map(message, "usage"), out);
  }

  private BlockEvents begin(Map<String, @Nullable Object> block, Consumer<ChatEvent> out) {
    String type = Nodes.text(block.get("type"));
    BlockEvents events = new BlockEvents(type, type.equals("tool_use") ? calls++ : -1);
    events.begin(block, out);
    return events;
  }

  private static void end(@Nullable BlockEvents block, Consumer<ChatEvent> out) {
    if (block != null) {
      block.end(out);
    }
  }

  /** Ends what the provider left open. */
  private void close(Consumer<ChatEvent> out) {
    blocks.values().forEach(block -> block.end(out));
    blocks.clear();
  }

  private void delta(Map<String, @Nullable Object> data, Consumer<ChatEvent> out) {
    Map<String, @Nullable Object> delta = Nodes.map(data, "delta");
    if (delta.get("stop_reason") != null && !stopped) {
      stopped = true;
      close(out);
      StopReason reason = StopWords.read(delta.get("stop_reason"), calls > 0);
      String why = Nodes.text(Nodes.map(delta, "stop_details").get("explanation"));
      if (reason == StopReason.REFUSAL && !why.isEmpty()) {
        out.accept(new ChatEvent.Refusal(0, why));
      }
      out.accept(new ChatEvent.Stop(0, reason, Nodes.textOrNull(delta.get("stop_sequence"))));
    }
    usage(Nodes.map(data, "usage"), out);
  }

  private void usage(Map<String, @Nullable Object> told, Consumer<ChatEvent> out) {
    if (!told.isEmpty()) {
      Nodes.setAll(usage, told);
      out.accept(new ChatEvent.UsageTold(MessagesUsage.read(usage)));
    }
  }

  private static long index(Map<String, @Nullable Object> data) {
    return Nodes.number(data.get("index"), -1);
  }
}
