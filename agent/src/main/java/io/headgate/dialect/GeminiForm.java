// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's answers: each chunk of a stream is an answer of its own. No event says that it is the
 * last, so a stream has ended once each candidate in it has.
 */
final class GeminiForm implements Form {

  /** All other reasons are errors, or mean that something is kept back. */
  private static final Set<String> GOOD = Set.of("STOP", "MAX_TOKENS");

  @Override
  public boolean ended(List<StreamEvent> events) {
    Map<Object, Boolean> finished = new HashMap<>();
    for (StreamEvent event : events) {
      if (event.data() == null || blocked(event.data())) {
        return false;
      }
      for (Object item : Nodes.list(event.get("candidates"))) {
        Map<String, @Nullable Object> candidate = Nodes.map(item);
        if (candidate == null) {
          return false;
        }
        String reason = Nodes.text(candidate.get("finishReason"));
        if (!reason.isEmpty() && !GOOD.contains(reason)) {
          return false;
        }
        finished.merge(
            Nodes.number(candidate.get("index"), 0), !reason.isEmpty(), Boolean::logicalOr);
      }
    }
    return !finished.isEmpty() && !finished.containsValue(false);
  }

  private static boolean blocked(Map<String, @Nullable Object> chunk) {
    return Nodes.map(chunk, "promptFeedback").get("blockReason") != null;
  }

  @Override
  public boolean good(Map<String, @Nullable Object> whole) {
    return ended(List.of(StreamEvent.of(whole)));
  }

  @Override
  public @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    return new GeminiJoin().whole(events);
  }

  @Override
  public List<StreamEvent> stream(Map<String, @Nullable Object> whole, boolean usage) {
    return List.of(StreamEvent.of(whole));
  }
}
