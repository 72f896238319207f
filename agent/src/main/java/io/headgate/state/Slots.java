// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Whose segments are whose: each JVM holds the lock of a file {@code N.lock}, and the segments
 * whose names begin with N are its own. The operating system lets go of a lock when its process
 * ends, however it does; the segments of a slot that can be locked are then those of a JVM that is
 * gone, and whoever locks it has them. Where files cannot be locked, a slot is a random name.
 */
final class Slots implements AutoCloseable {

  private static final int MOST = 64;

  /** Where files cannot be locked: after so long without a change, their JVM counts as gone. */
  private static final long ABANDONED_MILLIS = 3_600_000;

  /**
   * Lock files held in this JVM. POSIX lets go of a process's lock on a file when the process
   * closes any channel to it: a file that is held must not even be opened again. The one place
   * where stores of one JVM know of each other.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Opened by mistake, to be closed by the end of the process only. */
  private static final Queue<FileChannel> LEFT_OPEN = new ConcurrentLinkedQueue<>();

  private final Path directory;
  private final DiskFiles files;
  private final Map<String, Held> held = new HashMap<>();
  private String mine = "";
  private @Nullable String trouble;

  private record Held(Path file, FileChannel channel, @Nullable Object inode) {}

  Slots(Path directory, DiskFiles files) throws IOException {
    this.directory = directory.toRealPath();
    this.files = files;
  }

  /** Takes the first slot that is free. */
  void take() throws IOException {
    for (int i = 0; i < MOST && mine.isEmpty(); i++) {
      String slot = Integer.toString(i);
      if (lock(slot)) {
        mine = slot;
      }
      if (trouble != null) {
        break;
      }
    }
    if (mine.isEmpty()) {
      mine = "x" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
      if (trouble == null) {
        trouble = MOST + " JVMs use it already";
      }
    }
  }

  /** This JVM's. */
  String mine() {
    return mine;
  }

  /** Why there is no lock; null if there is one. */
  @Nullable String trouble() {
    return trouble;
  }

  boolean owns(String slot) {
    return slot.equals(mine) || held.containsKey(slot);
  }

  /** Takes over the slot of a JVM that is gone; false if it is not, as far as can be told. */
  boolean adopt(String slot, long lastChangeMillis, long nowMillis) throws IOException {
    if (slot.startsWith("x")) {
      return nowMillis - lastChangeMillis > ABANDONED_MILLIS;
    }
    return trouble == null && lock(slot);
  }

  /** False if somebody has deleted our lock files: then others may believe to have our slots. */
  boolean stillHeld() throws IOException {
    for (Held each : held.values()) {
      if (!Objects.equals(each.inode, inode(each.file))) {
        return false;
      }
    }
    return true;
  }

  private boolean lock(String slot) throws IOException {
    Path file = directory.resolve(slot + ".lock");
    if (!HELD.add(file)) {
      return false;
    }
    boolean locked = false;
    try {
      FileChannel channel = files.lockFile(file);
      try {
        FileLock lock = files.lock(channel);
        if (lock != null) {
          held.put(slot, new Held(file, channel, inode(file)));
          locked = true;
        } else {
          channel.close();
        }
      } catch (OverlappingFileLockException e) {
        // Held by this process, by a store that another class loader made: see HELD.
        LEFT_OPEN.add(channel);
      } catch (IOException e) {
        trouble = Objects.requireNonNullElse(e.getMessage(), "no locks");
        channel.close();
      }
    } finally {
      if (!locked) {
        HELD.remove(file);
      }
    }
    return locked;
  }

  private static @Nullable Object inode(Path file) throws IOException {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? "there" : key; // not all file systems have one
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void close() {
    for (Held each : held.values()) {
      try {
        each.channel.close();
      } catch (IOException e) {
        // The lock goes with the process.
      }
      HELD.remove(each.file);
    }
    held.clear();
  }
}
