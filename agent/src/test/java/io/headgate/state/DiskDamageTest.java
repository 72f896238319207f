// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.Entries.await;
import static io.headgate.state.Entries.entry;
import static io.headgate.state.Entries.get;
import static io.headgate.state.Entries.key;
import static io.headgate.state.Entries.same;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files: what is damaged is not found, all else is, and nothing is ever wrong. */
class DiskDamageTest {

  private static final int ENTRIES = 6;

  @TempDir Path temporary;
  private DiskFixture disk;
  private Path file;
  private byte[] good;

  @BeforeEach
  void fill() throws IOException {
    disk = new DiskFixture(temporary);
    DiskStore store = disk.open();
    for (int i = 0; i < ENTRIES; i++) {
      store.put(key(i), original(i));
    }
    store.close();
    file = disk.segments().get(0);
    good = Files.readAllBytes(file);
  }

  @AfterEach
  void close() {
    disk.close();
  }

  private static StoredEntry original(int number) {
    return entry(number, 20 + number, Entries.NEVER, "group");
  }

  /** Which entries a log that is opened now finds. Fails on a wrong one. */
  private Set<Integer> found() throws IOException {
    Set<Integer> found = new HashSet<>();
    try (DiskLog log =
        DiskLog.open(disk.cache().toRealPath(), disk.bytes, disk, disk, new DiskFiles())) {
      for (int i = 0; i < ENTRIES; i++) {
        StoredEntry entry = log.get(key(i));
        if (entry != null) {
          assertThat(same(entry, original(i))).isTrue();
          found.add(i);
        }
      }
      assertThat(log.sizes().entries()).isEqualTo(found.size());
    }
    return found;
  }

  private int recordAt(int offset) {
    int number = 0;
    int end = RecordFormat.length(good, 0);
    while (offset >= end) {
      end += RecordFormat.length(good, end);
      number++;
    }
    return number;
  }

  @Test
  void anyByteThatIsChangedCostsItsRecordOnly() throws IOException {
    for (int bit : new int[] {1, 0x80, 0xff}) {
      for (int offset = 0; offset < good.length; offset++) {
        byte[] bad = good.clone();
        bad[offset] ^= (byte) bit;
        Files.write(file, bad);
        Set<Integer> found = found();
        assertThat(found)
            .as("offset %s", offset)
            .hasSize(ENTRIES - 1)
            .doesNotContain(recordAt(offset));
      }
    }
    assertThat(disk.counted).hasSize(3 * good.length).containsOnly("disk damaged");
  }

  @Test
  void whatIsBeforeTheEndIsFoundWhereverTheFileEnds() throws IOException {
    for (int length = 0; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThat(found()).hasSize(recordAt(length));
    }
  }

  @Test
  void zeroesCostWhatTheyCoverOnly() throws IOException {
    for (int from = 0; from + 50 <= good.length; from += 7) {
      byte[] bad = good.clone();
      Arrays.fill(bad, from, from + 50, (byte) 0);
      Files.write(file, bad);
      assertThat(found().size()).isGreaterThanOrEqualTo(ENTRIES - 2);
    }
    byte[] longer = Arrays.copyOf(good, good.length + 10_000); // as after a power cut
    Files.write(file, longer);
    assertThat(found()).hasSize(ENTRIES);
    Files.write(file, new byte[5000]);
    assertThat(found()).isEmpty();
  }

  @Test
  void bytesInBetweenCostNothing() throws IOException {
    int cut = RecordFormat.length(good, 0);
    byte[] bad = new byte[good.length + 300_000]; // more than is read at a time
    System.arraycopy(good, 0, bad, 0, cut);
    Arrays.fill(bad, cut, cut + 300_000, good[0]);
    System.arraycopy(good, cut, bad, cut + 300_000, good.length - cut);
    Files.write(file, bad);
    assertThat(found()).hasSize(ENTRIES);
  }

  @Test
  void damageThatHappensWhileItIsOpenIsNoticed() throws IOException {
    DiskStore store = disk.open();
    byte[] bad = good.clone();
    bad[good.length - 3] ^= 4;
    Files.write(file, bad);
    assertThat(get(store, key(ENTRIES - 1))).isNull();
    assertThat(same(get(store, key(0)), original(0))).isTrue();
    assertThat(disk.counted).containsExactly("disk damaged");
    Files.write(file, new byte[10]);
    assertThat(get(store, key(0))).isNull();
  }

  @Test
  void aRecordOfAnotherFileIsNone() throws IOException {
    Path other = file.resolveSibling(new SegmentName("7", 99, 123456789L).file());
    Files.move(file, other);
    assertThat(found()).isEmpty();
  }

  @Test
  void anEntryThatLooksLikeRecordsCannotPassForThem() throws IOException {
    DiskStore store = disk.open();
    EntryKey victim = key(100);
    // The best that can be done without the name of the file.
    SegmentName guess = new SegmentName("0", 1, 0x1234567812345678L);
    byte[] forged = RecordFormat.entry(guess, victim, Long.MAX_VALUE / 2, entry(666));
    StoredEntry host = new StoredEntry(1, Entries.NEVER, "m", "r", "", new byte[0], forged);
    store.put(key(50), host);
    store.close();
    byte[] bytes = Files.readAllBytes(file);
    bytes[good.length + 20] ^= 1; // the record around it
    Files.write(file, bytes);
    DiskStore again = disk.open();
    assertThat(get(again, victim)).isNull();
    assertThat(get(again, key(50))).isNull();
  }

  @Test
  void filesOfALaterVersionAreLeftAloneAndSaidOnce() throws IOException {
    Path future = file.resolveSibling(file.getFileName().toString().replace(".hg1", ".hg2"));
    Files.write(future, good);
    Files.write(future.resolveSibling("0-00-00.hg3"), new byte[] {1});
    Files.write(future.resolveSibling("notes.txt"), new byte[] {1});
    DiskStore store = disk.open();
    assertThat(await(store.purge(new Purge(null, null, null, Long.MAX_VALUE)))).isEqualTo(ENTRIES);
    disk.now += 5000;
    assertThat(get(store, key(0))).isNull();
    assertThat(Files.readAllBytes(future)).isEqualTo(good);
    assertThat(disk.said).hasSize(1).first().asString().contains("later version");
  }

  @Test
  void lengthsAreNotBelieved() {
    SegmentName name = new SegmentName("0", 1, 42);
    byte[] record = RecordFormat.entry(name, key(1), 1, entry(1));
    for (int at = 69; at < 85; at++) {
      for (byte value : new byte[] {(byte) 0x80, 0x7f, (byte) 0xff}) {
        byte[] bad = record.clone();
        bad[at] = value;
        // As if the sum fitted.
        RecordFormat.Head head = RecordFormat.head(bad, 0, bad.length);
        if (head != null) {
          RecordFormat.entry(bad, head);
        }
      }
    }
    assertThat(RecordFormat.verified(record, name)).isNotNull();
    assertThat(RecordFormat.verified(new byte[10], name)).isNull();
  }
}
