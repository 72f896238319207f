// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.Entries.await;
import static io.headgate.state.Entries.entry;
import static io.headgate.state.Entries.get;
import static io.headgate.state.Entries.key;
import static io.headgate.state.Entries.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStoreTest {

  @TempDir Path temporary;
  private DiskFixture disk;

  @BeforeEach
  void open() {
    disk = new DiskFixture(temporary.resolve("state"));
  }

  @AfterEach
  void close() {
    disk.close();
  }

  @Test
  void whatWasPutIsFoundBeforeAndAfterItIsWritten() {
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    assertThat(same(get(store, key(1)), entry(1))).isTrue();
    await(store.flushed());
    assertThat(same(get(store, key(1)), entry(1))).isTrue();
    assertThat(get(store, key(2))).isNull();
  }

  @Test
  void aBatchIsFoundWrittenOrNot() {
    DiskStore store = disk.open();
    List<EntryKey> keys = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      keys.add(key(i));
      assertThat(store.put(key(i), entry(i))).isTrue();
      if (i == 1000) {
        await(store.flushed());
      }
    }
    keys.add(key(9999));
    store.remove(key(7));
    assertThat(await(store.getAll(keys))).hasSize(1999).doesNotContainKeys(key(7), key(9999));
    await(store.flushed());
    assertThat(await(store.getAll(keys))).hasSize(1999).doesNotContainKeys(key(7), key(9999));
    assertThat(same(await(store.getAll(keys)).get(key(1234)), entry(1234))).isTrue();
    assertThat(disk.counted).isEmpty();
  }

  @Test
  void everythingIsThereAfterARestart() {
    DiskStore store = disk.open();
    for (int i = 0; i < 1000; i++) {
      store.put(key(i), entry(i, i * 3, Entries.NEVER, i % 2 == 0 ? "group" : ""));
    }
    store.put(key(5000), entry(5000, 1 << 20)); // larger than a batch
    store.close();
    DiskStore again = disk.open();
    for (int i = 0; i < 1000; i++) {
      assertThat(
              same(get(again, key(i)), entry(i, i * 3, Entries.NEVER, i % 2 == 0 ? "group" : "")))
          .isTrue();
    }
    assertThat(same(get(again, key(5000)), entry(5000, 1 << 20))).isTrue();
    assertThat(again.sizes().entries()).isEqualTo(1001);
    assertThat(disk.counted).isEmpty();
  }

  @Test
  void theNextStartGoesOnInTheSameFile() throws IOException {
    for (int i = 0; i < 5; i++) {
      DiskStore store = disk.open();
      store.put(key(i), entry(i));
      store.close();
    }
    assertThat(disk.segments()).hasSize(1);
    DiskStore last = disk.open();
    for (int i = 0; i < 5; i++) {
      assertThat(same(get(last, key(i)), entry(i))).isTrue();
    }
  }

  @Test
  void theLastPutHoldsAlsoAfterARestart() {
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    await(store.flushed());
    store.put(key(1), entry(2));
    store.close();
    assertThat(get(disk.open(), key(1)).createdMillis()).isEqualTo(1002);
  }

  @Test
  void aRemovedEntryStaysRemoved() {
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    store.put(key(2), entry(2));
    store.remove(key(1));
    assertThat(get(store, key(1))).isNull();
    await(store.flushed());
    assertThat(get(store, key(1))).isNull();
    store.close();
    DiskStore again = disk.open();
    assertThat(get(again, key(1))).isNull();
    assertThat(get(again, key(2))).isNotNull();
    again.put(key(1), entry(3));
    again.close();
    assertThat(get(disk.open(), key(1)).createdMillis()).isEqualTo(1003);
  }

  @Test
  void aRemovalHoldsAlsoIfTheClockWasSetBack() {
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    await(store.flushed());
    disk.now -= 500_000;
    store.remove(key(1));
    store.close();
    assertThat(get(disk.open(), key(1))).isNull();
  }

  @Test
  void anEntryIsGoneFromTheMillisecondOnThatItExpires() {
    DiskStore store = disk.open();
    store.put(key(1), entry(1, 10, disk.now + 100, ""));
    disk.now += 99;
    await(store.flushed());
    assertThat(get(store, key(1))).isNotNull();
    disk.now += 1;
    assertThat(get(store, key(1))).isNull();
    store.close();
    DiskStore again = disk.open();
    assertThat(get(again, key(1))).isNull();
    assertThat(again.sizes()).isEqualTo(new EntryStore.Sizes(0, 0));
  }

  @Test
  void anExpiredEntryDoesNotUncoverTheOneItReplaced() {
    DiskStore store = disk.open();
    store.put(key(1), entry(1, 10, disk.now + 1000, ""));
    store.put(key(1), entry(2, 10, disk.now + 100, ""));
    store.close();
    disk.now += 500;
    assertThat(get(disk.open(), key(1))).isNull();
  }

  @Test
  void purgesByKeyModelRouteAndAgeForGood() {
    DiskStore store = disk.open();
    for (int i = 0; i < 9; i++) {
      store.put(key(i), entry(i));
    }
    assertThat(await(store.purge(new Purge(null, "m1", "other", Long.MAX_VALUE)))).isZero();
    assertThat(await(store.purge(new Purge(null, "m1", "r", Long.MAX_VALUE)))).isEqualTo(3);
    assertThat(await(store.purge(new Purge(null, null, null, 1003)))).isEqualTo(2);
    String prefix = key(8).toString().substring(0, 20);
    assertThat(await(store.purge(new Purge(prefix, null, null, Long.MAX_VALUE)))).isEqualTo(1);
    store.close();
    DiskStore again = disk.open();
    Set<Integer> left = new TreeSet<>();
    for (int i = 0; i < 9; i++) {
      if (get(again, key(i)) != null) {
        left.add(i);
      }
    }
    assertThat(left).containsExactly(3, 5, 6);
    assertThat(again.sizes().entries()).isEqualTo(3);
  }

  @Test
  void whatWasPurgedIsNotInTheFilesAnyMore() throws IOException {
    DiskStore store = disk.open();
    for (int i = 0; i < 2000; i++) {
      store.put(key(i), entry(i, 1000));
    }
    assertThat(await(store.purge(new Purge(null, null, null, Long.MAX_VALUE)))).isEqualTo(2000);
    assertThat(disk.size()).isLessThan(2000 * 100);
    store.close();
    assertThat(disk.open().sizes().entries()).isZero();
  }

  @Test
  void goesThroughTheEntriesOfGroups() {
    DiskStore store = disk.open();
    for (int i = 0; i < 300; i++) {
      store.put(key(i), entry(i, 10, disk.now + 1000 + i, i % 3 == 0 ? "g" + i : ""));
    }
    store.remove(key(3));
    await(store.flushed());
    disk.now += 1010;
    List<String> seen = new ArrayList<>();
    Thread here = Thread.currentThread();
    await(
        store.eachOfAGroup(
            (key, group, index, expires) -> {
              assertThat(Thread.currentThread()).isNotSameAs(here);
              assertThat(index).containsExactly(Integer.parseInt(group.substring(1)));
              seen.add(key.d() + group);
            }));
    List<String> expected = new ArrayList<>();
    for (int i = 12; i < 300; i += 3) {
      expected.add(i + "g" + i);
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void aVisitorThatFailsEndsItsWalkOnly() {
    DiskStore store = disk.open();
    store.put(key(1), entry(1, 10, Entries.NEVER, "g"));
    assertThatThrownBy(
            () ->
                store
                    .eachOfAGroup(
                        (key, group, index, expires) -> {
                          throw new IllegalStateException("mine");
                        })
                    .toCompletableFuture()
                    .join())
        .hasRootCauseMessage("mine");
    assertThat(get(store, key(1))).isNotNull();
  }

  @Test
  void onlyTheUserCanReadWhatIsKept() throws IOException {
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    store.close();
    assertThat(permissions(disk.path)).isEqualTo("rwx------");
    assertThat(permissions(disk.cache())).isEqualTo("rwx------");
    for (Path each : new DiskFiles().list(disk.cache())) {
      assertThat(permissions(each)).as(each.toString()).isEqualTo("rw-------");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void theSecretIsThatOfTheDirectory() throws IOException {
    DiskStore store = disk.open();
    byte[] secret = await(store.secret());
    assertThat(secret).hasSize(32);
    assertThat(await(disk.open().secret())).isEqualTo(secret);
    store.close();
    assertThat(await(disk.open().secret())).isEqualTo(secret);
    assertThat(new DiskFiles().list(disk.cache()))
        .noneMatch(each -> each.getFileName().toString().startsWith("secret."));
  }

  @Test
  void aDamagedSecretIsMadeAnewAndSaidOnce() throws IOException {
    DiskStore store = disk.open();
    byte[] secret = await(store.secret());
    store.close();
    byte[] bytes = Files.readAllBytes(disk.cache().resolve("secret"));
    bytes[5] ^= 1;
    Files.write(disk.cache().resolve("secret"), bytes);
    DiskStore again = disk.open();
    byte[] other = await(again.secret());
    assertThat(other).hasSize(32).isNotEqualTo(secret);
    again.close();
    assertThat(await(disk.open().secret())).isEqualTo(other);
    assertThat(disk.said).hasSize(1).first().asString().contains("secret", "made anew");
  }

  @Test
  void anInterruptedCallerDisturbsNothing() {
    DiskStore store = disk.open();
    for (int i = 0; i < 50; i++) {
      Thread.currentThread().interrupt();
      store.put(key(i), entry(i));
      var unused = store.get(key(i - 1));
      assertThat(Thread.interrupted()).isTrue();
    }
    await(store.flushed());
    Thread.currentThread().interrupt();
    store.close();
    assertThat(Thread.interrupted()).isTrue();
    DiskStore again = disk.open();
    for (int i = 0; i < 50; i++) {
      assertThat(same(get(again, key(i)), entry(i))).isTrue();
    }
    assertThat(disk.counted).isEmpty();
  }

  @Test
  void anInterruptOfTheThreadThatReadsAndWritesDoesNoHarm() {
    List<Thread> threads = new ArrayList<>();
    DiskStore store =
        new DiskStore(
            disk.path,
            disk.bytes,
            disk,
            disk,
            task -> {
              threads.add(DiskFixture.threads().newThread(task));
              return threads.get(threads.size() - 1);
            });
    Thread io = threads.get(0);
    await(store.flushed());
    for (int i = 0; i < 200; i++) {
      io.interrupt();
      store.put(key(i), entry(i));
      await(store.flushed());
      io.interrupt();
      assertThat(same(get(store, key(i)), entry(i))).isTrue();
    }
    store.close();
    DiskStore again = disk.open();
    for (int i = 0; i < 200; i++) {
      assertThat(same(get(again, key(i)), entry(i))).isTrue();
    }
    assertThat(disk.counted).isEmpty();
  }

  @Test
  void aClosedStoreFindsNothingAndFailsPurges() {
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    store.close();
    store.close();
    store.put(key(2), entry(2));
    store.remove(key(1));
    assertThat(get(store, key(1))).isNull();
    assertThat(await(store.eachOfAGroup((k, g, i, e) -> {}))).isNull();
    assertThat(await(store.secret())).hasSize(32);
    assertThatThrownBy(
            () ->
                store
                    .purge(new Purge(null, null, null, Long.MAX_VALUE))
                    .toCompletableFuture()
                    .join())
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void whatIsPutBeforeItIsOpenIsKept() {
    DiskStore store = new DiskStore(disk.path, disk.bytes, disk, disk, DiskFixture.threads());
    store.put(key(1), entry(1));
    store.close();
    assertThat(same(get(disk.open(), key(1)), entry(1))).isTrue();
  }

  @Test
  void anEntryThatIsTooLargeIsDroppedWithTheOneItReplaces() {
    disk.bytes = 100_000;
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    store.put(key(1), entry(2, 30_000));
    assertThat(get(store, key(1))).isNull();
    assertThat(disk.counted).containsExactly("disk dropped");
  }
}
