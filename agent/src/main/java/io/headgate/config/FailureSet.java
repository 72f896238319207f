// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.chat.FailureKind;
import java.util.Set;

/**
 * Which failures something is meant for: {@code [connect, timeout, 429, 5xx, overloaded]}.
 *
 * @param kinds by kind
 * @param statuses by status, {@code 429}
 * @param classes by class of status, 5 for {@code 5xx}
 */
public record FailureSet(Set<FailureKind> kinds, Set<Integer> statuses, Set<Integer> classes) {

  /** What counts as a failure for the next target unless {@code on} says otherwise. */
  public static final FailureSet FALLBACK =
      new FailureSet(
          Set.of(
              FailureKind.CONNECT,
              FailureKind.TIMEOUT,
              FailureKind.SLOW_STREAM,
              FailureKind.RATE_LIMIT,
              FailureKind.QUOTA,
              FailureKind.OVERLOADED,
              FailureKind.SERVER_ERROR),
          Set.of(408, 429),
          Set.of(5));

  /** What is tried again at the same target unless {@code retry.on} says otherwise. */
  public static final FailureSet RETRY =
      new FailureSet(
          Set.of(
              FailureKind.CONNECT,
              FailureKind.TIMEOUT,
              FailureKind.SLOW_STREAM,
              FailureKind.RATE_LIMIT,
              FailureKind.OVERLOADED,
              FailureKind.SERVER_ERROR),
          Set.of(408, 429),
          Set.of(5));

  public FailureSet {
    kinds = Set.copyOf(kinds);
    statuses = Set.copyOf(statuses);
    classes = Set.copyOf(classes);
  }

  /**
   * Whether a failure is meant.
   *
   * @param status of the answer; 0 if there was none
   */
  public boolean matches(FailureKind kind, int status) {
    return kinds.contains(kind)
        || (status >= 400 && (statuses.contains(status) || classes.contains(status / 100)));
  }
}
