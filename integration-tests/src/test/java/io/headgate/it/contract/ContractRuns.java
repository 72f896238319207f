// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.contract.ClientVersions.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the runs of one version printed, case by case, and what follows for the README's table.
 *
 * @param plain without the agent
 * @param observed with an agent that acts on nothing
 * @param redirected with an agent that leads calls elsewhere
 * @param answered with an agent that answers {@link AnsweredCases} itself
 */
record ContractRuns(
    Map<String, String> plain,
    Map<String, String> observed,
    Map<String, String> redirected,
    Map<String, String> answered) {

  /** The columns of the table. */
  static final List<String> CELLS = List.of("sync", "async", "stream", "redirect", "answered");

  /** Whether the runs were as they must be for this cell of a row. */
  boolean holds(Row row, String cell) {
    return switch (cell) {
      case "sync" -> calls(row.sync());
      case "async" -> calls(row.async());
      case "stream" -> row.clients().stream().allMatch(this::streams);
      case "redirect" -> row.clients().stream().allMatch(this::redirects);
      case "answered" -> row.clients().stream().allMatch(this::isAnswered);
      default -> throw new IllegalArgumentException(cell);
    };
  }

  private boolean calls(String client) {
    return client != null && succeeds(client, "call json") && same(client, observed, all -> true);
  }

  private boolean streams(String client) {
    return succeeds(client, "stream")
        && same(client, observed, name -> name.startsWith("stream"))
        && "true".equals(plain.get(client + ": stream flows early"));
  }

  private boolean redirects(String client) {
    return succeeds(client, "stream") && same(client, redirected, all -> true);
  }

  /** The app cannot tell it from the host's answer, and the host was not asked. */
  private boolean isAnswered(String client) {
    String upstream = client + ": answered stream" + AnsweredCases.UPSTREAM;
    return succeeds(client, "answered stream")
        && "1".equals(plain.get(upstream))
        && "0".equals(answered.get(upstream))
        && same(client, answered, name -> name.startsWith("answered"));
  }

  private boolean succeeds(String client, String test) {
    return plain.getOrDefault(client + ": " + test, "").startsWith("200 ");
  }

  private boolean same(String client, Map<String, String> with, Predicate<String> cases) {
    String prefix = client + ": ";
    Set<String> names = new HashSet<>(plain.keySet());
    names.addAll(with.keySet());
    return names.stream()
        .filter(name -> name.startsWith(prefix))
        .filter(name -> cases.test(name.substring(prefix.length())))
        .allMatch(name -> expected(name, with == answered).equals(with.get(name)));
  }

  /** What a run with the agent must print for a case; the empty text if there is no such case. */
  String expected(String name, boolean byAgent) {
    boolean count = byAgent && name.endsWith(AnsweredCases.UPSTREAM);
    return count ? "0" : plain.getOrDefault(name, "");
  }
}
