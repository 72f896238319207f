// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions and legacy completions, and all that copied them. A stream has to end
 * with {@code [DONE]}: nothing else tells that no usage or further choice was to come.
 */
final class OpenAiForm implements Form {

  @Override
  public boolean ended(List<StreamEvent> events) {
    Map<Object, Boolean> finished = new HashMap<>();
    boolean done = false;
    for (StreamEvent event : events) {
      // Mistral's conversations end in their own way, and have no choices.
      if (event.type().equals("conversation.response.done")) {
        return true;
      }
      done |= event.data() == null;
      for (Object item : Nodes.list(event.get("choices"))) {
        Map<String, @Nullable Object> choice = Nodes.map(item);
        if (choice == null || !Endings.good(choice.get("finish_reason"))) {
          return false;
        }
        finished.merge(
            Nodes.number(choice.get("index"), 0),
            choice.get("finish_reason") != null,
            Boolean::logicalOr);
      }
    }
    return done && !finished.isEmpty() && !finished.containsValue(false);
  }

  @Override
  public boolean good(Map<String, @Nullable Object> whole) {
    return Endings.allGood(whole);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    return new OpenAiJoin().whole(events);
  }

  @Override
  public @Nullable List<StreamEvent> stream(Map<String, @Nullable Object> whole, boolean usage) {
    return new OpenAiCut(whole, usage).events();
  }
}
