// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * What the packed Caffeine calls in the place of {@link System}: the same, but for a logger that
 * says nothing. The JDK's would initialise java.util.logging, or the application's own logging,
 * before the application does.
 */
public final class QuietSystem {

  private QuietSystem() {}

  public static long nanoTime() {
    return System.nanoTime();
  }

  public static int identityHashCode(@Nullable Object object) {
    return System.identityHashCode(object);
  }

  public static System.Logger getLogger(String name) {
    return new Silence(name);
  }

  private record Silence(String name) implements System.Logger {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return false;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {}

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {}
  }
}
