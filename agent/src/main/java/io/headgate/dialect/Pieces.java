// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.util.ArrayList;
import java.util.List;

/** Cuts text into pieces of a few words each, as they would come in a stream. */
final class Pieces {

  /** About so many characters make a piece: some words, not more bytes than a packet bears. */
  private static final int SIZE = 24;

  /** A long text comes in larger pieces, since each event repeats what belongs to all. */
  private static final int MOST = 1000;

  private Pieces() {}

  /** The pieces of a text, none if it is empty. No character is cut in two. */
  static List<String> of(String text) {
    int size = Math.max(SIZE, text.length() / MOST);
    List<String> pieces = new ArrayList<>(text.length() / size + 1);
    for (int from = 0; from < text.length(); ) {
      int to = end(text, from + size, size);
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  /** The next blank, which begins the next piece; any place if there is none near. */
  private static int end(String text, int wanted, int size) {
    if (wanted >= text.length()) {
      return text.length();
    }
    int last = Math.min(text.length(), wanted + size);
    for (int at = wanted; at < last; at++) {
      if (text.charAt(at) == ' ' || text.charAt(at) == '\n') {
        return at;
      }
    }
    return Character.isHighSurrogate(text.charAt(wanted - 1)) ? wanted + 1 : wanted;
  }
}
