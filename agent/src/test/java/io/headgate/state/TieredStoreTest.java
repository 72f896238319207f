// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.Entries.await;
import static io.headgate.state.Entries.entry;
import static io.headgate.state.Entries.get;
import static io.headgate.state.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TieredStoreTest {

  private static final Purge ALL = new Purge(null, null, null, Long.MAX_VALUE);

  private long now = 1000;
  private final MemoryStore memory = new MemoryStore(100_000, () -> Instant.ofEpochMilli(now));
  private final Slow behind = new Slow();
  private final TieredStore store =
      new TieredStore(memory, behind, 5000, () -> Instant.ofEpochMilli(now));

  /** Answers when it is told to. */
  private static final class Slow implements EntryStore {
    final MemoryStore kept = new MemoryStore(100_000, () -> Instant.ofEpochMilli(0));
    final List<Runnable> answers = new ArrayList<>();
    final List<List<EntryKey>> batches = new ArrayList<>();
    boolean usable = true;
    boolean taking = true;
    int puts;
    boolean slow;
    boolean failing;
    boolean closed;

    @Override
    public CompletionStage<StoredEntry> get(EntryKey key) {
      StoredEntry found = kept.near(key);
      CompletableFuture<StoredEntry> answer = new CompletableFuture<>();
      if (slow) {
        answers.add(() -> answer.complete(found));
      } else {
        answer.complete(found);
      }
      return answer;
    }

    @Override
    public boolean put(EntryKey key, StoredEntry entry) {
      puts++;
      return taking && kept.put(key, entry);
    }

    @Override
    public boolean usable() {
      return usable;
    }

    @Override
    public CompletionStage<Map<EntryKey, StoredEntry>> getAll(Collection<EntryKey> keys) {
      batches.add(List.copyOf(keys));
      return EntryStore.super.getAll(keys);
    }

    @Override
    public void remove(EntryKey key) {
      kept.remove(key);
    }

    @Override
    public CompletionStage<Long> purge(Purge which) {
      return failing
          ? CompletableFuture.failedFuture(new IOException("not there"))
          : kept.purge(which);
    }

    @Override
    public CompletionStage<Void> eachOfAGroup(Visitor visitor) {
      return kept.eachOfAGroup(visitor);
    }

    @Override
    public Sizes sizes() {
      return kept.sizes();
    }

    @Override
    public CompletionStage<byte[]> secret() {
      return kept.secret();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void whatIsFoundBehindIsFoundInMemoryNextTime() {
    behind.put(key(1), entry(1));
    assertThat(get(store, key(1))).isNotNull();
    behind.slow = true;
    assertThat(store.get(key(1)).toCompletableFuture()).isDone();
  }

  @Test
  void anEntryInMemoryIsAskedForAgainWhenItIsTooOld() {
    store.put(key(1), entry(1));
    behind.kept.remove(key(1)); // another JVM's purge
    now += 4999;
    assertThat(get(store, key(1))).isNotNull();
    now += 1;
    assertThat(get(store, key(1))).isNull();
  }

  @Test
  void whatIsPutWhileTheHomeIsAwayIsFoundUntilItExpires() {
    behind.usable = false;
    behind.taking = false;
    store.put(key(1), entry(1, 10, 100_000, ""));
    now += 50_000;
    assertThat(get(store, key(1))).isNotNull();
    assertThat(store.near(key(1))).isNotNull();
    assertThat(behind.puts).as("offered while it is away").isEqualTo(1);
    now = 100_000;
    assertThat(get(store, key(1))).isNull();
  }

  @Test
  void whatTheHomeHadNoRoomForIsFoundUntilItHasRoom() {
    behind.taking = false;
    store.put(key(1), entry(1));
    now += 50_000;
    assertThat(get(store, key(1))).isNotNull();
    assertThat(get(store, key(1))).isNotNull();
    assertThat(behind.puts).as("offered again, but not at every look").isEqualTo(2);
    behind.taking = true;
    now += 5000;
    assertThat(get(store, key(1))).isNotNull();
    assertThat(behind.kept.near(key(1))).isNotNull();
  }

  @Test
  void aHomeThatIsBackIsHandedWhatIsLookedAtAndDecidesFromThenOn() {
    behind.usable = false;
    store.put(key(1), entry(1)); // taken, but who knows
    behind.kept.remove(key(1));
    now += 50_000;
    behind.usable = true;
    assertThat(get(store, key(1))).isNotNull();
    assertThat(behind.kept.near(key(1))).isNotNull();
    behind.kept.remove(key(1)); // another JVM's purge
    now += 4999;
    assertThat(get(store, key(1))).isNotNull();
    now += 1;
    assertThat(get(store, key(1))).isNull();
  }

  @Test
  void whatTheHomeHasIsNotAnsweredLongerBecauseItWentAway() {
    store.put(key(1), entry(1));
    behind.usable = false;
    behind.kept.remove(key(1));
    now += 5000;
    assertThat(get(store, key(1))).isNull();
  }

  @Test
  void whatIsHereAloneIsRemovedAndPurgedLikeAllElse() {
    behind.usable = false;
    behind.taking = false;
    store.put(key(1), entry(1));
    store.put(key(2), entry(2));
    store.remove(key(1));
    assertThat(get(store, key(1))).isNull();
    await(store.purge(ALL));
    assertThat(get(store, key(2))).isNull();
  }

  @Test
  void aBatchAsksTheHomeOnceForWhatIsNotHere() {
    for (int i = 0; i < 10; i++) {
      (i < 4 ? store : behind).put(key(i), entry(i));
    }
    List<EntryKey> keys = IntStream.range(0, 12).mapToObj(Entries::key).toList();
    assertThat(await(store.getAll(keys)).keySet())
        .containsExactlyInAnyOrderElementsOf(keys.subList(0, 10));
    assertThat(behind.batches).containsExactly(keys.subList(4, 12));
    assertThat(store.getAll(keys.subList(0, 10)).toCompletableFuture()).isDone();
    assertThat(behind.batches).as("all are in memory now").hasSize(1);
  }

  @Test
  void aBatchUnderWayDoesNotBringBackWhatWasRemovedMeanwhile() {
    behind.put(key(1), entry(1));
    behind.put(key(2), entry(2));
    behind.slow = true;
    var asked = store.getAll(List.of(key(1), key(2)));
    store.remove(key(1));
    behind.answers.forEach(Runnable::run);
    assertThat(await(asked)).hasSize(2);
    assertThat(memory.near(key(1))).isNull();
    assertThat(memory.near(key(2))).isNotNull();
  }

  @Test
  void withoutAnAgeAnEntryStaysInMemory() {
    TieredStore own =
        new TieredStore(memory, behind, Long.MAX_VALUE, () -> Instant.ofEpochMilli(now));
    own.put(key(1), entry(1));
    behind.kept.remove(key(1));
    now += 1_000_000_000;
    assertThat(get(own, key(1))).isNotNull();
  }

  @Test
  void removalsAndPurgesReachBoth() {
    for (int i = 0; i < 6; i++) {
      store.put(key(i), entry(i));
    }
    store.remove(key(0));
    assertThat(memory.near(key(0))).isNull();
    assertThat(behind.kept.near(key(0))).isNull();
    assertThat(await(store.purge(new Purge(null, "m1", null, Long.MAX_VALUE)))).isEqualTo(2);
    assertThat(memory.near(key(1))).isNull();
    assertThat(behind.kept.near(key(4))).isNull();
    assertThat(memory.near(key(2))).isNotNull();
  }

  @Test
  void anAnswerUnderWayDoesNotBringBackWhatWasRemovedMeanwhile() {
    behind.put(key(1), entry(1));
    behind.slow = true;
    CompletableFuture<StoredEntry> asked = store.get(key(1)).toCompletableFuture();
    store.remove(key(1));
    behind.answers.forEach(Runnable::run);
    assertThat(asked.join()).isNotNull();
    assertThat(memory.near(key(1))).isNull();
  }

  @Test
  void anAnswerUnderWayDoesNotBringBackWhatWasPurgedMeanwhile() {
    behind.put(key(1), entry(1));
    behind.slow = true;
    var unused = store.get(key(1));
    await(store.purge(ALL));
    behind.answers.forEach(Runnable::run);
    assertThat(memory.near(key(1))).isNull();
  }

  @Test
  void anAnswerUnderWayDoesNotReplaceWhatWasPutMeanwhile() {
    behind.put(key(1), entry(1));
    behind.slow = true;
    var unused = store.get(key(1));
    store.put(key(1), entry(2));
    behind.answers.forEach(Runnable::run);
    assertThat(memory.near(key(1)).createdMillis()).isEqualTo(1002);
  }

  @Test
  void aPurgeThatFailsBehindFailsButEmptiesMemory() {
    store.put(key(1), entry(1));
    behind.failing = true;
    assertThatThrownBy(() -> store.purge(ALL).toCompletableFuture().join())
        .hasCauseInstanceOf(IOException.class);
    assertThat(memory.near(key(1))).isNull();
  }

  @Test
  void showsEachEntryOnceWhereverItIs() {
    store.put(key(1), entry(1, 10, 100_000, "both"));
    behind.put(key(2), entry(2, 10, 100_000, "behind"));
    memory.put(key(3), entry(3, 10, 100_000, "memory"));
    List<String> groups = new ArrayList<>();
    await(store.eachOfAGroup((k, group, index, expires) -> groups.add(group)));
    assertThat(groups).containsExactlyInAnyOrder("both", "behind", "memory");
  }

  @Test
  void theSecretIsThatOfTheHomeAndClosingClosesIt() {
    assertThat(await(store.secret())).isEqualTo(await(behind.secret()));
    store.close();
    assertThat(behind.closed).isTrue();
  }
}
