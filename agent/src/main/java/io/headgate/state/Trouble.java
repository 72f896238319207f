// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;

/**
 * That something does not work: said when it begins and when it is over. What failed is tried again
 * after a minute. Thread-safe, though told by the I/O thread only.
 */
final class Trouble {

  static final long PAUSE_MILLIS = 60_000;

  private final Path path;
  private final String what;
  private final String meaning;
  private final InstantSource clock;
  private final StateLog log;
  private volatile boolean bad;
  private volatile long lastMillis;

  /**
   * @param what cannot be done
   * @param meaning for answers
   */
  Trouble(Path path, String what, String meaning, InstantSource clock, StateLog log) {
    this.path = path;
    this.what = what;
    this.meaning = meaning;
    this.clock = clock;
    this.log = log;
  }

  void failed(IOException e) {
    lastMillis = clock.millis();
    if (!bad) {
      bad = true;
      log.say(
          "the disk cache in "
              + path
              + " cannot be "
              + what
              + " ("
              + reason(e)
              + "): "
              + meaning
              + "; "
              + advice(e)
              + "; it is tried again every minute");
    }
  }

  void worked() {
    if (bad) {
      bad = false;
      log.say("the disk cache in " + path + " can be " + what + " again");
    }
  }

  /** For what is tried all the time: over when it has worked for a minute. */
  void workedThisTime() {
    if (bad && pausedEnough()) {
      worked();
    }
  }

  boolean isBad() {
    return bad;
  }

  /** Whether it is to be tried. */
  boolean isDue() {
    return !bad || pausedEnough();
  }

  private boolean pausedEnough() {
    return Math.abs(clock.millis() - lastMillis) >= PAUSE_MILLIS;
  }

  static String reason(Exception e) {
    if (e instanceof AccessDeniedException denied) {
      return "permission denied: " + denied.getFile();
    }
    if (e instanceof FileAlreadyExistsException file) {
      return "not a directory: " + file.getFile();
    }
    if (e instanceof NotDirectoryException file) {
      return "not a directory: " + file.getFile();
    }
    if (e instanceof NoSuchFileException file) {
      return "missing: " + file.getFile();
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }

  private static String advice(IOException e) {
    String reason = reason(e).toLowerCase(Locale.ROOT);
    if (reason.contains("no space") || reason.contains("quota")) {
      return "free space there, or set state.disk lower or state.path elsewhere";
    }
    if (reason.contains("permission") || reason.contains("not permitted")) {
      return "let the user of this JVM write there, or set state.path";
    }
    if (reason.contains("read-only")) {
      return "set state.path to a directory that can be written";
    }
    if (reason.contains("not a directory")) {
      return "move that file away, or set state.path";
    }
    return "check the disk, or set state.path";
  }
}
