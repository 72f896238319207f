// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.Entries.await;
import static io.headgate.state.Entries.entry;
import static io.headgate.state.Entries.get;
import static io.headgate.state.Entries.key;
import static io.headgate.state.Entries.same;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {

  private static final int CAP = 1 << 20;

  @TempDir Path temporary;
  private DiskFixture disk;

  @BeforeEach
  void open() {
    disk = new DiskFixture(temporary);
    disk.bytes = CAP;
  }

  @AfterEach
  void close() {
    disk.close();
  }

  @Test
  void theOldestGoWhenThereIsTooMuch() throws IOException {
    DiskStore store = disk.open();
    for (int i = 0; i < 5000; i++) {
      store.put(key(i), entry(i, 1000));
      if (i % 50 == 0) {
        await(store.flushed());
        assertThat(disk.size()).isLessThan(CAP + CAP / 4);
      }
    }
    await(store.flushed());
    assertThat(disk.size()).isLessThanOrEqualTo(CAP + CAP / 16);
    assertThat(get(store, key(0))).isNull();
    for (int i = 4300; i < 5000; i++) {
      assertThat(same(get(store, key(i)), entry(i, 1000))).isTrue();
    }
    assertThat(store.sizes().bytes()).isLessThanOrEqualTo(CAP + CAP / 16);
  }

  @Test
  void whatIsReadStays() {
    DiskStore store = disk.open();
    store.put(key(-1), entry(1, 1000));
    for (int i = 0; i < 5000; i++) {
      store.put(key(i), entry(i, 1000));
      if (i % 100 == 0) {
        await(store.flushed());
        assertThat(get(store, key(-1))).isNotNull();
      }
    }
    store.close();
    assertThat(same(get(disk.open(), key(-1)), entry(1, 1000))).isTrue();
  }

  @Test
  void replacedAndExpiredEntriesGoBeforeThoseThatAreOfUse() {
    DiskStore store = disk.open();
    for (int i = 0; i < 300; i++) {
      store.put(key(i), entry(i, 1000));
    }
    for (int i = 0; i < 3000; i++) {
      store.put(key(-1 - i % 3), entry(i, 1000));
      store.put(key(10_000 + i), entry(i, 200, disk.now + 5, ""));
      disk.now += 5;
      if (i % 100 == 0) {
        await(store.flushed());
      }
    }
    await(store.flushed());
    for (int i = 0; i < 300; i++) {
      assertThat(same(get(store, key(i)), entry(i, 1000))).as("%s", i).isTrue();
    }
  }

  @Test
  void aRemovalOutlivesTheSegmentItIsIn() {
    DiskStore other = disk.open();
    other.put(key(-1), entry(1, 1000));
    await(other.flushed());
    DiskStore store = disk.open(); // knows the other's entry
    assertThat(get(store, key(-1))).isNotNull();
    store.remove(key(-1));
    for (int i = 0; i < 3000; i++) {
      store.put(key(i), entry(i, 1000));
      if (i % 100 == 0) {
        await(store.flushed());
      }
    }
    store.close();
    other.close();
    assertThat(get(disk.open(), key(-1))).isNull();
  }

  @Test
  void aLowerBoundHoldsFromTheNextStartOn() throws IOException {
    DiskStore store = disk.open();
    for (int i = 0; i < 1000; i++) {
      store.put(key(i), entry(i, 1000));
    }
    store.close();
    disk.bytes = CAP / 4;
    disk.open();
    assertThat(disk.size()).isLessThanOrEqualTo(CAP / 4 + CAP / 16);
  }
}
