// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends the events of one stream on their way, each with its number. */
final class NumberedEvents {

  private long sequence;
  private @Nullable Consumer<StreamEvent> out;

  /** Where events go from now on; null for nowhere. */
  void to(@Nullable Consumer<StreamEvent> out) {
    this.out = out;
  }

  /** Sends an event of members given as name, value, name, value, … */
  void send(String type, @Nullable Object... members) {
    Consumer<StreamEvent> to = out;
    if (to != null) {
      Map<String, @Nullable Object> data = new LinkedHashMap<>();
      data.put("type", type);
      data.put("sequence_number", sequence++);
      data.putAll(Nodes.object(members));
      to.accept(new StreamEvent(type, data));
    }
  }
}
