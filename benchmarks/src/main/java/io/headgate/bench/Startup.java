// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import static io.headgate.bench.AgentKind.DATADOG;
import static io.headgate.bench.AgentKind.HEADGATE;
import static io.headgate.bench.AgentKind.NONE;
import static io.headgate.bench.AgentKind.OTEL;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Starts each application with each agent in turn, and compares within each round. */
final class Startup {

  private final Setup setup;
  private final Peer peer;
  private final PrintStream out;

  /** An application. */
  private enum App {
    TRIVIAL("trivial", "Trivial", false),
    JDK_CALL("jdk-call", "JdkCall", true),
    OPENAI_CALL("openai-call", "OpenAiCall", true);

    private final String text;
    private final String main;
    private final boolean calls;

    App(String text, String main, boolean calls) {
      this.text = text;
      this.main = "io.headgate.bench.app." + main;
      this.calls = calls;
    }
  }

  Startup(Setup setup, Peer peer, PrintStream out) {
    this.setup = setup;
    this.peer = peer;
    this.out = out;
  }

  void run(int rounds, Goals goals) throws IOException, InterruptedException {
    Table table =
        new Table(
            "app",
            "agent",
            "ready ms",
            "added ms",
            "CPU ms",
            "added CPU ms",
            "peak MB",
            "added MB",
            "classes",
            "added",
            "metaspace MB",
            "added MB");
    for (App app : App.values()) {
      Map<AgentKind, List<StartupRun>> runs = new EnumMap<>(AgentKind.class);
      Map<AgentKind, ClassCount> classes = new EnumMap<>(AgentKind.class);
      for (int round = 0; round < rounds; round++) {
        for (AgentKind kind : kinds()) {
          runs.computeIfAbsent(kind, k -> new ArrayList<>()).add(once(app, kind));
        }
      }
      for (AgentKind kind : kinds()) {
        classes.put(kind, count(app, kind));
      }
      for (AgentKind kind : kinds()) {
        row(table, app, kind, runs, classes);
      }
      judge(goals, app, runs, classes);
    }
    table.print(
        out, "Start-up, " + rounds + " interleaved rounds; medians, differences within a round");
  }

  private List<AgentKind> kinds() {
    return setup.kinds().stream().filter(kind -> kind != AgentKind.NONE_AGAIN).toList();
  }

  private StartupRun once(App app, AgentKind kind) throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (ForkedApp forked = fork(app, kind, List.of())) {
      double peakMegabytes = Long.parseLong(forked.line("READY")) / 1024.0;
      double readyMillis = (System.nanoTime() - start) / 1e6;
      return new StartupRun(readyMillis, forked.cpuMillis(), peakMegabytes);
    }
  }

  private ForkedApp fork(App app, AgentKind kind, List<String> more) throws IOException {
    List<String> options = new ArrayList<>(kind.options(setup, app.calls));
    options.addAll(more);
    return ForkedApp.withAgent(
        setup, peer, options, app.main, app.calls ? List.of(peer.llm()) : List.of());
  }

  /** In a run of its own, since logging takes time. */
  private ClassCount count(App app, AgentKind kind) throws IOException, InterruptedException {
    ClassCount.Log log = new ClassCount.Log(setup.scratch(), app.text + "-" + kind.text());
    try (ForkedApp forked = fork(app, kind, log.options())) {
      forked.line("READY");
      forked.cpuMillis();
    }
    return log.read();
  }

  private static void row(
      Table table,
      App app,
      AgentKind kind,
      Map<AgentKind, List<StartupRun>> runs,
      Map<AgentKind, ClassCount> classes) {
    ClassCount count = Objects.requireNonNull(classes.get(kind));
    ClassCount none = Objects.requireNonNull(classes.get(NONE));
    table.row(
        app.text,
        kind.text(),
        Table.number(median(runs, kind, StartupRun::readyMillis), 0),
        added(runs, kind, StartupRun::readyMillis).difference(0),
        Table.number(median(runs, kind, StartupRun::cpuMillis), 0),
        added(runs, kind, StartupRun::cpuMillis).difference(0),
        Table.number(median(runs, kind, StartupRun::peakMegabytes), 0),
        added(runs, kind, StartupRun::peakMegabytes).difference(0),
        String.valueOf(count.classes()),
        "+" + (count.classes() - none.classes()),
        Table.number(count.metaspaceMegabytes(), 1),
        Table.number(count.metaspaceMegabytes() - none.metaspaceMegabytes(), 1));
  }

  private static double median(
      Map<AgentKind, List<StartupRun>> runs, AgentKind kind, ToDoubleFunction<StartupRun> value) {
    return new Stats(of(runs, kind).stream().map(value::applyAsDouble).toList()).median();
  }

  /** Differences with the run without an agent in the same round. */
  private static Stats added(
      Map<AgentKind, List<StartupRun>> runs, AgentKind kind, ToDoubleFunction<StartupRun> value) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < of(runs, kind).size(); i++) {
      differences.add(
          value.applyAsDouble(of(runs, kind).get(i)) - value.applyAsDouble(of(runs, NONE).get(i)));
    }
    return new Stats(differences);
  }

  private static List<StartupRun> of(Map<AgentKind, List<StartupRun>> runs, AgentKind kind) {
    return runs.getOrDefault(kind, List.of());
  }

  private static void judge(
      Goals goals,
      App app,
      Map<AgentKind, List<StartupRun>> runs,
      Map<AgentKind, ClassCount> classes) {
    double cpu = ratio(runs, OTEL, StartupRun::cpuMillis);
    double peak = ratio(runs, OTEL, StartupRun::peakMegabytes);
    double loaded = ClassCount.ratio(classes, ClassCount::classes);
    if (app == App.TRIVIAL) {
      goals.atMost("1", "idle start-up, added CPU / OTel's", cpu, 0.03, app.text);
      goals.atMost(
          "2",
          "idle start-up, added CPU / Datadog's",
          ratio(runs, DATADOG, StartupRun::cpuMillis),
          0.08,
          app.text);
      goals.atMost("4", "idle, added classes / OTel's", loaded, 0.03, app.text);
      goals.atMost("4", "idle, added peak RSS / OTel's", peak, 0.08, app.text);
      return;
    }
    goals.atMost("3", "first LLM call, added CPU / OTel's", cpu, 0.10, app.text);
    if (app == App.OPENAI_CALL) {
      double metaspace = ClassCount.ratio(classes, ClassCount::metaspaceMegabytes);
      goals.atMost("5", "after a call, added classes / OTel's", loaded, 0.25, app.text);
      goals.atMost("5", "after a call, added metaspace / OTel's", metaspace, 0.25, app.text);
      goals.atMost("5", "after a call, added peak RSS / OTel's", peak, 0.25, app.text);
    }
  }

  /** What Headgate adds over what another agent adds; NaN if that one did not take part. */
  private static double ratio(
      Map<AgentKind, List<StartupRun>> runs, AgentKind other, ToDoubleFunction<StartupRun> value) {
    return added(runs, HEADGATE, value).median() / added(runs, other, value).median();
  }
}
