// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

/**
 * A piece of a text.
 *
 * @param text in lower case
 * @param kind what it looks like
 * @param named whether it looks like a name: a capital inside a sentence, quotes, code
 * @param first whether a sentence begins with it
 * @param glued whether nothing is between it and the piece before
 */
record Word(String text, Kind kind, boolean named, boolean first, boolean glued) {

  /** What a piece looks like. */
  enum Kind {
    LETTERS,
    NUMBER,
    /** An address, a path, an identifier, what is quoted: not to be read as a word. */
    CODE,
    /** A sign of percent or of a currency. */
    SIGN
  }

  Word as(String other) {
    return new Word(other, kind, named, first, glued);
  }
}
