// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import java.util.ArrayList;
import java.util.List;

/** Cuts the rows of our tables, which come in no other shape, without regular expressions. */
final class Words {

  private Words() {}

  /** The non-empty parts between separators, stripped of blanks. */
  static List<String> split(String text, char separator) {
    List<String> words = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int at = text.indexOf(separator, from);
      int end = at < 0 ? text.length() : at;
      String word = text.substring(from, end).strip();
      if (!word.isEmpty()) {
        words.add(word);
      }
      from = end + 1;
    }
    return words;
  }
}
