// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.config.Globs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of what targets can do: a file beside this class. Immutable.
 *
 * <p>Lines that start with {@code #} are remarks. Every other line is a row, its columns separated
 * by tabs:
 *
 * <ol>
 *   <li>keys in lower case, separated by spaces, in which {@code *} stands for any text; a model's
 *       may begin with {@code provider/} or {@code provider:format/}
 *   <li>what is set, as {@code NAME=VALUE} separated by spaces, or {@code -} for nothing: {@code
 *       maker context output reasoning efforts budgets temperature stops ids tool-name}; any other
 *       name is a parameter that has another name there
 *   <li>what is taken ({@code +}) and what is not ({@code -}): {@link Traits.Feature}s in lower
 *       case with {@code -} for {@code _}; may be missing
 * </ol>
 */
final class TraitRows {

  private record Row(String[] keys, String settings, String abilities) {}

  private final List<Row> rows = new ArrayList<>();

  private TraitRows() {}

  /** Reads a file of the jar. */
  static TraitRows load(String file) {
    try (InputStream in = TraitRows.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the agent's jar lacks " + file);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return of(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rows of some lines.
   *
   * @throws IllegalArgumentException if one has not two or three columns
   */
  static TraitRows of(List<String> lines) {
    TraitRows table = new TraitRows();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] columns = line.split("\t", -1);
      if (columns.length < 2 || columns.length > 3 || columns[0].isBlank()) {
        throw new IllegalArgumentException("keys, settings and abilities expected: " + line);
      }
      String abilities = columns.length == 3 ? columns[2] : "";
      table.rows.add(new Row(columns[0].split(" "), columns[1], abilities));
    }
    return table;
  }

  /** Adds every row that one of the names fits to a layer, in the order of the file. */
  void find(TraitLayer layer, String... names) {
    for (Row row : rows) {
      if (fits(row, names)) {
        layer.set(row.settings);
        layer.able(row.abilities);
      }
    }
  }

  /** Adds all rows to layers of their own: for checks of the whole table. */
  void check() {
    for (Row row : rows) {
      TraitLayer layer = new TraitLayer();
      layer.set(row.settings);
      layer.able(row.abilities);
    }
  }

  /** The keys of all rows. */
  List<String> keys() {
    return rows.stream().flatMap(row -> List.of(row.keys).stream()).toList();
  }

  private static boolean fits(Row row, String... names) {
    for (String key : row.keys) {
      for (String name : names) {
        if (Globs.matches(key, name)) {
          return true;
        }
      }
    }
    return false;
  }
}
