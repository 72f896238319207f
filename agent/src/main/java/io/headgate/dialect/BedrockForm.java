// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bedrock's event streams. Those of Converse have events of their own; those of InvokeModel carry
 * each model's, of which Claude's can be told at once too, while those of the others are known as
 * streams only.
 */
final class BedrockForm implements Form {

  /** What comes beside the last event of any model: whatever ends earlier was cut. */
  private static final String METRICS = "amazon-bedrock-invocationMetrics";

  private static final Form CLAUDE = new AnthropicForm();

  @Override
  public boolean ended(List<StreamEvent> events) {
    if (events.isEmpty()) {
      return false;
    }
    return isInvoked(events) ? invokedEnded(events) : converseEnded(events);
  }

  /** Blocks of text begin with their first delta; those of tools with an event of their own. */
  private static boolean converseEnded(List<StreamEvent> events) {
    List<Long> open = new ArrayList<>();
    boolean stopped = false;
    boolean told = false;
    for (StreamEvent event : events) {
      Long index = Nodes.number(event.get("contentBlockIndex"), 0);
      switch (event.name()) {
        case "contentBlockStart", "contentBlockDelta" -> {
          if (!open.contains(index)) {
            open.add(index);
          }
        }
        case "contentBlockStop" -> open.remove(index);
        case "messageStop" -> {
          stopped = true;
          if (!Endings.good(event.get("stopReason"))) {
            return false;
          }
        }
        case "metadata" -> told = true;
        default -> {}
      }
    }
    return stopped && told && open.isEmpty();
  }

  private static boolean invokedEnded(List<StreamEvent> events) {
    if (Nodes.map(events.get(events.size() - 1).get(METRICS)) == null) {
      return false;
    }
    for (StreamEvent event : events) {
      Map<String, @Nullable Object> data = event.data();
      // Nova's reason is one level deeper.
      if (data == null
          || !Endings.allGood(data)
          || !Endings.good(Nodes.map(data, "messageStop").get("stopReason"))) {
        return false;
      }
    }
    return !isClaudes(events) || CLAUDE.ended(events);
  }

  @Override
  public boolean good(Map<String, @Nullable Object> whole) {
    return Endings.allGood(whole);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    if (!isInvoked(events)) {
      return new ConverseJoin().whole(events);
    }
    return isClaudes(events) ? CLAUDE.whole(events) : null;
  }

  @Override
  public @Nullable List<StreamEvent> stream(Map<String, @Nullable Object> whole, boolean usage) {
    // Nova by InvokeModel answers as Converse does, but for these.
    if (whole.containsKey("metrics")) {
      return new ConverseCut().events(whole);
    }
    List<StreamEvent> events = CLAUDE.stream(whole, usage);
    return events == null ? null : invoked(events, Nodes.map(whole, "usage"));
  }

  /** Claude's events as Bedrock has them. */
  private static List<StreamEvent> invoked(
      List<StreamEvent> events, Map<String, @Nullable Object> usage) {
    List<StreamEvent> chunks = new ArrayList<>(events.size());
    for (StreamEvent event : events) {
      chunks.add(new StreamEvent(FrameEvents.CHUNK, event.data()));
    }
    Map<String, @Nullable Object> last = chunks.get(chunks.size() - 1).data();
    if (last != null) {
      Map<String, @Nullable Object> metrics = Nodes.object();
      copy(usage, "input_tokens", metrics, "inputTokenCount");
      copy(usage, "output_tokens", metrics, "outputTokenCount");
      copy(usage, "cache_read_input_tokens", metrics, "cacheReadInputTokenCount");
      copy(usage, "cache_creation_input_tokens", metrics, "cacheWriteInputTokenCount");
      last.put(METRICS, metrics);
    }
    return chunks;
  }

  private static void copy(
      Map<String, @Nullable Object> from,
      String name,
      Map<String, @Nullable Object> to,
      String otherName) {
    if (from.get(name) != null) {
      to.put(otherName, from.get(name));
    }
  }

  /** Whether what carries the events are InvokeModel's chunks. */
  private static boolean isInvoked(List<StreamEvent> events) {
    return events.stream().allMatch(event -> event.name().equals(FrameEvents.CHUNK));
  }

  private static boolean isClaudes(List<StreamEvent> events) {
    return !events.isEmpty() && events.get(0).type().equals("message_start");
  }
}
