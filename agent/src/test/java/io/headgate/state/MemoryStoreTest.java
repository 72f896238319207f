// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.Entries.await;
import static io.headgate.state.Entries.entry;
import static io.headgate.state.Entries.get;
import static io.headgate.state.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {

  private long now = 1000;
  private final MemoryStore store = new MemoryStore(10_000, () -> Instant.ofEpochMilli(now));

  @Test
  void whatWasPutIsFoundAtOnce() {
    store.put(key(1), entry(1));
    assertThat(store.get(key(1)).toCompletableFuture()).isDone();
    assertThat(get(store, key(1))).isEqualTo(store.near(key(1))).isNotNull();
    assertThat(get(store, key(2))).isNull();
  }

  @Test
  void anEntryIsGoneFromTheMillisecondOnThatItExpires() {
    store.put(key(1), entry(1, 10, 2000, ""));
    now = 1999;
    assertThat(get(store, key(1))).isNotNull();
    now = 2000;
    assertThat(get(store, key(1))).isNull();
    assertThat(await(store.purge(new Purge(null, null, null, Long.MAX_VALUE)))).isZero();
  }

  @Test
  void expiredEntriesMakeRoomFirst() {
    store.put(key(1), entry(1, 4000, 2000, ""));
    store.put(key(2), entry(2, 4000));
    now = 5000;
    store.put(key(3), entry(3, 4000));
    assertThat(get(store, key(2))).isNotNull();
    assertThat(get(store, key(3))).isNotNull();
  }

  @Test
  void theBoundHoldsAfterEveryPut() {
    for (int i = 0; i < 2000; i++) {
      store.put(key(i), entry(i, i % 900));
      assertThat(store.sizes().bytes()).isLessThanOrEqualTo(10_000);
    }
    assertThat(store.sizes().entries()).isPositive();
  }

  @Test
  void anEntryThatAloneIsTooLargeIsNotKeptAndTheOneItReplacesNeither() {
    store.put(key(1), entry(1));
    store.put(key(1), entry(1, 10_000));
    assertThat(get(store, key(1))).isNull();
  }

  @Test
  void purgesByKeyModelRouteAndAge() {
    for (int i = 0; i < 9; i++) {
      store.put(key(i), entry(i));
    }
    assertThat(await(store.purge(new Purge(null, "m1", "other", Long.MAX_VALUE)))).isZero();
    assertThat(await(store.purge(new Purge(null, "m1", "r", Long.MAX_VALUE)))).isEqualTo(3);
    assertThat(await(store.purge(new Purge(null, null, null, 1003)))).isEqualTo(2);
    String prefix = key(8).toString().substring(0, 20);
    assertThat(await(store.purge(new Purge(prefix, null, null, Long.MAX_VALUE)))).isEqualTo(1);
    assertThat(await(store.purge(new Purge(null, null, null, Long.MAX_VALUE)))).isEqualTo(3);
  }

  @Test
  void goesThroughTheEntriesOfGroups() {
    store.put(key(1), entry(1));
    store.put(key(2), entry(2, 10, 2000, "g"));
    store.put(key(3), entry(3, 10, 5000, "g"));
    now = 3000;
    List<String> seen = new ArrayList<>();
    await(store.eachOfAGroup((k, group, index, expires) -> seen.add(group + index[0] + expires)));
    assertThat(seen).containsExactly("g35000");
  }

  @Test
  void theSecretStaysTheSame() {
    byte[] secret = await(store.secret());
    assertThat(secret).hasSize(32).isEqualTo(await(store.secret()));
    assertThat(secret).isNotEqualTo(await(new MemoryStore(1, Instant::now).secret()));
  }
}
