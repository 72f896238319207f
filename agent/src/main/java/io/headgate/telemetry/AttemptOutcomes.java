// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.api.common.Attributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How attempts end, in five words, and the attribute sets of their metrics. */
final class AttemptOutcomes {

  private final Map<String, Map<String, Attributes>> byTarget = new ConcurrentHashMap<>();

  static String of(int status, boolean failed) {
    if (failed) {
      return "failure";
    }
    if (status < 400) {
      return "success";
    }
    return status == 429 ? "rate_limited" : status < 500 ? "client_error" : "server_error";
  }

  /** Both are from closed sets: provider names and the five words. */
  Attributes attributes(String target, String outcome) {
    Map<String, Attributes> byOutcome = byTarget.get(target);
    if (byOutcome == null) {
      byOutcome = byTarget.computeIfAbsent(target, t -> new ConcurrentHashMap<>());
    }
    Attributes known = byOutcome.get(outcome);
    if (known == null) {
      known =
          Attributes.of(
              GenAiAttributes.ATTEMPT_TARGET, target, GenAiAttributes.ATTEMPT_OUTCOME, outcome);
      byOutcome.put(outcome, known);
    }
    return known;
  }
}
