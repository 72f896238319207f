// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls that are answered by a cache, beside the same calls that are not: one application for each
 * place an answer may come from, side by side and taking turns as {@link Calls} do.
 */
final class CacheCalls {

  static final Case JDK = new Case("jdk-asked", 1, 1);
  static final Case OKHTTP = new Case("ok-asked", 1, 1);
  static final Case OPENAI = new Case("openai-asked", 1, 1);
  static final Case JDK_STREAM = new Case("jdk-asked-stream", 1, 1);
  static final Case OKHTTP_STREAM = new Case("ok-asked-stream", 1, 1);
  static final Case JEDIS = new Case("jedis-get", 1, 1);

  private static final List<Case> CASES = List.of(JDK, OKHTTP, OPENAI, JDK_STREAM, OKHTTP_STREAM);

  private static final long WARM_UP_MILLIS = 1000;

  private final Setup setup;
  private final Peer peer;
  private final PrintStream out;
  private final Map<String, ForkedApp> apps = new LinkedHashMap<>();
  private final List<CacheVariant> variants = new ArrayList<>();

  CacheCalls(Setup setup, Peer peer, PrintStream out) {
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
  void run(int rounds, long millis, int warmUps, Goals goals)
      throws IOException, InterruptedException {
    Map<Case, CacheResult> results = new LinkedHashMap<>();
    try (Neighbour redis = Neighbour.redis(setup.scratch());
        Neighbour nginx = Neighbour.nginx(setup.scratch(), peer.llm())) {
      int redisPort = redis == null ? 0 : redis.port();
      variants.add(CacheVariant.live(setup, peer));
      variants.add(CacheVariant.bare(CacheVariant.BARE, peer.llm(), redisPort));
      variants.add(CacheVariant.memory(setup, peer));
      variants.add(CacheVariant.disk(setup, peer));
      if (redis != null) {
        variants.add(CacheVariant.redis(setup, peer, redisPort));
      }
      if (nginx != null) {
        String host = "http://127.0.0.1:" + nginx.port();
        variants.add(CacheVariant.bare(CacheVariant.NGINX, host, redisPort));
      }
      variants.add(CacheVariant.kept(setup, peer));
      for (CacheVariant variant : variants) {
        apps.put(variant.name(), start(variant));
      }
      for (Case what : CASES) {
        results.put(what, run(what, variants, rounds, millis, warmUps));
      }
      if (redis != null) {
        List<CacheVariant> bare =
            variants.stream().filter(one -> one.name().equals(CacheVariant.BARE)).toList();
        results.put(JEDIS, run(JEDIS, bare, rounds, millis, warmUps));
      }
    } finally {
      apps.values().forEach(ForkedApp::close);
    }
    CacheTables tables = new CacheTables(results, out);
    tables.print(rounds, millis);
    tables.judge(goals);
  }

  private ForkedApp start(CacheVariant variant) throws IOException {
    List<String> options = new ArrayList<>(List.of("-Xms320m", "-Xmx320m"));
    options.addAll(variant.options());
    ForkedApp app =
        ForkedApp.withAgent(
            setup,
            peer,
            options,
            "io.headgate.bench.app.Loop",
            List.of(variant.host(), peer.other(), peer.paced()));
    app.line("READY");
    return app;
  }

  private CacheResult run(
      Case what, List<CacheVariant> ofThese, int rounds, long millis, int warmUps)
      throws IOException, InterruptedException {
    // All of them, so that none is warmer than the others when it is measured.
    for (CacheVariant variant : ofThese) {
      app(variant).send("fill " + what.name());
      app(variant).line("FILLED");
    }
    for (int i = 0; i < warmUps; i++) {
      for (CacheVariant variant : ofThese) {
        window(variant, what, WARM_UP_MILLIS);
      }
    }
    CacheResult result = new CacheResult();
    List<CacheVariant> order = new ArrayList<>(ofThese);
    for (int round = 0; round < rounds; round++) {
      for (CacheVariant variant : order) {
        long before = peer.served();
        Window window = window(variant, what, millis);
        long asked = peer.served() - before;
        if (variant.answersItself() && asked > window.calls() * millis / 2000) {
          throw new IOException(
              variant.name() + " does not answer " + what.name() + ": the host did, " + asked);
        }
        result.add(variant.name(), window, asked);
      }
      Collections.rotate(order, 1);
    }
    return result;
  }

  private Window window(CacheVariant variant, Case what, long millis) throws IOException {
    ForkedApp app = app(variant);
    app.send(what.name() + " " + what.threads() + " " + millis);
    return Window.parse(app.line("WINDOW"), what.pieces());
  }

  private ForkedApp app(CacheVariant variant) {
    ForkedApp app = apps.get(variant.name());
    if (app == null) {
      throw new IllegalStateException(variant.name() + " does not run");
    }
    return app;
  }
}
