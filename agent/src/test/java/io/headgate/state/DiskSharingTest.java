// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.Entries.await;
import static io.headgate.state.Entries.entry;
import static io.headgate.state.Entries.get;
import static io.headgate.state.Entries.key;
import static io.headgate.state.Entries.same;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several stores, of this JVM and of others, on one directory. */
class DiskSharingTest {

  private static final Purge ALL = new Purge(null, null, null, Long.MAX_VALUE);

  @TempDir Path temporary;
  private DiskFixture disk;

  @BeforeEach
  void make() {
    disk = new DiskFixture(temporary);
  }

  @AfterEach
  void close() {
    disk.close();
  }

  private void later() {
    disk.now += DiskLog.LOOK_MILLIS;
  }

  @Test
  void aStoreThatIsOpenedWhileAnotherIsOpenFindsWhatThatHas() {
    DiskStore old = disk.open();
    old.put(key(1), entry(1));
    await(old.flushed());
    DiskStore fresh = disk.open();
    assertThat(same(get(fresh, key(1)), entry(1))).isTrue();
    assertThat(await(fresh.secret())).isEqualTo(await(old.secret()));
  }

  @Test
  void eachFindsWhatTheOtherPutsRemovesAndPurges() {
    DiskStore a = disk.open();
    DiskStore b = disk.open();
    for (int i = 0; i < 500; i++) {
      (i % 2 == 0 ? a : b).put(key(i), entry(i, 2000));
    }
    await(a.flushed());
    await(b.flushed());
    later();
    for (int i = 0; i < 500; i++) {
      assertThat(same(get(a, key(i)), entry(i, 2000))).isTrue();
      assertThat(same(get(b, key(i)), entry(i, 2000))).isTrue();
    }
    a.remove(key(1)); // of b's
    await(a.flushed());
    b.put(key(2), entry(9)); // one of a's, replaced
    await(b.flushed());
    later();
    assertThat(get(b, key(1))).isNull();
    assertThat(get(a, key(2)).createdMillis()).isEqualTo(1009);
    assertThat(await(b.purge(ALL))).isEqualTo(499);
    later();
    for (int i = 0; i < 500; i++) {
      assertThat(get(a, key(i))).isNull();
    }
    a.close();
    b.close();
    assertThat(disk.open().sizes().entries()).isZero();
    assertThat(disk.counted).isEmpty();
  }

  @Test
  void aSegmentThatItsOwnerDeletesDisturbsNobody() {
    disk.bytes = 1 << 20;
    DiskStore owner = disk.open();
    for (int i = 0; i < 500; i++) {
      owner.put(key(i), entry(i, 1000));
    }
    await(owner.flushed());
    DiskStore reader = disk.open();
    assertThat(same(get(reader, key(0)), entry(0, 1000))).isTrue();
    for (int i = 500; i < 3000; i++) {
      owner.put(key(i), entry(i, 1000));
      if (i % 100 == 0) {
        await(owner.flushed());
      }
    }
    await(owner.flushed());
    for (int i = 0; i < 3000; i++) {
      StoredEntry found = get(reader, key(i));
      assertThat(found == null || same(found, entry(i, 1000))).isTrue();
    }
    later();
    for (int i = 0; i < 3000; i++) {
      StoredEntry found = get(reader, key(i));
      assertThat(found == null || same(found, entry(i, 1000))).isTrue();
    }
    assertThat(same(get(reader, key(2999)), entry(2999, 1000))).isTrue();
    assertThat(reader.sizes().entries()).isLessThan(1500);
    assertThat(disk.said).isEmpty();
  }

  @Test
  void whatAStoreLeavesIsTakenOverByOneThatLives() throws IOException {
    disk.bytes = 1 << 20;
    DiskStore gone = disk.open();
    DiskStore stays = disk.open();
    for (int i = 0; i < 700; i++) {
      gone.put(key(i), entry(i, 1000));
    }
    gone.close();
    disk.now += 20_000;
    assertThat(get(stays, key(699))).isNotNull();
    for (int i = 1000; i < 2500; i++) {
      stays.put(key(i), entry(i, 1000));
      if (i % 100 == 0) {
        await(stays.flushed());
      }
    }
    await(stays.flushed());
    assertThat(disk.size()).isLessThanOrEqualTo((1 << 20) + (1 << 16));
    for (int i = 1700; i < 2500; i++) {
      assertThat(same(get(stays, key(i)), entry(i, 1000))).isTrue();
    }
  }

