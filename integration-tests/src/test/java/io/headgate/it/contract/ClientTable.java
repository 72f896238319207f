// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.contract.ClientVersions.Row;
import io.headgate.it.contract.ClientVersions.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The README's table of clients: a line for each row and version, made of what the tests ran. Lines
 * of versions that did not run stay as they are.
 */
final class ClientTable {

  static final Path README = Path.of("..", "README.md");
  static final String COMMAND =
      "mvn verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ClientContractIT"
          + " -Dheadgate.it.readme=write";

  private static final String BEGIN = "<!-- clients: made by ClientContractIT -->\n";
  private static final String END = "<!-- clients: end -->\n";
  private static final String HEAD =
      "| client | version | sync | async | stream | redirect | synthetic answer |\n"
          + "|---|---|---|---|---|---|---|\n";

  private ClientTable() {}

  /** The README as it is. */
  static String readme() throws IOException {
    return Files.readString(README);
  }

  /** The table in it. */
  static String table(String readme) {
    return readme.substring(readme.indexOf(BEGIN), readme.indexOf(END));
  }

  /** The README as it must be. */
  static String readme(ClientVersions versions, Map<Version, ContractRuns> ran) throws IOException {
    String now = readme();
    int begin = now.indexOf(BEGIN) + BEGIN.length();
    int end = now.indexOf(END);
    if (begin < BEGIN.length() || end < begin) {
      throw new IllegalStateException(README + " has no " + BEGIN.trim() + " … " + END.trim());
    }
    Map<String, String> before = new LinkedHashMap<>();
    now.substring(begin, end).lines().forEach(line -> before.put(head(line), line));
    List<String> lines = new ArrayList<>();
    for (Version version : versions.all()) {
      version
          .rows()
          .forEach(
              (name, row) -> {
                String head = "| " + name + " | " + number(version) + " |";
                String line = ran.containsKey(version) ? line(head, row, ran.get(version)) : null;
                String kept = line == null ? before.get(head) : line;
                if (kept != null) {
                  lines.add(kept);
                }
              });
    }
    return now.substring(0, begin) + HEAD + String.join("\n", lines) + "\n" + now.substring(end);
  }

  private static String line(String head, Row row, ContractRuns runs) {
    StringBuilder line = new StringBuilder(head);
    for (String cell : ContractRuns.CELLS) {
      String missing = row.missing(cell);
      line.append(' ')
          .append(missing != null ? "– (" + missing + ")" : runs.holds(row, cell) ? "✓" : "✗")
          .append(" |");
    }
    return line.toString();
  }

  /** The first two cells of a line. */
  private static String head(String line) {
    int second = line.indexOf('|', line.indexOf('|', 1) + 1);
    return line.substring(0, second + 1);
  }

  private static String number(Version version) {
    return version.number().isEmpty() ? "the JDK's" : version.number();
  }
}
