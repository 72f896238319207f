// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import java.io.PrintStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks, with JMH's own options, and sets each beside its yardstick. */
public final class Ratios {

  private static final String BYTES = "gc.alloc.rate.norm";

  private final Map<String, double[]> scores = new HashMap<>();
  private final PrintStream out;

  private Ratios(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) throws CommandLineOptionException, RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .parent(new CommandLineOptions(args))
                    .addProfiler(GCProfiler.class)
                    .addProfiler(CpuProfiler.class)
                    .build())
            .run();
    Ratios ratios = new Ratios(System.out);
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      ratios.scores.put(
          name.substring(name.lastIndexOf('.') + 1) + parameters(result),
          new double[] {
            result.getSecondaryResults().get(CpuProfiler.LABEL).getScore(),
            result.getSecondaryResults().get(BYTES).getScore(),
            result.getPrimaryResult().getScore()
          });
    }
    ratios.print();
  }

  /** {@code (routes 10, match glob)}; empty if there are none. */
  private static String parameters(RunResult result) {
    Collection<String> keys = result.getParams().getParamsKeys();
    return keys.isEmpty()
        ? ""
        : keys.stream()
            .map(key -> key + " " + result.getParams().getParam(key))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private void print() {
    title("Pipeline");
    row("handles", "");
    row("jdkSend", "");
    row("okhttpExecute", "");
    row("urlOpenConnection", "");
    row("meteredCall", "jacksonParse");
    row("meteredCall", "bareSpan");
    row("streamedChunk", "jacksonParseChunk");
    row("jacksonParse", "");
    row("jacksonParseChunk", "");
    row("bareSpan", "");
    title("Cache");
    row("hit", "sent");
    row("hitStream", "sentStream");
    row("keptStream", "sentStream");
    row("lookUp", "hit");
    row("lookUpStream", "hitStream");
    row("key1KB", "lookUp");
    row("credential", "lookUp");
    row("partition", "lookUp");
    row("decode", "lookUp");
    row("decodeStream", "lookUpStream");
    row("recordChunk", "passChunk");
    row("key100KB", "key1KB");
    row("sent", "");
    row("sentStream", "");
    row("passChunk", "");
    title("Plan of one call");
    scores.keySet().stream()
        .filter(name -> name.startsWith("plan "))
        .sorted()
        .forEach(name -> row(name, "plan (match model, routes 0)"));
    title("Translation");
    translation("request");
    translation("wholeAnswer");
    translation("streamEvent");
  }

  /** Each pair of formats beside its own yardstick. */
  private void translation(String what) {
    scores.keySet().stream()
        .filter(name -> name.startsWith(what + " ("))
        .sorted()
        .forEach(name -> row(name, name.replace(what, what + "Yardstick")));
  }

  private void title(String of) {
    out.println();
    out.println("### " + of);
    out.println();
    out.println("| what | CPU ns | ns | bytes | yardstick | CPU / its | bytes / its |");
    out.println("| --- | --- | --- | --- | --- | --- | --- |");
  }

  private void row(String name, String yardstick) {
    double[] score = scores.get(name);
    if (score == null) {
      return;
    }
    double[] other = scores.get(yardstick);
    out.println(
        String.format(
                Locale.ROOT, "| %s | %.1f | %.1f | %.1f | ", name, score[0], score[2], score[1])
            + (other == null
                ? "| | |"
                : String.format(
                    Locale.ROOT,
                    "%s | %.2f | %.2f |",
                    yardstick,
                    score[0] / other[0],
                    score[1] / other[1])));
  }
}