  @Test
  void twoWhoFillItTogetherKeepToTheBound() throws IOException {
    disk.bytes = 1 << 20;
    DiskStore a = disk.open();
    DiskStore b = disk.open();
    for (int i = 0; i < 6000; i++) {
      (i % 2 == 0 ? a : b).put(key(i), entry(i, 1000));
      if (i % 100 == 0) {
        await(a.flushed());
        await(b.flushed());
        later();
        get(a, key(i));
        get(b, key(i));
      }
    }
    await(a.flushed());
    await(b.flushed());
    assertThat(disk.size()).isLessThan((1 << 20) + (1 << 19));
    later();
    for (int i = 5800; i < 6000; i++) {
      assertThat(same(get(a, key(i)), entry(i, 1000))).isTrue();
      assertThat(same(get(b, key(i)), entry(i, 1000))).isTrue();
    }
  }

  /** Another JVM that puts entries in a loop and says which ones were written. */
  public static final class Writer {
    private Writer() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
      DiskFixture disk = new DiskFixture(Path.of(args[0]));
      DiskStore store = disk.open();
      long from = Long.parseLong(args[1]);
      for (long i = from; ; i++) {
        store.put(key(i), entry(i, (int) (i * 37 % 5000)));
        if (i % 5 == 0) {
          await(store.flushed());
          System.out.println(i);
        }
      }
    }
  }

  private Process writer(long from) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            temporary.toString(),
            Long.toString(from))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  @Timeout(120)
  void aKilledProcessLosesNothingThatWasWritten() throws Exception {
    disk.bytes = 1L << 30;
    Random random = new Random(3);
    long from = 0;
    for (int round = 0; round < 20; round++) {
      long last = from - 1;
      Process process = writer(from);
      try (BufferedReader lines = process.inputReader()) {
        int until = 1 + random.nextInt(60);
        for (int i = 0; i < until; i++) {
          last = Long.parseLong(lines.readLine());
        }
        process.toHandle().destroyForcibly(); // leaves what it said to be read
        String more;
        while ((more = lines.readLine()) != null) {
          last = more.isEmpty() ? last : Long.parseLong(more);
        }
      } finally {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
      try (DiskStore store = disk.open()) {
        for (long i = 0; i <= last; i++) {
          StoredEntry found = get(store, key(i));
          assertThat(found).as("%s of %s in round %s", i, last, round).isNotNull();
          assertThat(same(found, entry(i, (int) (i * 37 % 5000)))).isTrue();
        }
        // What was not said to be written may be there, but must be right.
        for (long i = last + 1; i < last + 50; i++) {
          StoredEntry found = get(store, key(i));
          assertThat(found == null || same(found, entry(i, (int) (i * 37 % 5000)))).isTrue();
        }
      }
      from = last + 1;
    }
    assertThat(disk.said).isEmpty();
  }

  @Test
  @Timeout(60)
  void aLivingProcessSharesWhatItPuts() throws Exception {
    disk.bytes = 1L << 30;
    Process process = writer(0);
    try (BufferedReader lines = process.inputReader()) {
      lines.readLine();
      DiskStore store = disk.open(); // while the other one writes
      long last = 0;
      for (int i = 0; i < 200; i++) {
        last = Long.parseLong(lines.readLine());
        later();
        assertThat(same(get(store, key(last)), entry(last, (int) (last * 37 % 5000)))).isTrue();
        store.put(key(-1 - i), entry(i));
      }
      process.destroyForcibly();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      store.close();
      DiskStore again = disk.open();
      for (int i = 0; i <= last; i++) {
        assertThat(same(get(again, key(i)), entry(i, i * 37 % 5000))).isTrue();
      }
      for (int i = 0; i < 200; i++) {
        assertThat(same(get(again, key(-1 - i)), entry(i))).isTrue();
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
