// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import static io.headgate.bench.AgentKind.DATADOG;
import static io.headgate.bench.AgentKind.HEADGATE;
import static io.headgate.bench.AgentKind.NONE_AGAIN;
import static io.headgate.bench.AgentKind.OTEL;

import java.util.List;
import java.util.Map;

/** Holds the loops' figures against the goals. CPU is that of Java threads, see the README. */
final class CallGoals {

  private final Goals goals;
  private final Map<Case, CaseResult> results;

  CallGoals(Goals goals, Map<Case, CaseResult> results) {
    this.goals = goals;
    this.results = results;
  }

  void judge(boolean identicalBytes) {
    for (Case what : List.of(Case.JDK, Case.JDK_16, Case.OKHTTP, Case.OKHTTP_16)) {
      cpu("6", "metered call, added CPU / OTel's", what, OTEL, 0.5);
      cpu("6", "metered call, added CPU / Datadog's", what, DATADOG, 0.35);
      bytes("6", "metered call, added bytes / OTel's", what, OTEL, 0.7);
    }
    cpu("7", "the same by openai-java, added CPU / OTel's", Case.OPENAI, OTEL, 0.15);
    bytes("7", "the same by openai-java, added bytes / Datadog's", Case.OPENAI, DATADOG, 0.25);
    for (Case what : List.of(Case.JDK_16, Case.OKHTTP_16)) {
      throughput("8", "calls/s at 16 threads / none", what, 0.95);
    }
    for (Case what : List.of(Case.JDK_OTHER, Case.OKHTTP_OTHER, Case.URL_OTHER)) {
      cpu("9", "call to another host, added CPU / OTel's", what, OTEL, 0.05);
      addedBytes("9", "call to another host, added bytes", what, 16);
    }
    for (Case what : List.of(Case.JDK_PACED, Case.OKHTTP_PACED)) {
      goals.atMost(
          "10",
          "stream, added time to first chunk / OTel's",
          result(what).ratio(OTEL, Window::firstMicros),
          0.2,
          what.title()
              + ", added us: "
              + result(what).added(HEADGATE, Window::firstMicros).difference(0)
              + ", none-again "
              + result(what).added(NONE_AGAIN, Window::firstMicros).difference(0));
    }
    cpu("11", "stream, added CPU per chunk / OTel's", Case.OPENAI_STREAM, OTEL, 0.15);
    cpu("11", "stream, added CPU per chunk / Datadog's", Case.OPENAI_STREAM, DATADOG, 0.15);
    for (Case what : List.of(Case.JDK_STREAM, Case.OKHTTP_STREAM, Case.OPENAI_STREAM)) {
      addedBytes("11", "stream, added bytes per chunk", what, 64);
    }
    for (Case what : List.of(Case.JDK_STREAM, Case.OKHTTP_STREAM, Case.OPENAI_STREAM)) {
      throughput("12", "stream, chunks/s / none", what, 0.97);
    }
    goals.atLeast("12", "stream, bytes identical", identicalBytes ? 1 : 0, 1, "all agents");
  }

  private void cpu(String number, String goal, Case what, AgentKind other, double reach) {
    CaseResult result = result(what);
    goals.atMost(
        number,
        goal,
        result.ratio(other, Window::threadMicros),
        reach,
        what.title()
            + ", added us: "
            + result.added(HEADGATE, Window::threadMicros).difference(1)
            + ", none-again "
            + result.added(NONE_AGAIN, Window::threadMicros).difference(1));
  }

  private void bytes(String number, String goal, Case what, AgentKind other, double reach) {
    goals.atMost(number, goal, result(what).ratio(other, Window::bytes), reach, bytesOf(what));
  }

  private void addedBytes(String number, String goal, Case what, double reach) {
    double added = result(what).added(HEADGATE, Window::bytes).median();
    goals.atMost(number, goal, added, reach, bytesOf(what));
  }

  private String bytesOf(Case what) {
    CaseResult result = result(what);
    return what.title()
        + ", added bytes: "
        + result.added(HEADGATE, Window::bytes).difference(0)
        + ", none-again "
        + result.added(NONE_AGAIN, Window::bytes).difference(0);
  }

  private void throughput(String number, String goal, Case what, double reach) {
    CaseResult result = result(what);
    goals.atLeast(
        number,
        goal,
        result.times(HEADGATE, Window::calls).median(),
        reach,
        what.title()
            + ", none-again "
            + Table.number(result.times(NONE_AGAIN, Window::calls).median(), 3)
            + ", otel "
            + Table.number(result.times(OTEL, Window::calls).median(), 3));
  }

  private CaseResult result(Case what) {
    CaseResult result = results.get(what);
    if (result == null) {
      throw new IllegalStateException(what.title() + " was not run");
    }
    return result;
  }
}
