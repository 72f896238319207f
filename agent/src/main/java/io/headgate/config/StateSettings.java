// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import org.jspecify.annotations.Nullable;

/**
 * Where entries are kept.
 *
 * @param type the home; null if nothing is said: on disk once a cache is configured
 * @param path the directory on disk
 * @param memory how much may be kept in memory, in bytes
 * @param disk how much may be kept on disk, in bytes
 * @param url where Redis is, credentials included; null unless that is the home
 * @param timeoutMillis the longest that a call waits for Redis
 */
public record StateSettings(
    @Nullable Type type,
    String path,
    long memory,
    long disk,
    @Nullable Secret url,
    int timeoutMillis) {

  /** What holds when nothing is configured; {@code path} is below the user's home. */
  public static StateSettings usual(String home) {
    return new StateSettings(null, home + "/.headgate", 64L << 20, 1L << 30, null, 50);
  }

  /** The homes. */
  public enum Type {
    MEMORY,
    DISK,
    REDIS
  }
}
