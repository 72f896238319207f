// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.FailureKind;

/** Told of what is to be counted. Never throws. */
public interface RoutingListener {

  /** An attempt at a provider failed. */
  void attemptFailed(String provider, FailureKind kind);

  /** A target is tried again. */
  void retried(String provider);

  /** There would have been a retry, but the retry budget is used up. */
  void retryBudgetExhausted(String provider);

  /** The call went on to another target. */
  void fellBack();

  /** A breaker opened. */
  void breakerOpened(String provider);

  /** A target cannot serve a call that a route sends there; said once for each reason. */
  void unusable(String target, String reason);
}
