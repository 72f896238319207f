// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatcherTest {
  private static final long LATER = 1000;
  private static final long SOON = 200;

  @TempDir Path directory;
  private final Fixture fixture = new Fixture();
  private final List<String> environments = new ArrayList<>();
  private final List<String> rejections = new ArrayList<>();
  private final CountDownLatch reload = new CountDownLatch(1);
  private long now = 1_000_000;
  private Path file;

  @BeforeEach
  void writeTheFirstOne() throws IOException {
    file = directory.resolve("headgate.yaml");
    write("environment: one");
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(now));
  }

  private ConfigWatcher watcher() {
    ConfigLoader loader = loader();
    return new ConfigWatcher(loader, loader.load(null), new Recorder(), () -> now);
  }

  private ConfigLoader loader() {
    return new ConfigLoader(
        Fixture.PROVIDERS, fixture.env, fixture.props, ConfigCheck.NONE, directory.toFile());
  }

  private final class Recorder implements ConfigWatcher.Listener {
    @Override
    public void reloaded(Config config) {
      environments.add(config.environment());
      reload.countDown();
    }

    @Override
    public void rejected(ConfigException reason) {
      rejections.addAll(reason.problems());
    }

    @Override
    public void failed(Throwable fault) {
      rejections.add(fault.toString());
    }
  }

  /** As often as it takes to see a change and to confirm it. */
  private void settle(ConfigWatcher watcher) {
    if (watcher.poll() == SOON) {
      watcher.poll();
    }
  }

  @Test
  void anUnchangedFileIsNotReadAgain() {
    ConfigWatcher watcher = watcher();
    now += 60_000;
    assertThat(watcher.poll()).isEqualTo(LATER);
    assertThat(watcher.poll()).isEqualTo(LATER);
    assertThat(environments).isEmpty();
  }

  @Test
  void aChangeCountsOnceItIsConfirmed() throws IOException {
    ConfigWatcher watcher = watcher();
    write("environment: two");
    assertThat(watcher.poll()).isEqualTo(SOON);
    assertThat(environments).isEmpty();
    assertThat(watcher.poll()).isEqualTo(LATER);
    assertThat(environments).containsExactly("two");
    assertThat(watcher.poll()).isEqualTo(LATER);
    assertThat(environments).containsExactly("two");
  }

  @Test
  void aFileThatIsStillBeingWrittenIsNotTaken() throws IOException {
    ConfigWatcher watcher = watcher();
    write("environment: tw");
    watcher.poll();
    write("environment: two");
    assertThat(watcher.poll()).isEqualTo(SOON);
    watcher.poll();
    assertThat(environments).containsExactly("two");
  }

  @Test
  void aChangeWithinOneStepOfTheClockIsSeen() throws IOException {
    ConfigWatcher watcher = watcher();
    settle(watcher);
    write("environment: eno");
    settle(watcher);
    assertThat(environments).containsExactly("eno");
  }

  @Test
  void linksThatAreSwappedAreSeenEvenWithTheSameTimeAndSize() throws IOException {
    Files.delete(file);
    for (String version : List.of("v1", "v2")) {
      Path folder = Files.createDirectory(directory.resolve(version));
      Path real = Files.writeString(folder.resolve("headgate.yaml"), "environment: " + version);
      Files.setLastModifiedTime(real, FileTime.fromMillis(1000));
    }
    Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("v1"));
    Files.createSymbolicLink(file, Path.of("..data", "headgate.yaml"));
    ConfigWatcher watcher = watcher();
    settle(watcher);
    Path next = Files.createSymbolicLink(directory.resolve("..next"), Path.of("v2"));
    Files.move(next, data, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    settle(watcher);
    assertThat(environments).containsExactly("v2");
  }

  @Test
  void anInvalidFileIsRejectedOnceBeforeTheNextGoodOneAndOnceAfterIt() throws IOException {
    ConfigWatcher watcher = watcher();
    write("mod: x");
    settle(watcher);
    settle(watcher);
    write("environment: two");
    settle(watcher);
    write("mod: x");
    settle(watcher);
    assertThat(environments).containsExactly("two");
    String rejection = "headgate.yaml:1:1: unknown key \"mod\"; did you mean \"mode\"?";
    assertThat(rejections).containsExactly(rejection, rejection);
    write("mod: y");
    settle(watcher);
    write("mod: x");
    settle(watcher);
    assertThat(rejections).hasSize(3);
  }

  @Test
  void aFileThatGoesIsRejectedAndOneThatComesBackIsTaken() throws IOException {
    ConfigWatcher watcher = watcher();
    Files.delete(file);
    settle(watcher);
    settle(watcher);
    assertThat(rejections).containsExactly("headgate.yaml does not exist");
    write("environment: two");
    settle(watcher);
    assertThat(environments).containsExactly("two");
  }

  @Test
  void aFileThatIsGoneForAMomentIsNoMatter() throws IOException {
    ConfigWatcher watcher = watcher();
    Files.delete(file);
    assertThat(watcher.poll()).isEqualTo(SOON);
    write("environment: one");
    assertThat(watcher.poll()).isEqualTo(LATER);
    assertThat(rejections).isEmpty();
    assertThat(environments).isEmpty();
  }

  @Test
  void withoutAFileThereIsNothingToWatch() throws IOException {
    Files.delete(file);
    ConfigLoader loader = loader();
    Loaded loaded = loader.load(null);
    assertThatThrownBy(() -> new ConfigWatcher(loader, loaded, new Recorder()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theThreadReportsAndEnds() throws Exception {
    List<Thread> threads = new ArrayList<>();
    ConfigWatcher watcher = watcher();
    watcher.start(
        task -> {
          Thread thread = new Thread(task, "watcher");
          thread.setDaemon(true);
          threads.add(thread);
          return thread;
        });
    write("environment: two");
    assertThat(reload.await(30, TimeUnit.SECONDS)).isTrue();
    watcher.close();
    threads.get(0).join(30_000);
    assertThat(threads).hasSize(1);
    assertThat(threads.get(0).isAlive()).isFalse();
    assertThat(environments).containsExactly("two");
  }
}
