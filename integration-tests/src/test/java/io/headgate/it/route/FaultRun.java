// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.it.RunningJvm;
import io.headgate.it.WireRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One run of an app: what it saw, and what came to the providers.
 *
 * @param saw by case and by fact, see {@link Saw}
 * @param first the requests that the first target got, by case
 * @param second those of the second
 * @param resets how many connections were reset when they were made
 * @param leaked how many connections to the providers were left open when all was over
 */
record FaultRun(
    Map<String, Map<String, String>> saw,
    Map<String, List<WireRequest>> first,
    Map<String, List<WireRequest>> second,
    int resets,
    int leaked) {

  static final String FIRST_KEY = "key-of-the-first";
  static final String SECOND_KEY = "key-of-the-second";
  static final List<String> FIRST_TEXT = List.of("Alpha ", "one ", "two");
  static final List<String> SECOND_TEXT = List.of("Bravo ", "one ", "two");

  /** How an app is led to the faulty provider. */
  record Set(Words words, String target, String base, List<String> sdks) {
    static final Set OPENAI =
        new Set(Words.OPENAI, "openai/gpt-4o", "https://api.openai.com", List.of());
    static final Set ANTHROPIC =
        new Set(
            Words.ANTHROPIC,
            "anthropic/claude-sonnet-4-5",
            "https://api.anthropic.com",
            List.of("com/anthropic/", "io/opentelemetry/"));

    Set with(String... more) {
      return new Set(words, target, base, List.of(more));
    }

    String provider() {
      return target.substring(0, target.indexOf('/'));
    }

    String model() {
      return target.substring(target.indexOf('/') + 1);
    }
  }

  /** Runs the cases, with the agent and its routes or straight to the faulty provider. */
  static FaultRun of(Set set, boolean agent, Collection<FaultCase> cases) throws IOException {
    Faults good = new Faults(set.words(), FIRST_TEXT);
    Faults other = new Faults(set.words(), SECOND_TEXT);
    Path config = Files.createTempFile("headgate-it", ".yaml");
    Path list = Files.createTempFile("headgate-it", ".cases");
    try (FaultServer first = new FaultServer(good);
        FaultServer second = new FaultServer(other::standIn);
        ResetServer reset = new ResetServer();
        Socket dead = new Socket()) {
      // Bound but not listening: nobody else gets the port, and nobody is let in.
      dead.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
      Files.writeString(
          config,
          yaml(set, first.port(), second.port(), dead.getLocalPort(), reset.port())
              + FaultTable.routes(set.target()));
      Files.write(list, cases.stream().map(FaultCase::toString).toList());
      String clients =
          cases.stream().map(FaultCase::client).distinct().collect(Collectors.joining(","));
      ForkedJvm jvm = ForkedJvm.java().classPath(ClassPaths.withSdks(sdks(set)));
      if (agent) {
        jvm.agent()
            .property("headgate.config", config)
            .env("IT_FIRST", FIRST_KEY)
            .env("IT_SECOND", SECOND_KEY);
      }
      String base = agent ? set.base() : "http://127.0.0.1:" + first.port();
      jvm.main(FaultProbe.class, clients, list.toString(), base, Integer.toString(first.port()));
      try (RunningJvm running = jvm.launch()) {
        running.awaitLine("END");
        int leaked = leaked(first);
        running.go();
        ForkedJvm.Result result = running.end().orThrow();
        assertThat(result.err()).as("stderr").doesNotContain("headgate", "Exception");
        return new FaultRun(
            saw(result.out()), first.requests(), second.requests(), reset.accepted(), leaked);
      }
    } finally {
      Files.delete(config);
      Files.delete(list);
    }
  }

  private static String[] sdks(Set set) {
    return set.sdks().toArray(String[]::new);
  }

  /** Closing is not waited for by whoever closes: it may take a moment. */
  private static int leaked(FaultServer server) {
    try {
      await().until(() -> server.open() == 0);
      return 0;
    } catch (ConditionTimeoutException e) {
      return server.open();
    }
  }

  private static String yaml(Set set, int first, int second, int dead, int reset) {
    boolean openai = set.words() == Words.OPENAI;
    String own =
        "  %s: {dialect: "
            + set.provider()
            + ", base-url: \"http://127.0.0.1:%d"
            + (openai ? "/v1" : "")
            + "\", api-key: \"${%s}\", price: free}\n";
    return "providers:\n"
        + own.formatted(set.provider(), first, "IT_FIRST")
            .replace("dialect: " + set.provider() + ", ", "")
            .replace(", price: free", "")
        + own.formatted("dead", dead, "IT_FIRST")
        + own.formatted("reset", reset, "IT_FIRST")
        + own.formatted("backup", second, "IT_SECOND");
  }

  private static Map<String, Map<String, String>> saw(String out) {
    Map<String, Map<String, String>> saw = new HashMap<>();
    out.lines()
        .filter(line -> line.startsWith("CASE "))
        .forEach(line -> saw.put(line.substring(5, line.indexOf('\t')), Saw.parse(line)));
    return saw;
  }

  Map<String, String> saw(FaultCase asked) {
    return saw.getOrDefault(asked.toString(), Map.of());
  }

  List<WireRequest> first(FaultCase asked) {
    return first.getOrDefault(asked.toString(), List.of());
  }

  List<WireRequest> second(FaultCase asked) {
    return second.getOrDefault(asked.toString(), List.of());
  }
}
