// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.CacheMark;
import io.headgate.json.Nodes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The marks up to where to cache (Anthropic's guide to prompt caching). */
final class CacheControls {

  private CacheControls() {}

  /** Puts a mark on a block, or none. */
  static void put(Map<String, @Nullable Object> block, @Nullable CacheMark mark) {
    if (mark != null) {
      Map<String, @Nullable Object> control = Nodes.object("type", "ephemeral");
      if (mark.hour()) {
        control.put("ttl", "1h");
      }
      block.put("cache_control", control);
    }
  }
}
