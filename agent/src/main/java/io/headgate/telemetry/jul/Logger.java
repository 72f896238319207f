// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry.jul;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of {@code java.util.logging.Logger}, with the methods that the OpenTelemetry SDK
 * calls. Warnings and worse become one line on stderr, each at most once a minute. Exporters are
 * not heard at all: that a collector is away is told once, by those who watch the exports.
 */
public final class Logger {

  private static final Lines LINES = new Lines(System.err::println, System::nanoTime);

  private final Level threshold;
  private final Lines lines;

  private Logger(Level threshold, Lines lines) {
    this.threshold = threshold;
    this.lines = lines;
  }

  public static Logger getLogger(String name) {
    return of(name, LINES);
  }

  static Logger of(String name, Lines lines) {
    boolean exporter = name.contains(".exporter.") || name.contains(".export.");
    return new Logger(exporter ? Level.OFF : Level.WARNING, lines);
  }

  public boolean isLoggable(Level level) {
    return level.intValue() >= threshold.intValue() && threshold != Level.OFF;
  }

  public void log(Level level, @Nullable String message) {
    write(level, message, null);
  }

  public void log(Level level, Supplier<String> message) {
    if (isLoggable(level)) {
      write(level, message.get(), null);
    }
  }

  public void log(Level level, @Nullable String message, @Nullable Object parameter) {
    write(level, message, null);
  }

  public void log(Level level, @Nullable String message, Object @Nullable [] parameters) {
    write(level, message, null);
  }

  public void log(Level level, @Nullable String message, @Nullable Throwable thrown) {
    write(level, message, thrown);
  }

  public void severe(@Nullable String message) {
    write(Level.SEVERE, message, null);
  }

  public void warning(@Nullable String message) {
    write(Level.WARNING, message, null);
  }

  public void info(@Nullable String message) {
    write(Level.INFO, message, null);
  }

  public void fine(@Nullable String message) {
    write(Level.FINE, message, null);
  }

  public void finer(@Nullable String message) {
    write(Level.FINER, message, null);
  }

  public void finest(@Nullable String message) {
    write(Level.FINEST, message, null);
  }

  private void write(Level level, @Nullable String message, @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      // The class alone: messages of exceptions quote URLs, and with them credentials.
      String cause = thrown == null ? "" : " (" + thrown.getClass().getName() + ")";
      lines.write("headgate: telemetry: " + message + cause);
    }
  }
}
