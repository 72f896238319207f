// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiskIndexTest {

  @Test
  void doesWhatAMapDoes() {
    DiskIndex index = new DiskIndex();
    Map<EntryKey, Long> map = new HashMap<>();
    List<EntryKey> keys = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      keys.add(new EntryKey(i / 8, 0, i % 3, i % 7)); // many with one home
    }
    for (int i = 0; i < 200_000; i++) {
      EntryKey key = keys.get(random.nextInt(keys.size()));
      int number = index.find(key);
      assertThat(number >= 0).isEqualTo(map.containsKey(key));
      if (number >= 0) {
        assertThat(index.stamp(number)).isEqualTo(map.get(key));
        assertThat(index.key(number)).isEqualTo(key);
      }
      if (random.nextInt(5) < 2) {
        if (number >= 0) {
          index.remove(number);
          map.remove(key);
        }
      } else {
        int at = number >= 0 ? number : index.add(key);
        index.set(at, i % 100, i, 1 + i % 1000, i);
        index.describe(at, i, i + 1, i % 50, DiskIndex.GROUP);
        map.put(key, (long) i);
      }
    }
    assertThat(index.size()).isEqualTo(map.size());
    map.forEach((key, stamp) -> assertThat(index.stamp(index.find(key))).isEqualTo(stamp));
  }

  @Test
  void keepsAllThatIsSaidOfAnEntry() {
    DiskIndex index = new DiskIndex();
    int number = index.add(new EntryKey(1, 2, 3, 4));
    index.set(number, 77_777, (1L << 39) + 5, 123, -9);
    index.describe(number, 11, 12, 65_000, DiskIndex.REMOVED | DiskIndex.READ);
    assertThat(index.segment(number)).isEqualTo(77_777);
    assertThat(index.offset(number)).isEqualTo((1L << 39) + 5);
    assertThat(index.length(number)).isEqualTo(123);
    assertThat(index.stamp(number)).isEqualTo(-9);
    assertThat(index.created(number)).isEqualTo(11);
    assertThat(index.expires(number)).isEqualTo(12);
    assertThat(index.label(number)).isEqualTo(65_000);
    assertThat(index.is(number, DiskIndex.REMOVED)).isTrue();
    assertThat(index.is(number, DiskIndex.GROUP)).isFalse();
    index.unmark(number, DiskIndex.READ);
    index.mark(number, DiskIndex.COVERS);
    assertThat(index.is(number, DiskIndex.READ)).isFalse();
    assertThat(index.is(number, DiskIndex.COVERS)).isTrue();
  }
}
