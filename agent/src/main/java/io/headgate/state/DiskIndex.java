// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.util.Arrays;

/**
 * Where the newest record of each key is, in arrays instead of objects: about 100 bytes per entry.
 * An entry goes by a number, which is its own until it is removed. Used by the I/O thread only.
 */
final class DiskIndex {

  /** What is known of the key is that it was removed. */
  static final int REMOVED = 1 << 31;

  /** It is of a group. */
  static final int GROUP = 1 << 30;

  /** It was read since it was written. */
  static final int READ = 1 << 29;

  /** Another segment may hold an older record of the key, that must not come back. */
  static final int COVERS = 1 << 28;

  private static final int LABEL = COVERS - 1;

  private static final int OFFSET_BITS = 40;

  // Per entry. A free one has no length, and the number of the next free one as its place.
  private long[] keys = new long[4 * 16];
  private long[] places = new long[16];
  private long[] stamps = new long[16];
  private long[] created = new long[16];
  private long[] expires = new long[16];
  private int[] lengths = new int[16];
  private int[] marks = new int[16];

  /** Number + 1 of the entry there; 0 for none. Collisions take the next one free. */
  private int[] table = new int[64];

  private int limit;
  private int firstFree = -1;
  private int size;

  /** The number of a key's entry; -1 if there is none. */
  int find(EntryKey key) {
    int number = table[slot(key)];
    return number - 1;
  }

  /** Adds an entry for a key that has none, and returns its number. All the rest is to be set. */
  int add(EntryKey key) {
    if (size * 3 >= table.length * 2) {
      rehash(table.length * 2);
    }
    int number = firstFree;
    if (number >= 0) {
      firstFree = (int) places[number];
    } else {
      number = limit++;
      if (number == places.length) {
        grow(number + Math.max(16, number / 4));
      }
    }
    keys[4 * number] = key.a();
    keys[4 * number + 1] = key.b();
    keys[4 * number + 2] = key.c();
    keys[4 * number + 3] = key.d();
    table[slot(key)] = number + 1;
    size++;
    return number;
  }

  /** Forgets an entry. */
  void remove(int number) {
    int mask = table.length - 1;
    int hole = slot(key(number));
    int next = hole;
    table[hole] = 0;
    while (true) {
      next = (next + 1) & mask;
      int other = table[next] - 1;
      if (other < 0) {
        break;
      }
      int home = home(keys[4 * other], keys[4 * other + 3]);
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        table[hole] = table[next];
        table[next] = 0;
        hole = next;
      }
    }
    lengths[number] = 0;
    places[number] = firstFree;
    firstFree = number;
    size--;
  }

  void set(int number, int segment, long offset, int length, long stamp) {
    places[number] = (long) segment << OFFSET_BITS | offset;
    lengths[number] = length;
    stamps[number] = stamp;
  }

  void describe(int number, long createdMillis, long expiresMillis, int label, int flags) {
    created[number] = createdMillis;
    expires[number] = expiresMillis;
    marks[number] = label | flags;
  }

  /** All numbers are below. */
  int limit() {
    return limit;
  }

  /** How many there are. */
  int size() {
    return size;
  }

  boolean isUsed(int number) {
    return lengths[number] > 0;
  }

  EntryKey key(int number) {
    int at = 4 * number;
    return new EntryKey(keys[at], keys[at + 1], keys[at + 2], keys[at + 3]);
  }

  int segment(int number) {
    return (int) (places[number] >>> OFFSET_BITS);
  }

  long offset(int number) {
    return places[number] & ((1L << OFFSET_BITS) - 1);
  }

  int length(int number) {
    return lengths[number];
  }

  long stamp(int number) {
    return stamps[number];
  }

  long created(int number) {
    return created[number];
  }

  /** Until when the key must be remembered: not before its entry expires. */
  long expires(int number) {
    return expires[number];
  }

  void expires(int number, long millis) {
    expires[number] = millis;
  }

  int label(int number) {
    return marks[number] & LABEL;
  }

  boolean is(int number, int flag) {
    return (marks[number] & flag) != 0;
  }

  void mark(int number, int flag) {
    marks[number] |= flag;
  }

  void unmark(int number, int flag) {
    marks[number] &= ~flag;
  }

  /** Where a key's entry is in the table, or would be. */
  private int slot(EntryKey key) {
    int mask = table.length - 1;
    int at = home(key.a(), key.d());
    while (table[at] != 0) {
      int k = 4 * (table[at] - 1);
      if (keys[k] == key.a()
          && keys[k + 1] == key.b()
          && keys[k + 2] == key.c()
          && keys[k + 3] == key.d()) {
        break;
      }
      at = (at + 1) & mask;
    }
    return at;
  }

  private int home(long a, long d) {
    long mixed = (a + d) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & (table.length - 1);
  }

  private void rehash(int length) {
    table = new int[length];
    int mask = length - 1;
    for (int number = 0; number < limit; number++) {
      if (isUsed(number)) {
        int at = home(keys[4 * number], keys[4 * number + 3]);
        while (table[at] != 0) {
          at = (at + 1) & mask;
        }
        table[at] = number + 1;
      }
    }
  }

  private void grow(int length) {
    keys = Arrays.copyOf(keys, 4 * length);
    places = Arrays.copyOf(places, length);
    stamps = Arrays.copyOf(stamps, length);
    created = Arrays.copyOf(created, length);
    expires = Arrays.copyOf(expires, length);
    lengths = Arrays.copyOf(lengths, length);
    marks = Arrays.copyOf(marks, length);
  }
}
