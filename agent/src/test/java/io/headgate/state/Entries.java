// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Makes entries whose content follows from their number, so that a wrong one is noticed. */
final class Entries {

  static final long NEVER = Long.MAX_VALUE / 2;

  private Entries() {}

  static EntryKey key(long number) {
    Random random = new Random(number);
    return new EntryKey(random.nextLong(), random.nextLong(), random.nextLong(), number);
  }

  static StoredEntry entry(long number) {
    return entry(number, 100);
  }

  static StoredEntry entry(long number, int length) {
    return entry(number, length, NEVER, "");
  }

  static StoredEntry entry(long number, int length, long expires, String group) {
    byte[] bytes = new byte[length];
    new Random(number).nextBytes(bytes);
    byte[] index = group.isEmpty() ? new byte[0] : new byte[] {(byte) number};
    return new StoredEntry(1000 + number, expires, "m" + number % 3, "r", group, index, bytes);
  }

  static StoredEntry get(EntryStore store, EntryKey key) {
    return await(store.get(key));
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Equal in all that was put. */
  static boolean same(StoredEntry a, StoredEntry b) {
    return a.createdMillis() == b.createdMillis()
        && a.expiresMillis() == b.expiresMillis()
        && a.model().equals(b.model())
        && a.route().equals(b.route())
        && a.group().equals(b.group())
        && Arrays.equals(a.index(), b.index())
        && Arrays.equals(a.bytes(), b.bytes());
  }
}
