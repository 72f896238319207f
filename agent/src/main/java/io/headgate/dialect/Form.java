// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one wire format says the same at once and as a stream. Stateless. Trees that are given may be
 * taken apart; none is used twice.
 */
interface Form {

  /** Whether a stream came to its own end, and to a good one. None of its events is an error. */
  boolean ended(List<StreamEvent> events);

  /** Whether an answer at once is a good one. */
  boolean good(Map<String, @Nullable Object> whole);

  /** What the events say, at once; null if there is something among them that is not understood. */
  @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events);

  /**
   * The events that say what an answer says at once; null if it has something of which it is not
   * known how a stream says it.
   *
   * @param usage whether usage is told, where that is left to the request
   */
  @Nullable List<StreamEvent> stream(Map<String, @Nullable Object> whole, boolean usage);
}
