// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Anthropic's Messages: blocks that begin, grow and stop, one after the other. */
final class AnthropicForm implements Form {

  @Override
  public boolean ended(List<StreamEvent> events) {
    boolean stopped = false;
    int open = 0;
    for (StreamEvent event : events) {
      switch (event.type()) {
        case "content_block_start" -> open++;
        case "content_block_stop" -> open--;
        case "message_delta" -> {
          Map<String, @Nullable Object> data = event.data();
          if (data != null && !Endings.good(Nodes.map(data, "delta").get("stop_reason"))) {
            return false;
          }
        }
        case "message_stop" -> stopped = true;
        default -> {}
      }
    }
    return stopped && open == 0;
  }

  @Override
  public boolean good(Map<String, @Nullable Object> whole) {
    return Endings.allGood(whole);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    return new AnthropicJoin().whole(events);
  }

  @Override
  public @Nullable List<StreamEvent> stream(Map<String, @Nullable Object> whole, boolean usage) {
    return new AnthropicCut().events(whole);
  }
}
