// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import io.headgate.it.Ports;
import io.headgate.it.contract.ClientVersions.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an app and its server see must not depend on the agent, whatever the client. Which clients
 * and which of their versions stands in {@code client-versions.yaml}; {@code
 * -Dheadgate.it.libraries=okhttp,apache5} runs some of its libraries only, {@code
 * -Dheadgate.it.versions=newest} the newest version of each row.
 */
class ClientContractIT {

  @TempDir static Path dir;

  private static final ClientVersions VERSIONS = ClientVersions.read();

  private final Map<Version, ContractRuns> ran = new HashMap<>();

  /** Starting a JVM and waiting for time-outs is most of the work: two at a time. */
  private static final ExecutorService FORKS = Executors.newFixedThreadPool(2);

  @AfterAll
  static void stop() {
    FORKS.shutdownNow();
  }

  @TestFactory
  Stream<DynamicNode> clients() {
    String only = System.getProperty("headgate.it.libraries", "");
    List<DynamicContainer> tests =
        versions().stream()
            .filter(version -> !version.clients().isEmpty())
            .filter(v -> only.isEmpty() || List.of(only.split(",")).contains(v.library()))
            .map(this::container)
            .toList();
    assertThat(tests).as("libraries to run").isNotEmpty();
    DynamicTest table = DynamicTest.dynamicTest("README", this::tableIsWhatRan);
    return Stream.concat(tests.stream(), Stream.of(table));
  }

  private static List<Version> versions() {
    return switch (System.getProperty("headgate.it.versions", "all")) {
      case "all" -> VERSIONS.all();
      case "newest" -> VERSIONS.newest();
      default -> throw new IllegalArgumentException("headgate.it.versions: all or newest");
    };
  }

  /** The forks start at once; the tests wait for them. */
  private DynamicContainer container(Version version) {
    Future<Map<String, String>> plain = FORKS.submit(() -> plain(version));
    Future<Map<String, String>> observed = FORKS.submit(() -> observed(version));
    Future<Map<String, String>> redirected = FORKS.submit(() -> redirected(version));
    Future<Map<String, String>> answered = FORKS.submit(() -> answered(version));
    Callable<ContractRuns> runs =
        () -> new ContractRuns(plain.get(), observed.get(), redirected.get(), answered.get());
    return DynamicContainer.dynamicContainer(
        version.name(),
        lazily(
            () -> {
              ContractRuns all = runs.call();
              ran.put(version, all);
              return Stream.of(
                  DynamicContainer.dynamicContainer("complete", complete(version, all)),
                  same("observed", all, all.observed()),
                  same("redirected", all, all.redirected()),
                  same("answered", all, all.answered()));
            }));
  }

  private static <T> Stream<T> lazily(Callable<Stream<T>> tests) {
    return Stream.of(tests)
        .flatMap(
            all -> {
              try {
                return all.call();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private static Map<String, String> plain(Version version) {
    return run(fork(version), version, "-", "all");
  }

  private static Map<String, String> observed(Version version) throws IOException {
    return run(fork(version).agent().property("headgate.config", observing()), version, "-", "all");
  }

  /** From OpenAI's host to the same server. */
  private static Map<String, String> redirected(Version version) throws IOException {
    int port = Ports.free();
    return run(
        fork(version)
            .agent()
            .property("headgate.config", redirecting(port))
            .property("probe.port", port)
            .property("probe.acting", true),
        version,
        "https://api.openai.com",
        "all");
  }

  private static ForkedJvm fork(Version version) {
    return ForkedJvm.java().classPath(VERSIONS.classPath(version)).nativeLibraries();
  }

  /** From OpenAI's host to the same server, but for what the agent answers itself. */
  private static Map<String, String> answered(Version version) throws IOException {
    int port = Ports.free();
    return run(
        fork(version)
            .agent()
            .property("headgate.config", answering(port))
            .property("probe.port", port)
            .property("probe.acting", true),
        version,
        "https://api.openai.com",
        "answered");
  }

  /** Every client has made calls that succeed, or nothing was compared. */
  private static Stream<DynamicTest> complete(Version version, ContractRuns runs) {
    return version.rows().entrySet().stream()
        .flatMap(
            row ->
                ContractRuns.CELLS.stream()
                    .filter(cell -> row.getValue().missing(cell) == null)
                    .map(
                        cell ->
                            DynamicTest.dynamicTest(
                                row.getKey() + " " + cell,
                                () ->
                                    assertThat(runs.holds(row.getValue(), cell))
                                        .as(cell)
                                        .isTrue())));
  }

  private static DynamicContainer same(String how, ContractRuns runs, Map<String, String> with) {
    boolean byAgent = with == runs.answered();
    Set<String> names = new TreeSet<>(runs.plain().keySet());
    names.removeIf(name -> byAgent && !name.contains(": answered"));
    return DynamicContainer.dynamicContainer(
        how,
        Stream.concat(
            Stream.of(
                DynamicTest.dynamicTest("cases", () -> assertThat(with.keySet()).isEqualTo(names))),
            names.stream()
                .map(
                    name ->
                        DynamicTest.dynamicTest(
                            name,
                            () ->
                                assertThat(with.get(name))
                                    .as(name)
                                    .isEqualTo(runs.expected(name, byAgent))))));
  }

  /** Or is made so, with {@code -Dheadgate.it.readme=write}. */
  private void tableIsWhatRan() throws IOException {
    String expected = ClientTable.readme(VERSIONS, ran);
    if (System.getProperty("headgate.it.readme", "").equals("write")) {
      Files.writeString(ClientTable.README, expected);
    }
    assertThat(ClientTable.table(ClientTable.readme()))
        .as("made by " + ClientTable.COMMAND)
        .isEqualTo(ClientTable.table(expected));
  }

  private static Path observing() throws IOException {
    return Files.writeString(
        dir.resolve("observe.yaml"),
        "mode: observe\nproviders:\n  own: {dialect: openai, hosts: [127.0.0.1]}\n");
  }

  private static Path redirecting(int port) throws IOException {
    return Files.writeString(
        dir.resolve("redirect-" + port + ".yaml"),
        "providers:\n  openai: {base-url: \"http://127.0.0.1:" + port + "/v1\"}\n");
  }

  private static Path answering(int port) throws IOException {
    return Files.writeString(
        dir.resolve("answer-" + port + ".yaml"),
        """
        providers:
          openai: {base-url: "http://127.0.0.1:%d/v1"}
        routes:
          - match: {when: 'request.model.startsWith("%s")'}
            deny: "no tea"
        cache:
          - match: {when: 'request.model.startsWith("%s")'}
            ttl: 1h
        state: {type: memory}
        """
            .formatted(port, AnsweredCases.DENIED, AnsweredCases.STORED));
  }

  private static Map<String, String> run(ForkedJvm jvm, Version version, String url, String cases) {
    String clients = String.join(",", version.clients());
    ForkedJvm.Result result = jvm.main(ContractProbe.class, clients, url, cases).run().orThrow();
    assertThat(result.err()).as("stderr").isEmpty();
    return cases(result.out());
  }

  static Map<String, String> cases(String out) {
    Map<String, String> cases = new LinkedHashMap<>();
    out.lines()
        .filter(line -> line.startsWith("CASE "))
        .forEach(
            line -> {
              int tab = line.indexOf('\t');
              cases.merge(line.substring(5, tab), line.substring(tab + 1), (a, b) -> a + "\n" + b);
            });
    return cases;
  }
}
