// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.WireRequest;
import io.headgate.it.route.FaultRun.Set;
import io.headgate.it.route.FaultTable.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The app keeps its answer when a provider does not: every fault, for every client, whole and
 * streamed, with the requests that each of two providers gets.
 */
class FaultIT {

  @TestFactory
  Stream<DynamicTest> rawClients() throws IOException {
    return tests(Set.OPENAI, "jdk-send", "jdk-async", "okhttp-execute", "okhttp-enqueue");
  }

  @TestFactory
  Stream<DynamicTest> openAiSdk() throws IOException {
    return tests(Set.OPENAI.with("com/openai/"), "openai");
  }

  @TestFactory
  Stream<DynamicTest> anthropicSdk() throws IOException {
    return tests(Set.ANTHROPIC, "anthropic");
  }

  @TestFactory
  Stream<DynamicTest> webClient() throws IOException {
    return tests(
        Set.OPENAI.with("org/springframework/", "io/projectreactor/", "io/micrometer/"),
        "webclient");
  }

  private static Stream<DynamicTest> tests(Set set, String... clients) throws IOException {
    Map<FaultCase, Outcome> table = new LinkedHashMap<>();
    for (String client : clients) {
      table.putAll(FaultTable.of(client));
    }
    List<FaultCase> natives =
        table.keySet().stream().filter(asked -> table.get(asked) == Outcome.NATIVE).toList();
    FaultRun plain = FaultRun.of(set, false, natives);
    FaultRun run = FaultRun.of(set, true, table.keySet());
    List<DynamicTest> tests = new ArrayList<>();
    FaultCheck check = new FaultCheck(set, run, plain);
    table.forEach(
        (asked, outcome) ->
            tests.add(
                DynamicTest.dynamicTest(asked.toString(), () -> check.check(asked, outcome))));
    tests.add(DynamicTest.dynamicTest("keys stay where they belong", () -> keys(run)));
    tests.add(
        DynamicTest.dynamicTest(
            "connections that were given up are closed", () -> assertThat(run.leaked()).isZero()));
    // By client and kind: one at the first of two targets, three at the only one.
    int attempts = clients.length * 2 * (1 + 3);
    tests.add(
        DynamicTest.dynamicTest(
            "connections that were reset are not made more often than configured",
            () -> assertThat(run.resets()).isBetween(attempts, attempts + again(clients))));
    return tests.stream();
  }

  /** The JDK's client connects once more by itself if the reset comes before it is connected. */
  private static int again(String... clients) {
    return (int)
            Stream.of(clients)
                .filter(List.of("jdk-send", "jdk-async", "webclient")::contains)
                .count()
        * 2
        * (1 + 3);
  }

  private static void keys(FaultRun run) {
    assertKeys(run.first().values(), FaultRun.FIRST_KEY, FaultRun.SECOND_KEY);
    assertKeys(run.second().values(), FaultRun.SECOND_KEY, FaultRun.FIRST_KEY);
  }

  private static void assertKeys(
      Collection<List<WireRequest>> requests, String own, String foreign) {
    assertThat(requests).isNotEmpty();
    requests.stream()
        .flatMap(List::stream)
        .forEach(
            request -> {
              String all = request.line() + request.headers() + request.text();
              assertThat(all).contains(own).doesNotContain(foreign, App.KEY, "sk-app");
              assertThat(request.headers().keySet()).noneMatch(n -> n.startsWith("x-headgate"));
            });
  }
}
