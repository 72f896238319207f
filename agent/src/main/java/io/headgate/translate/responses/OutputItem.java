// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An item of an answer while it grows: tells of each step, and of the whole in the end. */
abstract class OutputItem {

  private final NumberedEvents events;
  private final int index;
  private final String id;
  private boolean ended;

  /**
   * @param id of the item; stays the same
   * @param output to which the item is added as soon as it is whole, in its place until then
   */
  OutputItem(NumberedEvents events, List<@Nullable Object> output, String id) {
    this.events = events;
    this.index = output.size();
    this.id = id;
    output.add(null);
  }

  final String id() {
    return id;
  }

  /** The item as it is now, with its parts as far as they are whole. */
  abstract Map<String, @Nullable Object> item(String status);

  /** Finishes what is open within the item. */
  abstract void finish();

  /** Tells that the item has begun. */
  final void begin() {
    events.send("response.output_item.added", "output_index", index, "item", item("in_progress"));
  }

  /** Tells that the item is whole, once. */
  final void end(String status, List<@Nullable Object> output) {
    if (!ended) {
      ended = true;
      finish();
      Map<String, @Nullable Object> item = item(status);
      output.set(index, item);
      events.send("response.output_item.done", "output_index", index, "item", item);
    }
  }

  /** Whether nothing more belongs to it. */
  final boolean ended() {
    return ended;
  }

  /** Tells of a step within the item. */
  final void tell(String type, @Nullable Object... members) {
    Object[] all = new Object[members.length + 4];
    all[0] = "item_id";
    all[1] = id;
    all[2] = "output_index";
    all[3] = index;
    System.arraycopy(members, 0, all, 4, members.length);
    events.send(type, all);
  }

  /** A copy of a list, which goes on growing. */
  static List<@Nullable Object> copy(List<@Nullable Object> list) {
    List<@Nullable Object> copy = Nodes.array();
    copy.addAll(list);
    return copy;
  }
}
