// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in Markdown, its columns aligned. */
final class Table {

  private final List<String[]> rows = new ArrayList<>();

  Table(String... header) {
    rows.add(header);
  }

  void row(String... cells) {
    rows.add(cells);
  }

  static String number(double value, int digits) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  void print(PrintStream out, String title) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    out.println();
    out.println("### " + title);
    out.println();
    for (int r = 0; r < rows.size(); r++) {
      out.println(line(rows.get(r), widths, ' '));
      if (r == 0) {
        String[] rule = new String[widths.length];
        for (int i = 0; i < rule.length; i++) {
          rule[i] = "-".repeat(widths[i]);
        }
        out.println(line(rule, widths, ' '));
      }
    }
    out.flush();
  }

  private static String line(String[] cells, int[] widths, char pad) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < cells.length; i++) {
      line.append(' ').append(cells[i]);
      line.append(String.valueOf(pad).repeat(widths[i] - cells[i].length())).append(" |");
    }
    return line.toString();
  }
}
