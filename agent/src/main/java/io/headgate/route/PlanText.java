// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.chat.FailureKind;
import io.headgate.config.BreakerSettings;
import io.headgate.config.FailureSet;
import io.headgate.config.RetrySettings;
import io.headgate.config.TimeoutSettings;
import io.headgate.expression.Expression;
import io.headgate.gateway.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes down for people what was chosen for a call and why. */
public final class PlanText {

  private final List<String> lines = new ArrayList<>();

  private PlanText() {}

  /** The decisions and the plan, one line each, indented by two blanks a level. */
  public static List<String> lines(Route route, List<Decision> decisions) {
    PlanText text = new PlanText();
    text.lines.add(route.label() == null ? "no route" : "route " + route.label());
    for (Decision decision : decisions) {
      text.add(1, decision.name() + ": " + attributes(decision.attributes()));
    }
    text.lines.add("plan");
    text.plan(1, route.plan(), null);
    return List.copyOf(text.lines);
  }

  private static String attributes(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  private void plan(int level, Plan plan, @Nullable Expression accept) {
    String end = accept == null ? "" : ", accept " + accept.source();
    if (plan instanceof Plan.Try attempt) {
      add(level, target(attempt) + end);
      policy(level + 1, attempt.policy());
    } else if (plan instanceof Plan.Chain chain) {
      add(level, "in turn, on " + failures(chain.on()) + end);
      chain.plans().forEach(inner -> plan(level + 1, inner, null));
    } else if (plan instanceof Plan.Cascade cascade) {
      add(level, "until accepted, on " + failures(cascade.on()) + end);
      cascade.stages().forEach(stage -> plan(level + 1, stage.plan(), stage.accept()));
    } else if (plan instanceof Plan.Deny deny) {
      add(level, "deny " + deny.status() + " " + deny.text() + end);
    } else {
      add(level, "as sent" + end);
    }
  }

  private static String target(Plan.Try attempt) {
    Target target = attempt.target();
    return "use "
        + (target == null ? "the app's own target" : target)
        + (attempt.arm() == null ? "" : ", arm " + attempt.arm())
        + (attempt.rewrite() == null ? "" : ", rewrite " + attempt.rewrite());
  }

  private void policy(int level, Plan.Policy policy) {
    TimeoutSettings timeout = policy.timeout();
    List<String> times = new ArrayList<>();
    time(times, "connect", timeout.connect());
    time(times, "first-token", timeout.firstToken());
    time(times, "idle", timeout.idle());
    time(times, "total", timeout.total());
    if (!times.isEmpty()) {
      add(level, "timeout " + String.join(", ", times));
    }
    RetrySettings retry = policy.retry();
    if (retry != null) {
      add(
          level,
          "retry "
              + retry.maxAttempts()
              + " attempts, "
              + word(retry.backoff())
              + " "
              + duration(retry.delay())
              + " to "
              + duration(retry.maxDelay())
              + ", on "
              + failures(retry.on()));
    }
    BreakerSettings breaker = policy.breaker();
    if (breaker != null) {
      add(
          level,
          "breaker "
              + Math.round(100 * breaker.failureRate())
              + "% of "
              + breaker.minCalls()
              + " or more in "
              + duration(breaker.window())
              + ", open for "
              + duration(breaker.openFor()));
    }
  }

  private static void time(List<String> times, String name, @Nullable Duration time) {
    if (time != null) {
      times.add(name + " " + duration(time));
    }
  }

  /** As it is written in the configuration: {@code 1500ms}, {@code 2s}, {@code 5m}. */
  private static String duration(Duration time) {
    long millis = time.toMillis();
    if (millis % 1000 != 0 || millis == 0) {
      return millis + "ms";
    }
    return millis % 60_000 != 0 ? millis / 1000 + "s" : millis / 60_000 + "m";
  }

  private static String failures(FailureSet on) {
    List<String> words = new ArrayList<>();
    for (FailureKind kind : FailureKind.values()) {
      if (on.kinds().contains(kind)) {
        words.add(word(kind));
      }
    }
    on.statuses().stream().sorted().forEach(status -> words.add(String.valueOf(status)));
    on.classes().stream().sorted().forEach(status -> words.add(status + "xx"));
    return words.isEmpty() ? "nothing" : String.join(" ", words);
  }

  /** As it is written in the configuration: {@code LEAST_BUSY} is {@code least-busy}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void add(int level, String line) {
    lines.add("  ".repeat(level) + line);
  }
}
