// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Keys, entries, and waiting for what stores say of them. */
final class RedisEntries {

  /** By which all expire in an hour. */
  static final InstantSource CLOCK = InstantSource.system();

  /** Names of threads that tell stores' own from others. */
  static final ThreadFactory THREADS =
      task -> {
        Thread thread = new Thread(task, "store-of-a-test");
        thread.setDaemon(true);
        return thread;
      };

  private RedisEntries() {}

  static EntryKey key(long number) {
    return new EntryKey(number, ~number, number * 31, 7);
  }

  static StoredEntry entry(String text) {
    return entry(text, "a-model", "a-route", "");
  }

  static StoredEntry entry(String text, String model, String route, String group) {
    long now = CLOCK.millis();
    return new StoredEntry(
        now,
        now + 3_600_000,
        model,
        route,
        group,
        group.isEmpty() ? new byte[0] : new byte[] {1, 2, 3},
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** What a stage comes to; fails if it takes so long that something hangs. */
  static <T> T of(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** The text of the entry under a key; null for none. */
  static String text(EntryStore store, EntryKey key) {
    try {
      StoredEntry entry = of(store.get(key));
      return entry == null ? null : new String(entry.bytes(), StandardCharsets.UTF_8);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
