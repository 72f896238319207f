// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.it.ForkedJvm;
import io.headgate.it.RunningJvm;
import io.headgate.standin.OtlpSink;
import io.headgate.standin.SpanRecord;
import io.headgate.standin.StandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's jar as a tool for what is kept. */
class CacheCliIT {

  private static final String ROUTES =
      """
      routes:
        - name: small
          match: {model: gpt-4o, when: 'request.headers["x-plan"] == "free"'}
          use: openai/gpt-4o-mini
      cache:
        - ttl: 1h
      """;

  @TempDir Path dir;

  @Test
  void entriesOnDiskAreCountedAndPurged() throws Exception {
    countsAndPurges("disk", "state: {type: disk, path: \"" + dir.resolve("state") + "\"}\n");
  }

  @Test
  void entriesInRedisAreCountedAndPurged() throws Exception {
    assumeTrue(RedisProcess.installed(), "no redis-server on the PATH");
    try (RedisProcess redis = new RedisProcess(dir)) {
      countsAndPurges(
          "redis",
          "state: {type: redis, url: \"redis://127.0.0.1:" + redis.port() + "\", timeout: 2s}\n");
    }
  }

  private void countsAndPurges(String store, String state) throws Exception {
    try (StandIn hosts = StandIn.start();
        OtlpSink sink = OtlpSink.start()) {
      Path config = CacheRun.config(dir, hosts.url(""), ROUTES + state);
      String[] calls = {
        "ask|a|Q1", "ask|b|Q2", "ask|c|Q3", "ask|d|Q1|x-plan: free", "ask|e|Q2|x-plan: free"
      };
      CacheRun.said(
          ForkedJvm.java()
              .agent("config=" + config)
              .exportingTo(sink.endpoint())
              .main(CacheApp.class, calls)
              .run());
      assertThat(hosts.requests()).hasSize(calls.length);
      List<SpanRecord> misses =
          sink.awaitSpans(
              span -> "miss".equals(span.text("headgate.cache.status")),
              calls.length,
              Duration.ofSeconds(10));
      String key = misses.get(0).text("headgate.cache.key");

      assertThat(told(config, "stats")).startsWith(store + ": 5 entries, ");
      assertThat(told(config, "purge", "--key", key.substring(0, 16)))
          .isEqualTo(store + ": 1 entry purged");
      assertThat(told(config, "purge", "--model", "gpt-5")).isEqualTo(store + ": 0 entries purged");
      assertThat(told(config, "purge", "--older-than", "1h"))
          .isEqualTo(store + ": 0 entries purged");
      assertThat(told(config, "stats")).startsWith(store + ": 4 entries, ");
      String route = told(config, "purge", "--route", "small");
      String model = told(config, "purge", "--model", "gpt-4o");
      assertThat(route).isIn(store + ": 2 entries purged", store + ": 1 entry purged");
      assertThat(model).isIn(store + ": 2 entries purged", store + ": 3 entries purged");
      assertThat(route.contains(" 2 ")).isEqualTo(model.contains(" 2 "));
      assertThat(told(config, "stats")).startsWith(store + ": 0 entries, ");
    }
  }

  @Test
  void aRunningJvmLetsGoOfWhatIsPurged() throws Exception {
    try (StandIn hosts = StandIn.start()) {
      Path config = CacheRun.config(dir, hosts.url(""), CacheRun.onDisk(dir));
      try (RunningJvm jvm =
          ForkedJvm.java()
              .agent("config=" + config)
              .main(
                  CacheApp.class,
                  "ask|a|Q1",
                  "ask|b|Q2",
                  "ask|hit|Q1",
                  "pause|asked",
                  "until|504|gone|Q1|x-headgate-cache: only",
                  "ask|new|Q1")
              .launch()) {
        jvm.awaitLine("PAUSED asked");
        awaitEntries(config, 2);
        assertThat(told(config, "purge", "--all")).isEqualTo("disk: 2 entries purged");
        jvm.go();
        var said = CacheRun.said(jvm.end());

        assertThat(said.get("hit")).startsWith("200|HIT|");
        assertThat(said.get("gone")).startsWith("504|MISS|");
        assertThat(said.get("new")).startsWith("200|MISS|");
      }
      assertThat(told(config, "stats")).startsWith("disk: 1 entries, ");
    }
  }

  /** What was just answered is on its way to the disk. */
  private static void awaitEntries(Path config, int entries) {
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> told(config, "stats").startsWith("disk: " + entries + " "));
  }

  @Test
  void wrongUseIsToldApartFromAStoreThatCannotBeRead() throws Exception {
    Path config = CacheRun.config(dir, "http://127.0.0.1:1", CacheRun.onDisk(dir));
    for (String[] arguments :
        new String[][] {
          {},
          {"frobnicate"},
          {"purge"},
          {"purge", "--all", "--model", "gpt-4o"},
          {"purge", "--key", "no-hex"},
          {"purge", "--older-than", "yesterday"},
          {"stats", "--all"}
        }) {
      ForkedJvm.Result result = run(config, arguments);
      assertThat(result.exit()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(result.err()).as(String.join(" ", arguments)).isNotEmpty();
      assertThat(result.out()).isEmpty();
    }
    Path memory =
        CacheRun.config(
            Files.createDirectory(dir.resolve("memory")),
            "http://127.0.0.1:1",
            "cache: [{ttl: 1h}]\nstate: {type: memory}\n");
    assertThat(run(memory, "stats").exit()).isEqualTo(1);
    Path away =
        CacheRun.config(
            Files.createDirectory(dir.resolve("away")),
            "http://127.0.0.1:1",
            "cache: [{ttl: 1h}]\nstate: {type: redis, url: \"redis://127.0.0.1:1\"}\n");
    for (String action : List.of("stats", "purge")) {
      ForkedJvm.Result result =
          action.equals("stats") ? run(away, "stats") : run(away, "purge", "--all");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("127.0.0.1:1").doesNotContain("Exception");
      assertThat(result.out()).isEmpty();
    }
    assertThat(run(dir.resolve("none.yaml"), "stats").exit()).isEqualTo(1);
  }

  private static String told(Path config, String... arguments) {
    ForkedJvm.Result result = run(config, arguments);
    assertThat(result.err()).isEmpty();
    return result.orThrow().out().strip();
  }

  private static ForkedJvm.Result run(Path config, String... arguments) {
    List<String> line = new ArrayList<>(List.of("cache"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--config", config.toString()));
    return ForkedJvm.java()
        .option("-jar")
        .main(ForkedJvm.agentJar().toString(), line.toArray(String[]::new))
        .run();
  }
}
