// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which models' answers could not be taken apart although they had to be, so that the
 * app's next try, be it its SDK's own, is sent as a whole. Thread-safe.
 */
final class WholeOnly {

  private static final long REMEMBERED_MILLIS = TimeUnit.MINUTES.toMillis(10);

  /** Nobody asks so many models for embeddings. */
  private static final int MOST = 1_000;

  private final ConcurrentMap<String, Long> until = new ConcurrentHashMap<>();

  boolean has(URI uri, @Nullable String model, long nowMillis) {
    Long end = until.get(name(uri, model));
    return end != null && nowMillis < end;
  }

  void add(URI uri, @Nullable String model, long nowMillis) {
    if (until.size() >= MOST) {
      until.clear();
    }
    until.put(name(uri, model), nowMillis + REMEMBERED_MILLIS);
  }

  /** Without the query, which may hold credentials. */
  private static String name(URI uri, @Nullable String model) {
    return uri.getScheme() + ' ' + uri.getAuthority() + ' ' + uri.getRawPath() + ' ' + model;
  }
}
