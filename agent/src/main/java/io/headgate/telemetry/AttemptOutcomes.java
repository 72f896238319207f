// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.FailureKind;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Control;
import io.opentelemetry.api.common.Attributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How attempts end, in a few words, and the attribute sets of their metrics. If somebody judged the
 * answer, the verdict counts; else status and transport do.
 */
final class AttemptOutcomes {

  private final Map<String, Map<String, Attributes>> byTarget = new ConcurrentHashMap<>();

  static String of(Attempt attempt, int status, boolean failed) {
    FailureKind kind = attempt.failure();
    if (kind != null) {
      return Served.words(kind);
    }
    if (failed) {
      return "failure";
    }
    if (status < 400) {
      return "success";
    }
    return status == 429 ? "rate_limited" : status < 500 ? "client_error" : "server_error";
  }

  /**
   * The value of {@code error.type}; null if there was no error.
   *
   * @param thrown the type of what broke the attempt off; null if nothing did
   */
  static @Nullable String error(Attempt attempt, int status, @Nullable String thrown) {
    FailureKind kind = attempt.failure();
    // What a client throws when we break an attempt off says nothing of why we did.
    if (thrown != null && (kind == null || !brokenOff(attempt))) {
      return thrown;
    }
    if (status >= 400) {
      return Integer.toString(status);
    }
    return kind == null ? null : Served.words(kind);
  }

  private static boolean brokenOff(Attempt attempt) {
    Control control = attempt.control();
    return control != null && control.aborted() != null;
  }

  /** Both are from closed sets: provider names, and the words above. */
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
