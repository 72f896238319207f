// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.RedisEntries.entry;
import static io.headgate.state.RedisEntries.key;
import static io.headgate.state.RedisEntries.of;
import static io.headgate.state.RedisEntries.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do what servers should not do. */
class RedisStoreFaultsTest {

  private final ScriptedRedis redis = new ScriptedRedis();
  private final RecordedLog log = new RecordedLog();
  private RedisStore store;

  /** With one entry, found. */
  @BeforeEach
  void openAndFill() throws Exception {
    // Long enough for a machine that is busy; the faults that need waiting come to its end.
    store = new RedisStore(redis.url(), 300, RedisEntries.CLOCK, log, RedisEntries.THREADS);
    of(store.secret());
    store.put(key(1), entry("one"));
    awaitFound();
    assertThat(log.lines()).isEmpty();
  }

  @AfterEach
  void close() {
    store.close();
    redis.close();
  }

  private void awaitFound() {
    await().atMost(60, TimeUnit.SECONDS).until(() -> "one".equals(text(store, key(1))));
  }

  /** Asks, finding nothing, until a line is said. */
  private String awaitLine() {
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> {
              assertThat(text(store, key(1))).isNull();
              return !log.lines().isEmpty();
            });
    return log.lines().get(0);
  }

  private void awaitBack() {
    redis.script((command, client) -> false);
    awaitFound();
    assertThat(log.lines()).hasSize(2);
    assertThat(log.lines().get(1)).endsWith("is in use again.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOAUTH Authentication required.|asks for a password",
        "WRONGPASS invalid username-password pair|user and password",
        "NOPERM this user has no permissions|does not let this user",
        "LOADING Redis is loading the dataset in memory|still loading",
        "MOVED 3999 127.0.0.1:6381|cluster",
        "CLUSTERDOWN Hash slot not served|cluster",
        "DENIED Redis is running in protected mode|protected mode",
        "ERR max number of clients reached|too many clients",
        "ERR hush: what is that|refuses"
      })
  void anErrorReplyPutsItAsideUntilItIsOver(String error, String said) {
    redis.reply("-" + error + "\r\n");
    assertThat(awaitLine()).contains(said).contains("127.0.0.1:").doesNotContain("hush");
    assertThat(log.lines()).hasSize(1);
    awaitBack();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "$2000000000\r\n",
        "*1000000000\r\n",
        ":5\r\n",
        "$3\r\nabcde"
      })
  void whatIsNoReplyPutsItAside(String reply) {
    redis.reply(reply);
    assertThat(awaitLine()).contains("does not talk like a Redis");
    awaitBack();
  }

  @Test
  void aMuteServerIsWaitedForNoLongerThanSaid() {
    redis.script(ScriptedRedis.MUTE);
    assertThat(awaitLine()).contains("does not answer in time");
    assertThat(log.counts()).contains("redis timeout");
    assertThat(log.lines()).hasSize(1);
    awaitBack();
  }

  @Test
  void aReplyThatDripsIsWaitedForNoLongerThanSaid() {
    redis.script(
        (command, client) -> {
          if (command.isEmpty()) {
            return false;
          }
          ScriptedRedis.write(client, "$1000000\r\n");
          try {
            while (true) {
              ScriptedRedis.write(client, "x");
              new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            }
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    assertThat(awaitLine()).contains("does not answer in time");
    awaitBack();
  }

  @Test
  void aReplyThatEndsHalfwayPutsItAside() {
    redis.script(
        (command, client) -> {
          if (!command.isEmpty()) {
            ScriptedRedis.write(client, "$100\r\nabc");
            client.close();
          }
          return !command.isEmpty();
        });
    assertThat(awaitLine()).contains("closes the connection");
    awaitBack();
  }

  @Test
  void aServerThatIsGoneIsNotAskedAgainForEveryCall() {
    redis.script(
        (command, client) -> {
          client.close();
          return true;
        });
    redis.hangUp();
    awaitLine();
    int seen = redis.seen().size();
    for (int i = 0; i < 1000; i++) {
      assertThat(store.get(key(1)).toCompletableFuture()).isCompletedWithValue(null);
    }
    assertThat(redis.seen()).hasSize(seen);
    store.put(key(2), entry("two"));
    assertThat(log.counts()).contains("redis dropped");
  }

  @Test
  void connectionsThatWereClosedMeanwhileAreReplaced() {
    for (int i = 0; i < 5; i++) {
      redis.hangUp();
      awaitFound();
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void oneLateReplyIsNoTrouble() {
    AtomicInteger late = new AtomicInteger();
    redis.script((command, client) -> !command.isEmpty() && late.getAndIncrement() == 0);
    assertThat(text(store, key(1))).isNull();
    awaitFound();
    assertThat(log.counts()).contains("redis timeout");
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void aValueOfAnotherTypeIsNoTrouble() {
    redis.reply("-WRONGTYPE Operation against a key holding the wrong kind of value\r\n");
    for (int i = 0; i < 10; i++) {
      assertThat(text(store, key(1))).isNull();
    }
    redis.script((command, client) -> false);
    assertThat(text(store, key(1))).isEqualTo("one");
    assertThat(log.lines()).isEmpty();
    assertThat(log.counts()).contains("redis damaged");
  }

  @Test
  void anEntryOfAnotherKeyIsNotTakenForIt() {
    redis
        .values()
        .put("headgate:1:cache:" + key(2), redis.values().get("headgate:1:cache:" + key(1)));
    assertThat(text(store, key(2))).isNull();
    assertThat(text(store, key(1))).isEqualTo("one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OOM command not allowed when used memory > 'maxmemory'|out of memory",
        "READONLY You can't write against a read only replica|read-only replica",
        "MISCONF Redis is configured to save RDB snapshots|cannot save"
      })
  void troubleWithWritesLeavesReads(String error, String said) {
    redis.reply("-" + error + "\r\n", "SET");
    store.put(key(2), entry("two"));
    await().atMost(60, TimeUnit.SECONDS).until(() -> !log.lines().isEmpty());
    assertThat(log.lines().get(0)).contains(said);
    for (int i = 0; i < 10; i++) {
      assertThat(text(store, key(1))).isEqualTo("one");
    }
    assertThat(log.lines()).hasSize(1);

    redis.script((command, client) -> false);
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> {
              store.put(key(2), entry("two"));
              return "two".equals(text(store, key(2)));
            });
    assertThat(log.lines()).hasSize(2);
  }

  @Test
  void whatIsChainedToAnAnswerKeepsNobodyElseWaiting() {
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < 20; i++) {
      store
          .get(key(1))
          .thenRun(
              () -> {
                try {
                  release.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
    }
    for (int i = 0; i < 20; i++) {
      assertThat(text(store, key(1))).isEqualTo("one");
    }
    release.countDown();
  }

  @Test
  void purgingAServerThatIsMuteFailsAndSaysWhy() {
    redis.script(ScriptedRedis.MUTE);
    assertThatThrownBy(() -> of(store.purge(new Purge(null, null, null, Long.MAX_VALUE))))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("does not answer in time");
  }

  @Test
  void closingAnswersAllWhoWait() throws Exception {
    redis.script(ScriptedRedis.MUTE);
    var waits = store.get(key(1));
    store.close();
    assertThat(of(waits)).isNull();
    assertThat(of(store.get(key(1)))).isNull();
    store.put(key(1), entry("late"));
    assertThatThrownBy(() -> of(store.purge(new Purge(null, null, null, Long.MAX_VALUE))))
        .hasCauseInstanceOf(IOException.class);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void aPasswordIsSentAndNeverSaid() throws Exception {
    String url = redis.url().replace("//", "//ann:hu%73h@") + "/3";
    try (RedisStore other =
        new RedisStore(url, 300, RedisEntries.CLOCK, log, RedisEntries.THREADS)) {
      of(other.secret());
      assertThat(redis.seen()).contains("AUTH ann hush", "SELECT 3");
      redis.reply("-ERR unknown command 'AUTH', with args beginning with: 'ann' 'hush'\r\n");
      redis.hangUp();
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(
              () -> {
                text(other, key(1));
                return !log.lines().isEmpty();
              });
      assertThatThrownBy(() -> of(other.purge(new Purge(null, null, null, Long.MAX_VALUE))))
          .message()
          .doesNotContain("hush");
    }
    assertThat(log.lines()).allMatch(line -> !line.contains("hush") && !line.contains("hu%73h"));
  }

  @Test
  void aForeignSecretIsNotUsed() throws Exception {
    redis.values().put("headgate:1:secret", "too short".getBytes(ISO_8859_1));
    RecordedLog own = new RecordedLog();
    try (RedisStore other =
        new RedisStore(redis.url(), 300, RedisEntries.CLOCK, own, RedisEntries.THREADS)) {
      await().atMost(60, TimeUnit.SECONDS).until(() -> !own.lines().isEmpty());
      assertThat(own.lines().get(0)).contains("headgate:1:secret");
      assertThat(other.secret().toCompletableFuture()).isNotDone();
      redis.values().remove("headgate:1:secret");
      assertThat(of(other.secret())).hasSize(32);
    }
  }

  @Test
  void aServerThatIsNotThereAtTheStartIsFoundLater() throws Exception {
    redis.script(
        (command, client) -> {
          client.close();
          return true;
        });
    RecordedLog own = new RecordedLog();
    try (RedisStore other =
        new RedisStore(redis.url(), 300, RedisEntries.CLOCK, own, RedisEntries.THREADS)) {
      await().atMost(60, TimeUnit.SECONDS).until(() -> !own.lines().isEmpty());
      assertThat(of(other.get(key(1)))).isNull();
      redis.script((command, client) -> false);
      assertThat(of(other.secret())).isEqualTo(of(store.secret()));
      await().atMost(60, TimeUnit.SECONDS).until(() -> "one".equals(text(other, key(1))));
      assertThat(own.lines()).hasSize(2);
    }
  }

  @Test
  void aBatchThatIsNotAnsweredInTimeIsWhatCameByThen() throws Exception {
    List<EntryKey> keys = LongStream.range(0, 200).mapToObj(RedisEntries::key).toList();
    for (EntryKey key : keys) {
      store.put(key, entry("text"));
    }
    await().atMost(60, TimeUnit.SECONDS).until(() -> text(store, key(199)) != null);
    AtomicInteger replies = new AtomicInteger();
    redis.script(
        (command, client) ->
            !command.isEmpty()
                && command.get(0).equals("GETRANGE")
                && replies.incrementAndGet() > RedisBatch.CHUNK + 5);
    assertThat(of(store.getAll(keys))).hasSize(RedisBatch.CHUNK);
    // It is counted beside the answer, not before it.
    await()
        .atMost(60, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(log.counts()).containsOnlyOnce("redis timeout"));
    redis.script((command, client) -> false);
    assertThat(of(store.getAll(keys))).hasSize(200);
  }

  @Test
  void aServerThatIsAwayIsNotUsableAndTakesNothing() {
    assertThat(store.usable()).isTrue();
    redis.reply("-LOADING Redis is loading the dataset in memory\r\n");
    awaitLine();
    assertThat(store.usable()).isFalse();
    assertThat(store.put(key(2), entry("two"))).isFalse();
    awaitBack();
    assertThat(store.usable()).isTrue();
  }

  @Test
  void moreThanCanWaitIsDropped() {
    redis.script(ScriptedRedis.MUTE);
    StoredEntry big =
        new StoredEntry(0, Long.MAX_VALUE, "", "", "", new byte[0], new byte[20 << 20]);
    for (int i = 0; i < 5; i++) {
      store.put(key(i), big);
    }
    assertThat(log.counts()).contains("redis dropped");
    store.put(
        key(9), new StoredEntry(0, Long.MAX_VALUE, "", "", "", new byte[0], new byte[33 << 20]));
    assertThat(log.counts()).filteredOn("redis dropped"::equals).hasSizeGreaterThan(1);
  }
}
