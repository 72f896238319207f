// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Config.Fail;
import io.headgate.config.ConfigFile.Unreadable;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the file by looking at it once a second: that works on every file system, through
 * symbolic links that are swapped (Kubernetes ConfigMaps), and for files that are replaced.
 *
 * <p>A change counts when two looks, a fifth of a second apart, find the same: a file that an
 * editor is still writing can be valid half-way. All methods but {@link #close} are for one thread.
 */
public final class ConfigWatcher implements AutoCloseable {
  private static final long INTERVAL_MS = 1000;
  private static final long CONFIRM_MS = 200;

  /** File systems tell times to two seconds or better (FAT is the coarsest). */
  private static final long TIME_STEP_MS = 2000;

  private static final int MAX_REMEMBERED = 64;

  /** Told what became of a change, on the watcher's thread. */
  public interface Listener {
    /** The file is good: use this from now on. */
    void reloaded(Config config);

    /**
     * The file is bad, and the configuration in use stays. Once for each distinct content since the
     * last good one.
     */
    void rejected(ConfigException reason);

    /** Watching itself failed; it goes on. */
    void failed(Throwable fault);
  }

  private final ConfigLoader loader;
  private final File file;
  private final String name;
  private final Listener listener;
  private final LongSupplier wallClock;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Look current;
  private @Nullable Look unconfirmed;
  private @Nullable Stamp settled;

  /** Hashes of rejected content. Bounded; a collision costs a message, not a reload. */
  private final Set<Integer> rejected = new HashSet<>();

  /** What a look at the file found: its bytes, or why there are none. */
  private static final class Look {
    final byte[] bytes;
    final String unreadable;

    Look(byte[] bytes, String unreadable) {
      this.bytes = bytes;
      this.unreadable = unreadable;
    }

    boolean same(Look other) {
      return Arrays.equals(bytes, other.bytes) && unreadable.equals(other.unreadable);
    }

    int hash() {
      return 31 * Arrays.hashCode(bytes) + unreadable.hashCode();
    }
  }

  /** What changes when the content does, unless that happens within one step of the file's time. */
  private record Stamp(String target, long modified, long length) {}

  /**
   * @param loader what read the first configuration
   * @param loaded that configuration, from a file
   */
  public ConfigWatcher(ConfigLoader loader, Loaded loaded, Listener listener) {
    this(loader, loaded, listener, System::currentTimeMillis);
  }

  ConfigWatcher(ConfigLoader loader, Loaded loaded, Listener listener, LongSupplier wallClock) {
    File watched = loaded.file();
    if (watched == null) {
      throw new IllegalArgumentException("there is no file to watch");
    }
    this.loader = loader;
    this.file = watched;
    this.name = loaded.name();
    this.listener = listener;
    this.wallClock = wallClock;
    this.current = new Look(loaded.bytes(), "");
  }

  /** Starts the one thread that watches. The factory makes it a daemon with the right loader. */
  public void start(ThreadFactory threads) {
    threads.newThread(this::watch).start();
  }

  private void watch() {
    long wait = INTERVAL_MS;
    try {
      while (!closed.await(wait, TimeUnit.MILLISECONDS)) {
        try {
          wait = poll();
        } catch (Throwable fault) {
          wait = INTERVAL_MS;
          listener.failed(fault);
        }
      }
    } catch (InterruptedException e) {
      // Somebody wants the thread to end; so be it.
    }
  }

  /** Looks once, and tells the listener. Returns after how many milliseconds to look again. */
  long poll() {
    Stamp stamp = stamp();
    if (stamp.equals(settled) && unconfirmed == null) {
      return INTERVAL_MS;
    }
    Look look = look();
    if (look.same(current)) {
      unconfirmed = null;
      // A stamp as young as this may be that of the next content, too.
      settled = wallClock.getAsLong() - stamp.modified() > TIME_STEP_MS ? stamp : null;
      return INTERVAL_MS;
    }
    if (unconfirmed == null || !look.same(unconfirmed)) {
      unconfirmed = look;
      return CONFIRM_MS;
    }
    unconfirmed = null;
    current = look;
    take(look);
    return INTERVAL_MS;
  }

  private void take(Look look) {
    try {
      if (!look.unreadable.isEmpty()) {
        // What the file said about failing is settled: the application runs.
        throw new ConfigException(List.of(name + " " + look.unreadable), Fail.OPEN);
      }
      Config config = loader.parse(name, look.bytes);
      // Should the same mistake come back, it is told again.
      rejected.clear();
      listener.reloaded(config);
    } catch (ConfigException e) {
      if (rejected.size() >= MAX_REMEMBERED) {
        rejected.clear();
      }
      if (rejected.add(look.hash())) {
        listener.rejected(e);
      }
    }
  }

  private Look look() {
    try {
      return new Look(ConfigFile.bytes(file), "");
    } catch (Unreadable e) {
      return new Look(new byte[0], e.reason());
    }
  }

  private Stamp stamp() {
    String target;
    try {
      target = file.getCanonicalPath();
    } catch (IOException e) {
      target = "";
    }
    return new Stamp(target, file.lastModified(), file.length());
  }

  /** Ends the thread, soon. */
  @Override
  public void close() {
    closed.countDown();
  }
}
