// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import org.jspecify.annotations.Nullable;

/**
 * What the app asks of the cache for one call.
 *
 * @param control what may be read and written
 * @param ttlSeconds how long the answer may be used; -1 if not said
 * @param key what takes the place of the computed key; null if not said
 */
public record CacheOptions(Control control, long ttlSeconds, @Nullable String key) {

  /** Of a call that asks for nothing. */
  public static final CacheOptions NONE = new CacheOptions(Control.UNSAID, -1, null);

  /** What may be read and written. */
  public enum Control {
    /** What the configuration says. */
    UNSAID,
    /** Both, even where no rule of the configuration matches. */
    ON,
    /** Neither. */
    OFF,
    /** Nothing is read; the new answer takes the place of the stored one. */
    REFRESH,
    /** Nothing is written. */
    NO_STORE,
    /** Nothing is sent: the cache answers, or nobody. */
    ONLY
  }

  /** Whether the call asks for the cache by itself, wherever no rule does. */
  public boolean turnsOn() {
    return switch (control) {
      case OFF, UNSAID -> control == Control.UNSAID && (ttlSeconds >= 0 || key != null);
      default -> true;
    };
  }
}
