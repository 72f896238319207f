// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.chat.FailureKind;
import io.headgate.resilience.RoutingListener;
import io.headgate.telemetry.GenAiMetrics;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Counts what routing tells, and says once what the configuration should not have asked for. */
final class RoutingCounts implements RoutingListener {

  private static final int MOST_SAID = 100;

  private final GenAiMetrics metrics;
  private final Consumer<String> say;
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  RoutingCounts(GenAiMetrics metrics, Consumer<String> say) {
    this.metrics = metrics;
    this.say = say;
  }

  @Override
  public void attemptFailed(String provider, FailureKind kind) {
    metrics.attemptFailed(provider, kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  @Override
  public void retried(String provider) {
    metrics.retried(provider);
  }

  @Override
  public void retryBudgetExhausted(String provider) {
    metrics.retryBudgetExhausted(provider);
  }

  @Override
  public void fellBack() {
    metrics.fellBack();
  }

  @Override
  public void breakerOpened(String provider) {
    metrics.breakerOpened(provider);
  }

  @Override
  public void unusable(String target, String reason) {
    if (said.size() < MOST_SAID && said.add(target + reason)) {
      say.accept("target " + target + " is left out: " + reason);
    }
  }
}
