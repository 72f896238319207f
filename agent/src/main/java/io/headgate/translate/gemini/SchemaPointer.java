// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.json.Nodes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows references within one schema. */
final class SchemaPointer {

  private SchemaPointer() {}

  /** The definition that {@code #/$defs/name} leads to; an empty one if it leads nowhere. */
  static Map<String, @Nullable Object> find(Map<String, @Nullable Object> root, String ref) {
    if (!ref.startsWith("#")) {
      return new LinkedHashMap<>();
    }
    Map<String, @Nullable Object> at = root;
    for (String step : ref.substring(1).split("/", -1)) {
      if (!step.isEmpty()) {
        at = Nodes.map(at, step.replace("~1", "/").replace("~0", "~"));
      }
    }
    return at;
  }
}
