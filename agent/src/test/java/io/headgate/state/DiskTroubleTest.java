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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks and directories that cannot be used: said once, tried again, never the caller's matter. */
class DiskTroubleTest {

  private static final Purge ALL = new Purge(null, null, null, Long.MAX_VALUE);

  @TempDir Path temporary;
  private DiskFixture disk;

  /** A disk that is full after so many bytes, and can be broken. */
  private static final class Limited extends DiskFiles {
    volatile long left = Long.MAX_VALUE;
    volatile boolean unreadable;
    volatile boolean unlockable;
    volatile CountDownLatch hang = new CountDownLatch(0);

    @Override
    void write(FileChannel channel, long position, ByteBuffer bytes) throws IOException {
      if (bytes.remaining() > left) {
        ByteBuffer part = bytes.slice().limit((int) left);
        left = 0;
        super.write(channel, position, part);
        throw new IOException("No space left on device");
      }
      left -= bytes.remaining();
      super.write(channel, position, bytes);
    }

    @Override
    int read(FileChannel channel, long position, byte[] into, int offset, int length)
        throws IOException {
      try {
        hang.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (unreadable) {
        throw new IOException("Input/output error");
      }
      return super.read(channel, position, into, offset, length);
    }

    @Override
    FileLock lock(FileChannel channel) throws IOException {
      if (unlockable) {
        throw new IOException("No locks available");
      }
      return super.lock(channel);
    }
  }

  private static final class Forbidding extends DiskFiles {
    @Override
    FileChannel create(Path file) throws IOException {
      throw new AccessDeniedException(file.toString());
    }
  }

  @BeforeEach
  void make() {
    disk = new DiskFixture(temporary.resolve("state"));
  }

  @AfterEach
  void close() {
    disk.close();
  }

  @Test
  void aFullDiskCostsNewEntriesOnlyUntilThereIsRoomAgain() {
    Limited files = new Limited();
    disk.files = () -> files;
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    await(store.flushed());
    files.left = 150;
    for (int i = 2; i < 10; i++) {
      store.put(key(i), entry(i));
      await(store.flushed());
    }
    assertThat(disk.said).hasSize(1);
    assertThat(disk.said.get(0))
        .contains(disk.cache().toString(), "No space left", "memory only", "state.disk");
    assertThat(disk.counted).containsOnlyOnce("disk write").contains("disk dropped");
    assertThat(get(store, key(2))).isNull();
    assertThat(same(get(store, key(1)), entry(1))).isTrue();

    disk.now += Trouble.PAUSE_MILLIS;
    store.put(key(11), entry(11)); // tried, in vain
    await(store.flushed());
    files.left = Long.MAX_VALUE;
    store.put(key(12), entry(12)); // not tried
    assertThat(disk.said).hasSize(1);
    disk.now += Trouble.PAUSE_MILLIS;
    store.put(key(13), entry(13));
    await(store.flushed());
    assertThat(disk.said).hasSize(2).last().asString().contains("again");
    store.close();
    DiskStore again = disk.open();
    assertThat(get(again, key(12))).isNull();
    assertThat(same(get(again, key(13)), entry(13))).isTrue();
    assertThat(same(get(again, key(1)), entry(1))).isTrue();
    assertThat(disk.counted).doesNotContain("disk damaged");
  }

  @Test
  void onAFullDiskARemovalAndAReplacedEntryAreGoneAllTheSame() {
    Limited files = new Limited();
    disk.files = () -> files;
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    store.put(key(2), entry(2));
    await(store.flushed());
    files.left = 0;
    store.remove(key(1));
    await(store.flushed());
    assertThat(get(store, key(1))).isNull();
    assertThatThrownBy(() -> store.purge(ALL).toCompletableFuture().join())
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
  }

