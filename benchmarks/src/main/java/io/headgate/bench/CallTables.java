// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The figures of the loops. */
final class CallTables {

  private final List<AgentKind> kinds;

  CallTables(List<AgentKind> kinds) {
    this.kinds = kinds;
  }

  void print(Map<Case, CaseResult> results, int rounds, long millis, PrintStream out) {
    Table table =
        new Table(
            "case",
            "agent",
            "calls/s",
            "x none",
            "p50 us",
            "first us",
            "added first us",
            "thread CPU us",
            "added thread CPU us",
            "process CPU us",
            "added process CPU us",
            "bytes",
            "added bytes");
    for (Map.Entry<Case, CaseResult> entry : results.entrySet()) {
      for (AgentKind kind : kinds) {
        row(table, entry.getKey(), kind, entry.getValue());
      }
    }
    table.print(
        out,
        "Calls, "
            + rounds
            + " interleaved rounds of "
            + millis
            + " ms; CPU and bytes per call, of streams per chunk; medians, differences with the"
            + " mean of the two windows without an agent in the same round [quartiles]");
  }

  private static void row(Table table, Case what, AgentKind kind, CaseResult result) {
    table.row(
        what.title(),
        kind.text(),
        Table.number(result.median(kind, Window::calls), 0),
        Table.number(result.times(kind, Window::calls).median(), 2),
        Table.number(result.median(kind, Window::latencyMicros), 0),
        Table.number(result.median(kind, Window::firstMicros), 0),
        result.added(kind, Window::firstMicros).difference(0),
        Table.number(result.median(kind, Window::threadMicros), 1),
        result.added(kind, Window::threadMicros).difference(1),
        Table.number(result.median(kind, Window::cpuMicros), 1),
        result.added(kind, Window::cpuMicros).difference(1),
        Table.number(result.median(kind, Window::bytes), 0),
        result.added(kind, Window::bytes).difference(0));
  }
}
