// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What was to be reached, and what was. A table for people: nothing fails on it. */
final class Goals {

  private record Line(
      String number, String goal, double value, boolean atMost, double reach, String note) {

    String verdict() {
      if (Double.isNaN(value)) {
        return "not measured";
      }
      return (atMost ? value <= reach : value >= reach) ? "reached" : "MISSED";
    }
  }

  private final List<Line> lines = new ArrayList<>();

  void atMost(String number, String goal, double value, double reach, String note) {
    lines.add(new Line(number, goal, value, true, reach, note));
  }

  void atLeast(String number, String goal, double value, double reach, String note) {
    lines.add(new Line(number, goal, value, false, reach, note));
  }

  void print(PrintStream out) {
    Table table = new Table("#", "goal", "measured", "reach", "", "from");
    for (Line line : lines) {
      table.row(
          line.number(),
          line.goal(),
          Table.number(line.value(), 3),
          (line.atMost() ? "<= " : ">= ") + line.reach(),
          line.verdict(),
          line.note());
    }
    table.print(out, "Goals");
  }
}
