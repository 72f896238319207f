// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cohere's chat of version 2, with named events. */
final class CohereForm implements Form {

  @Override
  public boolean ended(List<StreamEvent> events) {
    boolean ended = false;
    for (StreamEvent event : events) {
      if (event.type().equals("message-end") && event.data() != null) {
        ended = true;
        if (!Endings.good(Nodes.map(event.data(), "delta").get("finish_reason"))) {
          return false;
        }
      }
    }
    return ended;
  }

  @Override
  public boolean good(Map<String, @Nullable Object> whole) {
    return Endings.allGood(whole);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    return new CohereJoin().whole(events);
  }

  @Override
  public @Nullable List<StreamEvent> stream(Map<String, @Nullable Object> whole, boolean usage) {
    return new CohereCut().events(whole);
  }
}
