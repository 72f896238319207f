// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What of a question has to be the same in one that means the same, without the question: words are
 * hashes by a key, in which one in 500 million is taken for another. Never changed.
 *
 * @param language that of its small words
 * @param foreign whether it is in a language of which too little is known to compare meanings
 * @param direct whether it wants a yes or a no
 * @param negations how many there are, at most 255
 * @param cues bits of {@link Cue}
 * @param numbers a hash of the numbers, units and dates in their order; 0 for none
 * @param symbols a hash of the operators, brackets and emoji in their order; 0 for none
 * @param persons whom its pronouns are about, by {@link Persons}
 * @param words the words that say something, in their order: 29 bits of the hash, and three marks
 * @param minor hashes of small words that say something where they stand, in any order
 * @param objects two numbers for each word behind a preposition: its hash, and that of the other
 * @param opposites the pairs of opposites that are touched: 28 bits, what kind, which sides
 * @param prefixed two numbers for each word with a negating prefix: the rest of it, and itself
 */
record Gist(
    Language language,
    boolean foreign,
    boolean direct,
    int negations,
    long cues,
    long numbers,
    long symbols,
    long persons,
    int[] words,
    int[] minor,
    int[] objects,
    int[] opposites,
    int[] prefixed) {

  /** Marks a word that looks like a name. */
  static final int NAME = 1;

  /** Marks a word that a negation or a quantity is about. */
  static final int SCOPED = 2;

  /** Marks a word that follows the one before at once, with no small word between. */
  static final int NEXT = 4;

  /** All of a word but its marks. */
  static final int HASH = ~7;

  private static final byte FORM = 2;

  /** In memory and when written, in bytes. */
  int size() {
    int ints = words.length + minor.length + objects.length + opposites.length + prefixed.length;
    return 4 + 4 * Long.BYTES + 5 * Short.BYTES + Integer.BYTES * ints;
  }

  void write(ByteBuffer to) {
    to.put(FORM).put((byte) language.ordinal());
    to.put((byte) ((foreign ? 1 : 0) | (direct ? 2 : 0))).put((byte) negations);
    to.putLong(cues).putLong(numbers).putLong(symbols).putLong(persons);
    write(to, words);
    write(to, minor);
    write(to, objects);
    write(to, opposites);
    write(to, prefixed);
  }

  /** Reads what {@link #write} wrote; null if it is something else. */
  static @Nullable Gist read(ByteBuffer from) {
    try {
      if (from.get() != FORM) {
        return null;
      }
      int language = from.get();
      int flags = from.get();
      int negations = from.get() & 0xFF;
      if (language < 0 || language >= Language.values().length) {
        return null;
      }
      return new Gist(
          Language.values()[language],
          (flags & 1) != 0,
          (flags & 2) != 0,
          negations,
          from.getLong(),
          from.getLong(),
          from.getLong(),
          from.getLong(),
          ints(from),
          ints(from),
          ints(from),
          ints(from),
          ints(from));
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private static void write(ByteBuffer to, int[] ints) {
    to.putShort((short) ints.length);
    for (int i : ints) {
      to.putInt(i);
    }
  }

  private static int[] ints(ByteBuffer from) {
    int count = from.getShort() & 0xFFFF;
    if (count > from.remaining() / Integer.BYTES) {
      throw new BufferUnderflowException();
    }
    int[] ints = new int[count];
    for (int i = 0; i < count; i++) {
      ints[i] = from.getInt();
    }
    return ints;
  }
}
