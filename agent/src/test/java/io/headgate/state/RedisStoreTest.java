// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.RedisEntries.entry;
import static io.headgate.state.RedisEntries.key;
import static io.headgate.state.RedisEntries.of;
import static io.headgate.state.RedisEntries.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real server. */
class RedisStoreTest {

  private static final Purge ALL = new Purge(null, null, null, Long.MAX_VALUE);

  @TempDir private Path directory;
  private final RecordedLog log = new RecordedLog();

  private RedisStore store(String url) {
    return new RedisStore(url, 2000, RedisEntries.CLOCK, log, RedisEntries.THREADS);
  }

  private RedisStore opened(String url) throws Exception {
    RedisStore store = store(url);
    of(store.secret());
    return store;
  }

  private static void awaitText(EntryStore store, EntryKey key, String text) {
    await(() -> text.equals(text(store, key)));
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(condition);
  }

  @Test
  void twoStoresShareEntriesAndTheSecret() throws Exception {
    try (RedisServer redis = new RedisServer(directory);
        RedisStore one = opened(redis.url());
        RedisStore other = opened(redis.url())) {
      StoredEntry entry = entry("text", "m", "r", "g");
      one.put(key(1), entry);
      awaitText(other, key(1), "text");
      assertThat(of(other.get(key(1)))).usingRecursiveComparison().isEqualTo(entry);
      assertThat(of(one.secret())).hasSize(32).isEqualTo(of(other.secret()));
      assertThat(of(one.get(key(2)))).isNull();

      other.put(key(1), entry("changed"));
      awaitText(one, key(1), "changed");
      one.remove(key(1));
      await(() -> text(other, key(1)) == null);
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void aLargeBatchIsFoundAsAWholeInTheTimeOfAFew() throws Exception {
    List<EntryKey> keys = LongStream.range(0, 2000).mapToObj(RedisEntries::key).toList();
    String vector = "0.01234567,".repeat(1000);
    try (RedisServer redis = new RedisServer(directory);
        RedisStore one = opened(redis.url());
        RedisStore other = opened(redis.url())) {
      for (int i = 0; i < 500; i++) {
        assertThat(one.put(key(i), entry(i + vector))).isTrue();
      }
      for (int i = 500; i < 2000; i++) {
        assertThat(one.put(key(i), entry("" + i))).isTrue();
      }
      awaitText(one, key(1999), "1999");
      Map<EntryKey, StoredEntry> found = of(other.getAll(keys));
      assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(keys);
      assertThat(found.get(key(499)))
          .usingRecursiveComparison()
          .ignoringFields("createdMillis", "expiresMillis")
          .isEqualTo(entry(499 + vector));
      assertThat(of(other.getAll(List.of(key(1), key(1), key(9999))))).containsOnlyKeys(key(1));
      assertThat(of(other.getAll(List.of()))).isEmpty();
      assertThat(log.counts()).isEmpty();
    }
  }

  @Test
  void entriesExpireThereAndHere() throws Exception {
    InstantSource later = InstantSource.offset(RedisEntries.CLOCK, Duration.ofHours(2));
    try (RedisServer redis = new RedisServer(directory);
        RedisStore store = opened(redis.url());
        RedisStore ahead = new RedisStore(redis.url(), 2000, later, log, RedisEntries.THREADS)) {
      of(ahead.secret());
      store.put(key(1), entry("text"));
      awaitText(store, key(1), "text");
      assertThat((Long) redis.run("PTTL", RedisStore.PREFIX + key(1))).isBetween(1L, 3_600_000L);
      assertThat(of(ahead.get(key(1)))).isNull();
      ahead.put(key(2), entry("gone already"));
      ahead.put(
          key(3), new StoredEntry(0, Long.MAX_VALUE, "", "", "", new byte[0], new byte[] {1}));
      await(() -> of(store.get(key(3))) != null);
      assertThat((Long) redis.run("EXISTS", RedisStore.PREFIX + key(2))).isZero();
    }
  }

  @Test
  void aPasswordAndADatabaseAreUsed() throws Exception {
    try (RedisServer redis = new RedisServer(directory, "--requirepass", "p@ss/w:ord")) {
      String at = "127.0.0.1:" + redis.port();
      try (RedisStore store = opened("redis://:p%40ss%2Fw%3Aord@" + at + "/5")) {
        store.put(key(1), entry("text"));
        awaitText(store, key(1), "text");
      }
      refused("redis://" + at, "asks for a password");
      refused("redis://:wrong@" + at, "does not take the user and password");
      refused("redis://nobody:p%40ss%2Fw%3Aord@" + at, "does not take the user and password");
      refused("redis://:p%40ss%2Fw%3Aord@" + at + "/99", "has no database");
    }
  }

  @Test
  void aNeedlessPasswordIsSaid() throws Exception {
    try (RedisServer redis = new RedisServer(directory)) {
      refused("redis://:word@127.0.0.1:" + redis.port(), "has no password");
    }
  }

  private void refused(String url, String why) throws Exception {
    RecordedLog own = new RecordedLog();
    try (RedisStore store =
        new RedisStore(url, 2000, RedisEntries.CLOCK, own, RedisEntries.THREADS)) {
      await(() -> !own.lines().isEmpty());
      assertThat(own.lines()).hasSize(1).allMatch(line -> line.contains(why));
      assertThatThrownBy(() -> of(store.purge(ALL)))
          .hasCauseInstanceOf(IOException.class)
          .hasMessageContaining(why);
      assertThat(of(store.get(key(1)))).isNull();
    }
  }

  @Test
  void tlsToAServerWithoutItFails() throws Exception {
    try (RedisServer redis = new RedisServer(directory)) {
      refused("rediss://127.0.0.1:" + redis.port(), "TLS");
    }
  }

  @Test
  void aPausedServerIsLeftAsideAndTakenUpAgain() throws Exception {
    try (RedisServer redis = new RedisServer(directory);
        RedisStore store =
            new RedisStore(redis.url(), 200, RedisEntries.CLOCK, log, RedisEntries.THREADS)) {
      of(store.secret());
      store.put(key(1), entry("text"));
      awaitText(store, key(1), "text");
      redis.pause();
      try {
        await(
            () -> {
              assertThat(of(store.get(key(1)))).isNull();
              return !log.lines().isEmpty();
            });
        assertThat(log.lines()).hasSize(1);
      } finally {
        redis.resume();
      }
      awaitText(store, key(1), "text");
      assertThat(log.lines()).hasSize(2);
    }
  }

  @Test
  void aBigEntryForAPausedServerKeepsNobodyWaiting() throws Exception {
    try (RedisServer redis = new RedisServer(directory);
        RedisStore store = opened(redis.url())) {
      redis.pause();
      try {
        store.put(
            key(1),
            new StoredEntry(0, Long.MAX_VALUE, "", "", "", new byte[0], new byte[30 << 20]));
        assertThat(of(store.get(key(2)))).isNull();
        store.close();
      } finally {
        redis.resume();
      }
    }
  }

  @Test
  void aServerThatWasKilledIsTakenUpAgain() throws Exception {
    try (RedisServer redis = new RedisServer(directory);
        RedisStore store = opened(redis.url())) {
      byte[] secret = of(store.secret());
      redis.kill();
      await(
          () -> {
            assertThat(of(store.get(key(1)))).isNull();
            return !log.lines().isEmpty();
          });
      assertThat(log.lines().get(0)).contains("cannot be reached");
      assertThatThrownBy(() -> of(store.purge(ALL))).hasMessageContaining("cannot be reached");
      redis.start();
      await(
          () -> {
            store.put(key(1), entry("text"));
            return "text".equals(text(store, key(1)));
          });
      assertThat(log.lines()).hasSize(2);
      // It had lost the secret with everything else.
      try (RedisStore other = opened(redis.url())) {
        assertThat(of(other.secret())).isEqualTo(secret);
      }
    }
  }

  @Test
  void aRestartInBetweenIsNoTrouble() throws Exception {
    try (RedisServer redis = new RedisServer(directory);
        RedisStore store = opened(redis.url())) {
      store.put(key(1), entry("text"));
      awaitText(store, key(1), "text");
      redis.kill();
      redis.start();
      assertThat(of(store.get(key(1)))).isNull();
      store.put(key(1), entry("text"));
      awaitText(store, key(1), "text");
    }
  }

  @Test
  void flushingIsNoTrouble() throws Exception {
    try (RedisServer redis = new RedisServer(directory);
        RedisStore store = opened(redis.url())) {
      store.put(key(1), entry("text"));
      awaitText(store, key(1), "text");
      assertThat(redis.text("FLUSHALL")).isEqualTo("OK");
      assertThat(of(store.get(key(1)))).isNull();
      store.put(key(1), entry("again"));
      awaitText(store, key(1), "again");
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void whatIsEvictedIsNotFound() throws Exception {
    try (RedisServer redis =
            new RedisServer(directory, "--maxmemory", "4mb", "--maxmemory-policy", "allkeys-lru");
        RedisStore store = opened(redis.url())) {
      for (int i = 0; i < 200; i++) {
        store.put(key(i), entry("x".repeat(100_000)));
      }
      awaitText(store, key(199), "x".repeat(100_000));
      assertThat(of(store.get(key(0)))).isNull();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void aFullServerIsReadOn() throws Exception {
    try (RedisServer redis = new RedisServer(directory);
        RedisStore store = opened(redis.url())) {
      store.put(key(1), entry("text"));
      awaitText(store, key(1), "text");
      assertThat(redis.text("CONFIG", "SET", "maxmemory", "1")).isEqualTo("OK");
      store.put(key(2), entry("no"));
      await(() -> !log.lines().isEmpty());
      assertThat(log.lines().get(0)).contains("out of memory");
      assertThat(text(store, key(1))).isEqualTo("text");
      assertThat(redis.text("CONFIG", "SET", "maxmemory", "0")).isEqualTo("OK");
      await(
          () -> {
            store.put(key(2), entry("yes"));
            return "yes".equals(text(store, key(2)));
          });
      assertThat(log.lines()).hasSize(2);
    }
  }

  @Test
  void foreignValuesAreNotFound() throws Exception {
    try (RedisServer redis = new RedisServer(directory);
        RedisStore store = opened(redis.url())) {
      redis.run("RPUSH", RedisStore.PREFIX + key(1), "a", "list");
      redis.run("SET", RedisStore.PREFIX + key(2), "not ours");
      redis.run("SETRANGE", RedisStore.PREFIX + key(3), "" + (40 << 20), "huge");
      redis.run("SET", RedisStore.PREFIX + key(4), "");
      for (int i = 1; i <= 4; i++) {
        assertThat(of(store.get(key(i)))).isNull();
      }
      assertThat(log.lines()).isEmpty();
      for (int i = 1; i <= 4; i++) {
        store.put(key(i), entry("ours"));
        awaitText(store, key(i), "ours");
      }
    }
  }

  @Test
  void entriesByTheThousandArePurgedByWhatTheyAreOf() throws Exception {
    try (RedisServer redis = new RedisServer(directory);
        RedisStore store = opened(redis.url())) {
      String longName = "a-model-with-a-long-name-".repeat(40);
      for (int i = 0; i < 5000; i++) {
        String model = i % 5 == 0 ? longName : "m" + i % 2;
        store.put(key(i), entry("x", model, "r" + i % 10, ""));
        if (i % 500 == 499) {
          awaitText(store, key(i), "x");
        }
      }
      redis.run("SET", "headgate:2:cache:other", "kept");
      redis.run("SET", "another:app", "kept");
      redis.run("SET", RedisStore.PREFIX + "short", "foreign");
      redis.run("RPUSH", RedisStore.PREFIX + key(9999), "a", "list");
      long size = (Long) redis.run("DBSIZE");
      EntryStore.Sizes sizes = of(store.count());
      assertThat(sizes.entries()).isEqualTo(5000);
      assertThat(sizes.bytes()).isGreaterThan(1000L * longName.length());

      assertThat(of(store.purge(new Purge(null, longName, null, Long.MAX_VALUE)))).isEqualTo(1000);
      assertThat(of(store.purge(new Purge(null, "m1", "r1", Long.MAX_VALUE)))).isEqualTo(500);
      assertThat(of(store.purge(new Purge(null, null, null, 1000)))).isZero();
      assertThat(of(store.purge(new Purge("*", null, null, Long.MAX_VALUE)))).isZero();
      assertThat(of(store.purge(new Purge(key(2).toString(), null, null, Long.MAX_VALUE))))
          .isEqualTo(1);
      assertThat((Long) redis.run("DBSIZE")).isEqualTo(size - 1501);
      assertThat(of(store.purge(ALL))).isEqualTo(3501);
      assertThat((Long) redis.run("DBSIZE")).isEqualTo(3);
      assertThat(text(store, key(3))).isNull();
    }
  }

  @Test
  void thoseOfAGroupAreShown() throws Exception {
    try (RedisServer redis = new RedisServer(directory);
        RedisStore store = opened(redis.url())) {
      Map<EntryKey, String> seen = new ConcurrentHashMap<>();
      byte[] vector = new byte[6000];
      vector[5999] = 7;
      long end = RedisEntries.CLOCK.millis() + 60_000;
      for (int i = 0; i < 600; i++) {
        String group = i % 2 == 0 ? "g" + i % 3 : "";
        store.put(key(i), new StoredEntry(1, end, "", "", group, vector, new byte[10]));
      }
      awaitFound(store, key(599));
      redis.run("SET", RedisStore.PREFIX + key(1000), "foreign");
      try (RedisStore other = store(redis.url())) {
        of(
            other.eachOfAGroup(
                (key, group, index, expires) -> {
                  assertThat(index).isEqualTo(vector);
                  assertThat(expires).isEqualTo(end);
                  seen.put(key, group);
                }));
      }
      assertThat(seen).hasSize(300).containsEntry(key(4), "g1").doesNotContainKey(key(1));
    }
  }

  private static void awaitFound(EntryStore store, EntryKey key) {
    await(() -> of(store.get(key)) != null);
  }

  @Test
  void whatWasPutIsWrittenBeforeClosingIsDone() throws Exception {
    try (RedisServer redis = new RedisServer(directory)) {
      try (RedisStore store = opened(redis.url())) {
        for (int i = 0; i < 500; i++) {
          store.put(key(i), entry("text"));
        }
      }
      try (RedisStore store = opened(redis.url())) {
        assertThat(text(store, key(499))).isEqualTo("text");
      }
    }
  }
}
