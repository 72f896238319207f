// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import static io.headgate.bench.CacheVariant.BARE;
import static io.headgate.bench.CacheVariant.DISK;
import static io.headgate.bench.CacheVariant.LIVE;
import static io.headgate.bench.CacheVariant.MEMORY;
import static io.headgate.bench.CacheVariant.NGINX;
import static io.headgate.bench.CacheVariant.REDIS;

import io.headgate.bench.peer.CannedHost;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures of calls that a cache answers, and what was to be reached. */
final class CacheTables {

  private static final double HIT_TO_CALL = 0.1;

  private final Map<Case, CacheResult> results;
  private final PrintStream out;

  CacheTables(Map<Case, CacheResult> results, PrintStream out) {
    this.results = results;
    this.out = out;
  }

  void print(int rounds, long millis) {
    Table table =
        new Table(
            "case",
            "answers from",
            "calls/s",
            "MB/s",
            "p50 us",
            "p50 / live",
            "first us",
            "thread CPU us",
            "CPU / live",
            "bytes",
            "bytes / live",
            "host asked");
    results.forEach(
        (what, result) -> result.variants().forEach(name -> row(table, what, name, result)));
    table.print(
        out,
        "Cache, "
            + rounds
            + " interleaved rounds of "
            + millis
            + " ms; CPU and bytes per call, medians; live is the agent without a cache");
    for (String missing : List.of(REDIS, NGINX)) {
      if (results.values().stream().noneMatch(result -> result.variants().contains(missing))) {
        out.println("\n" + missing + ": not installed here, not measured");
      }
    }
  }

  private static void row(Table table, Case what, String name, CacheResult result) {
    boolean stream = what.name().endsWith("-stream");
    double calls = result.median(name, Window::calls);
    table.row(
        what.title(),
        what.equals(CacheCalls.JEDIS) ? "redis, by Jedis" : name,
        Table.number(calls, 0),
        Table.number(stream ? calls * CannedHost.streamBytes() / 1e6 : Double.NaN, 1),
        Table.number(result.median(name, Window::latencyMicros), 0),
        toLive(name, result, Window::latencyMicros),
        Table.number(result.median(name, Window::firstMicros), 0),
        Table.number(result.median(name, Window::threadMicros), 1),
        toLive(name, result, Window::threadMicros),
        Table.number(result.median(name, Window::bytes), 0),
        toLive(name, result, Window::bytes),
        Long.toString(result.served(name)));
  }

  private static String toLive(String name, CacheResult result, ToDoubleFunction<Window> value) {
    return Table.number(result.ratio(name, LIVE, value), 3);
  }

  void judge(Goals goals) {
    results.forEach(
        (what, result) -> {
          if (!result.variants().contains(LIVE)) {
            return;
          }
          for (String kept : List.of(MEMORY, DISK)) {
            goals.atMost(
                "cache",
                "hit, p50 / that of the call",
                result.ratio(kept, LIVE, Window::latencyMicros),
                HIT_TO_CALL,
                note(what, kept, result));
            goals.atMost(
                "cache",
                "hit, p50 / nginx's",
                result.ratio(kept, NGINX, Window::latencyMicros),
                1,
                note(what, kept, result));
          }
        });
    CacheResult jedis = results.get(CacheCalls.JEDIS);
    CacheResult calls = results.get(CacheCalls.JDK);
    if (jedis == null || calls == null) {
      return;
    }
    double get = jedis.median(BARE, Window::latencyMicros);
    for (String kept : List.of(MEMORY, DISK, REDIS)) {
      goals.atMost(
          "cache",
          "hit, p50 / a bare GET of Redis",
          calls.median(kept, Window::latencyMicros) / get,
          kept.equals(REDIS) ? 2 : 1,
          note(CacheCalls.JDK, kept, calls));
    }
  }

  private static String note(Case what, String kept, CacheResult result) {
    return what.title()
        + ", "
        + kept
        + ", us: "
        + Table.number(result.median(kept, Window::latencyMicros), 0)
        + ", live "
        + Table.number(result.median(LIVE, Window::latencyMicros), 0)
        + ", no agent "
        + Table.number(result.median(BARE, Window::latencyMicros), 0);
  }
}