  @Test
  void aFileInThePlaceOfTheDirectoryMeansMemoryUntilItIsMoved() throws IOException {
    Files.writeString(disk.path, "mine");
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    await(store.flushed());
    assertThat(get(store, key(1))).isNull();
    assertThat(disk.said).hasSize(1);
    assertThat(disk.said.get(0))
        .containsIgnoringCase("not a directory")
        .contains("state.path", "memory only");
    assertThat(store.usable()).isFalse();
    assertThat(store.put(key(1), entry(1))).as("is kept").isFalse();
    byte[] secret = await(store.secret());
    assertThat(secret).hasSize(32);
    assertThatThrownBy(() -> store.purge(ALL).toCompletableFuture().join())
        .hasCauseInstanceOf(IOException.class);
    assertThat(Files.readString(disk.path)).isEqualTo("mine");

    Files.delete(disk.path);
    disk.now += Trouble.PAUSE_MILLIS;
    assertThat(get(store, key(1))).isNull(); // has it look around
    store.put(key(2), entry(2));
    await(store.flushed());
    assertThat(same(get(store, key(2)), entry(2))).isTrue();
    assertThat(disk.said).hasSize(2).last().asString().contains("again");
    assertThat(await(store.secret())).isEqualTo(secret);
    store.close();
    assertThat(await(disk.open().secret())).isEqualTo(secret);
  }

  @Test
  void withoutPermissionItIsMemoryToo() {
    disk.files = Forbidding::new;
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    await(store.flushed());
    assertThat(disk.said).hasSize(1).first().asString().contains("permission denied");
    assertThat(await(store.secret())).hasSize(32);
  }

  @Test
  void aDiskThatCannotBeReadFindsNothingUntilItCan() {
    Limited files = new Limited();
    disk.files = () -> files;
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    await(store.flushed());
    files.unreadable = true;
    assertThat(get(store, key(1))).isNull();
    assertThat(get(store, key(1))).isNull();
    assertThat(disk.said).hasSize(1).first().asString().contains("cannot be read");
    files.unreadable = false;
    assertThat(same(get(store, key(1)), entry(1))).isTrue();
    disk.now += Trouble.PAUSE_MILLIS;
    assertThat(same(get(store, key(1)), entry(1))).isTrue();
    assertThat(disk.said).hasSize(2).last().asString().contains("can be read again");
  }

  @Test
  void aDiskThatHangsFindsNothingAndHoldsNobody() {
    Limited files = new Limited();
    disk.files = () -> files;
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    await(store.flushed());
    files.hang = new CountDownLatch(1);
    try {
      List<CompletableFuture<StoredEntry>> asked = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        asked.add(store.get(key(1)).toCompletableFuture());
      }
      asked.forEach(each -> assertThat(await(each)).isNull());
      assertThat(disk.counted).contains("disk timeout");
      for (int i = 0; i < 5000; i++) {
        store.put(key(i), entry(i, 10_000)); // more than may wait
      }
      assertThat(disk.counted).contains("disk dropped");
      store.close();
    } finally {
      files.hang.countDown();
    }
  }

  @Test
  void whereFilesCannotBeLockedItWorksAndSaysWhatThatMeans() throws IOException {
    disk.files =
        () -> {
          Limited files = new Limited();
          files.unlockable = true;
          return files;
        };
    DiskStore one = disk.open();
    DiskStore two = disk.open();
    one.put(key(1), entry(1));
    two.put(key(2), entry(2));
    await(one.flushed());
    await(two.flushed());
    disk.now += DiskLog.LOOK_MILLIS;
    assertThat(same(get(one, key(2)), entry(2))).isTrue();
    assertThat(same(get(two, key(1)), entry(1))).isTrue();
    assertThat(disk.segments()).hasSize(2);
    assertThat(disk.said).hasSize(2).allMatch(line -> line.contains("No locks available"));
    one.close();
    two.close();
    disk.bytes = 300; // what JVMs left long ago goes
    disk.now = System.currentTimeMillis() + 4_000_000;
    disk.open();
    assertThat(disk.segments()).hasSizeLessThan(2);
  }

  @Test
  void aDirectoryThatIsDeletedMeanwhileIsMadeAgain() throws IOException {
    DiskStore store = disk.open();
    store.put(key(1), entry(1));
    await(store.flushed());
    for (Path each : new DiskFiles().list(disk.cache())) {
      Files.delete(each);
    }
    Files.delete(disk.cache());
    disk.now += DiskLog.LOOK_MILLIS;
    assertThat(get(store, key(1))).isNull();
    store.put(key(2), entry(2));
    await(store.flushed());
    assertThat(same(get(store, key(2)), entry(2))).isTrue();
    store.close();
    assertThat(same(get(disk.open(), key(2)), entry(2))).isTrue();
    assertThat(disk.said).isEmpty();
  }
}
