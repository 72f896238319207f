// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.CacheMark;
import io.headgate.json.Nodes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks up to where to cache: {@code cache_control} as OpenRouter and LiteLLM took it over from
 * Anthropic, and OpenAI's own {@code prompt_cache_breakpoint}.
 */
final class CacheMarks {

  private CacheMarks() {}

  /** The mark that an object bears; null if there is none. */
  static @Nullable CacheMark of(Map<String, @Nullable Object> object) {
    Map<String, @Nullable Object> control = Nodes.map(object.get("cache_control"));
    if (control != null) {
      return new CacheMark("1h".equals(control.get("ttl")));
    }
    return Nodes.map(object.get("prompt_cache_breakpoint")) == null ? null : new CacheMark(false);
  }

  static Map<String, @Nullable Object> written(CacheMark mark) {
    Map<String, @Nullable Object> control = Nodes.object("type", "ephemeral");
    if (mark.hour()) {
      control.put("ttl", "1h");
    }
    return control;
  }
}
