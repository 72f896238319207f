// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be changed in a request's body. Fields are named as the caller's format names them, a
 * dot leading into an object ({@code stream_options.include_usage}).
 *
 * @param systemPrepend text to stand before the system prompt; null for none
 * @param systemAppend text to stand after it; null for none
 * @param set fields and their new values: strings, numbers, booleans, lists, maps, null
 * @param clamp fields and the range their number is brought into, if they have one
 * @param remove fields to take out
 */
public record BodyEdits(
    @Nullable String systemPrepend,
    @Nullable String systemAppend,
    Map<String, @Nullable Object> set,
    Map<String, Range> clamp,
    List<String> remove) {

  /** Both ends belong to it. */
  public record Range(double least, double most) {}

  /** Nothing but fields to take out. */
  public static BodyEdits removing(List<String> fields) {
    return new BodyEdits(null, null, Map.of(), Map.of(), List.copyOf(fields));
  }

  /** Nothing but fields to set. */
  public static BodyEdits setting(Map<String, @Nullable Object> fields) {
    return new BodyEdits(null, null, fields, Map.of(), List.of());
  }

  public boolean isEmpty() {
    return systemPrepend == null
        && systemAppend == null
        && set.isEmpty()
        && clamp.isEmpty()
        && remove.isEmpty();
  }
}
