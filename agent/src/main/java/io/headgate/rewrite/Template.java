// SPDX-License-Identifier: Apache-2.0
package io.headgate.rewrite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Fills the metadata of a call into texts of the configuration. What was filled in is never looked
 * at again, so that a caller's value cannot name another one.
 */
final class Template {

  private static final String OPEN = "${metadata.";

  private final Map<String, ?> metadata;
  private final UnaryOperator<String> encoding;

  /**
   * @param encoding makes a value fit for where it goes
   */
  Template(Map<String, ?> metadata, UnaryOperator<String> encoding) {
    this.metadata = metadata;
    this.encoding = encoding;
  }

  /** A text with each <code>${metadata.x}</code> replaced; by nothing if there is no x. */
  String fill(String text) {
    int open = text.indexOf(OPEN);
    int close = open < 0 ? -1 : text.indexOf('}', open);
    if (close < 0) {
      return text;
    }
    StringBuilder filled = new StringBuilder(text.length() + 32);
    int from = 0;
    while (close >= 0) {
      Object value = metadata.get(text.substring(open + OPEN.length(), close));
      filled.append(text, from, open);
      filled.append(value == null ? "" : encoding.apply(value.toString()));
      from = close + 1;
      open = text.indexOf(OPEN, from);
      close = open < 0 ? -1 : text.indexOf('}', open);
    }
    return filled.append(text, from, text.length()).toString();
  }

  /** A value with its texts filled, however deep; names of fields are never filled. */
  @Nullable Object fillValue(@Nullable Object value) {
    if (value instanceof String text) {
      return fill(text);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> filled = new ArrayList<>(list.size());
      for (Object element : list) {
        filled.add(fillValue(element));
      }
      return filled;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> filled = new LinkedHashMap<>();
      map.forEach((name, element) -> filled.put(name, fillValue(element)));
      return filled;
    }
    return value;
  }
}
