// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures start-up, calls and hits of the cache, and prints tables and goals. Started by {@code
 * benchmarks/run}.
 */
public final class Benchmarks {

  private static final Set<String> OPTIONS =
      Set.of("--rounds", "--start-rounds", "--window", "--warm-ups", "--datadog");

  private final List<String> arguments;

  private Benchmarks(List<String> arguments) {
    this.arguments = arguments;
    for (int i = 2; i < arguments.size(); i += 2) {
      if (!OPTIONS.contains(arguments.get(i)) || i + 1 == arguments.size()) {
        throw new IllegalArgumentException(
            "not an option with a value: " + arguments.get(i) + "; known: " + OPTIONS);
      }
    }
  }

  /**
   * The arguments: this module's directory, {@code startup}, {@code calls}, {@code cache} or {@code
   * all}, options.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    new Benchmarks(List.of(args)).run();
  }

  private void run() throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String datadog = text("--datadog");
    Setup setup =
        Setup.below(
            Path.of(arguments.get(0)).toAbsolutePath().normalize(),
            datadog == null ? null : Path.of(datadog).toAbsolutePath());
    String what = arguments.get(1);
    long start = System.nanoTime();
    Goals goals = new Goals();
    machine(out, "before");
    try (Peer peer = Peer.start(setup)) {
      if (what.equals("startup") || what.equals("all")) {
        new Startup(setup, peer, out).run(number("--start-rounds", 3), goals);
      }
      int rounds = number("--rounds", 7);
      int window = number("--window", 400);
      int warmUps = number("--warm-ups", 3);
      if (what.equals("calls") || what.equals("all")) {
        new Calls(setup, peer, out).run(rounds, window, warmUps, goals);
      }
      if (what.equals("cache") || what.equals("all")) {
        new CacheCalls(setup, peer, out).run(rounds, window, warmUps, goals);
      }
    }
    goals.print(out);
    out.println();
    machine(out, "after " + (System.nanoTime() - start) / 1_000_000_000 + " s");
  }

  private static void machine(PrintStream out, String when) throws IOException {
    out.println(
        when
            + ": "
            + Runtime.getRuntime().availableProcessors()
            + " processors, load "
            + Files.readString(Path.of("/proc/loadavg")).strip()
            + ", Java "
            + Runtime.version());
  }

  private @Nullable String text(String option) {
    int at = arguments.indexOf(option);
    return at < 0 ? null : arguments.get(at + 1);
  }

  private int number(String option, int otherwise) {
    String value = text(option);
    return value == null ? otherwise : Integer.parseInt(value);
  }
}
