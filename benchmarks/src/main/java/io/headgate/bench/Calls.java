// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one application per agent side by side and lets them take turns, a window of one after a
 * window of the other, so that what else the machine does falls on all alike.
 */
final class Calls {

  private static final long WARM_UP_MILLIS = 1000;

  private static final List<Case> CASES =
      List.of(
          Case.JDK,
          Case.JDK_16,
          Case.OKHTTP,
          Case.OKHTTP_16,
          Case.OPENAI,
          Case.JDK_OTHER,
          Case.OKHTTP_OTHER,
          Case.URL_OTHER,
          Case.JDK_STREAM,
          Case.OKHTTP_STREAM,
          Case.OPENAI_STREAM,
          Case.JDK_PACED,
          Case.OKHTTP_PACED);

  private final Setup setup;
  private final Peer peer;
  private final PrintStream out;
  private final Map<AgentKind, ForkedApp> apps = new EnumMap<>(AgentKind.class);

  Calls(Setup setup, Peer peer, PrintStream out) {
    this.setup = setup;
    this.peer = peer;
    this.out = out;
  }

  /**
   * Runs all cases.
   *
   * @param millis how long a window is
   * @param warmUps windows of a second that are not counted, for each application and case
   */
  void run(int rounds, long millis, int warmUps, Goals goals) throws IOException {
    Map<Case, CaseResult> results = new LinkedHashMap<>();
    boolean identical;
    try {
      for (AgentKind kind : setup.kinds()) {
        apps.put(kind, start(kind));
      }
      for (Case what : CASES) {
        results.put(what, run(what, rounds, millis, warmUps));
      }
      identical = identicalBytes();
    } finally {
      apps.values().forEach(ForkedApp::close);
    }
    new CallTables(setup.kinds()).print(results, rounds, millis, out);
    new CallGoals(goals, results).judge(identical);
  }

  private ForkedApp start(AgentKind kind) throws IOException {
    List<String> options = new ArrayList<>(List.of("-Xms512m", "-Xmx512m"));
    options.addAll(kind.options(setup, true));
    ForkedApp app =
        ForkedApp.withAgent(
            setup,
            peer,
            options,
            "io.headgate.bench.app.Loop",
            List.of(peer.llm(), peer.other(), peer.paced()));
    app.line("READY");
    return app;
  }

  private CaseResult run(Case what, int rounds, long millis, int warmUps) throws IOException {
    for (int i = 0; i < warmUps; i++) {
      for (AgentKind kind : apps.keySet()) {
        window(kind, what, WARM_UP_MILLIS);
      }
    }
    CaseResult result = new CaseResult();
    List<AgentKind> order = new ArrayList<>(apps.keySet());
    for (int round = 0; round < rounds; round++) {
      for (AgentKind kind : order) {
        result.add(kind, window(kind, what, millis));
      }
      // Nobody always comes after the same neighbour's garbage and heat.
      Collections.rotate(order, 1);
    }
    return result;
  }

  private Window window(AgentKind kind, Case what, long millis) throws IOException {
    ForkedApp app = app(kind);
    app.send(what.name() + " " + what.threads() + " " + millis);
    return Window.parse(app.line("WINDOW"), what.pieces());
  }

  private ForkedApp app(AgentKind kind) {
    ForkedApp app = apps.get(kind);
    if (app == null) {
      throw new IllegalStateException(kind.text() + " does not run");
    }
    return app;
  }

  /** Whether streams brought the same bytes with every agent. */
  private boolean identicalBytes() throws IOException {
    String expected = null;
    boolean identical = true;
    for (AgentKind kind : apps.keySet()) {
      app(kind).send("bytes");
      String digest = app(kind).line("BYTES");
      identical &= expected == null || expected.equals(digest);
      expected = digest;
    }
    return identical;
  }
}
