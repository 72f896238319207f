// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.CacheMark;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The marks up to where to cache. A request has four at most, and those of an hour come first
 * (Anthropic's guide to prompt caching).
 */
final class CacheControls {

  private static final int MOST = 4;

  private record Marked(Map<String, @Nullable Object> block, CacheMark mark) {}

  private final Notes notes;
  private final List<Marked> marked = new ArrayList<>();

  CacheControls(Notes notes) {
    this.notes = notes;
  }

  /** Takes blocks in the order of the prompt. */
  void add(Map<String, @Nullable Object> block, @Nullable CacheMark mark) {
    if (mark != null) {
      marked.add(new Marked(block, mark));
    }
  }

  /** Puts the marks on the blocks: the last ones, which reach farthest. */
  void apply() {
    int first = Math.max(0, marked.size() - MOST);
    if (first > 0) {
      notes.dropped("cache_control");
    }
    boolean hour = true;
    for (Marked one : marked.subList(first, marked.size())) {
      if (one.mark().hour() && !hour) {
        notes.changed("cache_control", "1h", "5m");
      }
      hour &= one.mark().hour();
      Map<String, @Nullable Object> control = Nodes.object("type", "ephemeral");
      if (hour) {
        control.put("ttl", "1h");
      }
      one.block().put("cache_control", control);
    }
  }
}
