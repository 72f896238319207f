// SPDX-License-Identifier: Apache-2.0
package io.headgate.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws calls as a table of at most 120 columns, with a line of totals. */
final class CallTable {

  private static final int WIDTH = 120;
  private static final List<String> HEADS =
      List.of(
          "#",
          "operation",
          "provider",
          "model asked > answered",
          "status",
          "stream",
          "in (cached)",
          "out",
          "cost USD",
          "ms",
          "first",
          "trace");

  /** Columns of figures, flush right. */
  private static final boolean[] RIGHT = {
    true, false, false, false, false, false, true, true, true, true, true, false
  };

  private static final int MODEL = 3;
  private static final int SHORT_ID = 8;

  private final String arrow;
  private final String ellipsis;
  private final String rule;

  /**
   * @param unicode whether the terminal shows more than ASCII
   */
  CallTable(boolean unicode) {
    this.arrow = unicode ? "→" : ">";
    this.ellipsis = unicode ? "…" : "..";
    this.rule = unicode ? "─" : "-";
  }

  /** The lines of the table, none with blanks at its end. */
  List<String> draw(List<CallRow> calls) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS.stream().map(head -> head.replace(">", arrow)).toList());
    for (int i = 0; i < calls.size(); i++) {
      rows.add(row(i + 1, calls.get(i)));
    }
    rows.add(totals(calls));
    int[] widths = widths(rows);
    List<String> lines = new ArrayList<>();
    String line = rule.repeat(width(widths));
    for (int i = 0; i < rows.size(); i++) {
      if (i == 1 || i == rows.size() - 1) {
        lines.add(line);
      }
      lines.add(line(rows.get(i), widths));
    }
    return lines;
  }

  private List<String> row(int number, CallRow call) {
    String error = call.error();
    return List.of(
        Integer.toString(number),
        call.operation(),
        call.provider(),
        model(call),
        error == null ? "ok" : error,
        call.streamed() ? "yes" : "-",
        tokens(call.input(), call.cached()),
        (call.estimated() && call.output() >= 0 ? "~" : "") + count(call.output()),
        cost(call.cost()),
        millis(call.millis()),
        millis(call.firstChunkMillis()),
        call.traceId().substring(0, Math.min(SHORT_ID, call.traceId().length())));
  }

  /** What both names have in common is said once: {@code gpt-4o-mini → …2024-07-18}. */
  private String model(CallRow call) {
    String asked = call.model();
    String answered = call.answered();
    if (answered == null || answered.equals(asked)) {
      return asked;
    }
    return asked
        + " "
        + arrow
        + " "
        + (answered.startsWith(asked + "-")
            ? ellipsis + answered.substring(asked.length() + 1)
            : answered);
  }

  private static List<String> totals(List<CallRow> calls) {
    long input = 0;
    long cached = 0;
    long output = 0;
    double cost = 0;
    double millis = 0;
    int failed = 0;
    for (CallRow call : calls) {
      input += Math.max(0, call.input());
      cached += Math.max(0, call.cached());
      output += Math.max(0, call.output());
      cost += Double.isNaN(call.cost()) ? 0 : call.cost();
      millis += call.millis();
      failed += call.error() == null ? 0 : 1;
    }
    return List.of(
        "",
        "total",
        calls.size() + (calls.size() == 1 ? " call" : " calls"),
        "",
        failed == 0 ? "" : failed + " err",
        "",
        tokens(input, cached),
        count(output),
        cost(cost),
        millis(millis),
        "",
        "");
  }

  private static String tokens(long input, long cached) {
    return count(input) + (cached > 0 ? " (" + cached + ")" : "");
  }

  private static String count(long tokens) {
    return tokens < 0 ? "-" : Long.toString(tokens);
  }

  /** Six decimals; what is less than the last of them is not shown as nothing. */
  private static String cost(double usd) {
    if (Double.isNaN(usd)) {
      return "-";
    }
    return usd > 0 && usd < 0.000001
        ? "<0.000001"
        : BigDecimal.valueOf(usd).setScale(6, RoundingMode.HALF_UP).toPlainString();
  }

  private static String millis(double millis) {
    return Double.isNaN(millis) ? "-" : String.format(Locale.ROOT, "%.0f", millis);
  }

  /** As wide as needed; the model's column gives way, or the others share what room is left. */
  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[HEADS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    widths[MODEL] = Math.max(12, widths[MODEL] - Math.max(0, width(widths) - WIDTH));
    for (int i = 1; i < widths.length - 1 && width(widths) < WIDTH; i++) {
      widths[i]++;
    }
    return widths;
  }

  private static int width(int[] widths) {
    int width = widths.length - 1;
    for (int column : widths) {
      width += column;
    }
    return width;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      if (cell.length() > widths[i]) {
        cell = cell.substring(0, widths[i] - ellipsis.length()) + ellipsis;
      }
      String blanks = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : " ").append(RIGHT[i] ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }
}
