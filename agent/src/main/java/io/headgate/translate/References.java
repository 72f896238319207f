// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.json.Nodes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows references within a schema (RFC 6901, in a fragment). */
public final class References {

  private References() {}

  /** What a reference leads to; null if to nothing, or to another document. */
  public static @Nullable Object follow(Map<String, @Nullable Object> root, String reference) {
    if (!reference.startsWith("#/")) {
      return null;
    }
    Object node = root;
    for (String name : reference.substring(2).split("/", -1)) {
      Map<String, @Nullable Object> object = Nodes.map(node);
      node = object == null ? null : object.get(name.replace("~1", "/").replace("~0", "~"));
    }
    return node;
  }
}
