// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

/**
 * Takes the endings off that make no difference to a question: plurals, the English {@code -ing}
 * and possessive. Not {@code -ed}, which is the past.
 */
final class Stems {

  /** The least length of what is left. */
  private static final int LEAST = 3;

  private Stems() {}

  static String of(String word) {
    String stem = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
    if (stem.indexOf('\'') >= 0) {
      stem = stem.replace("'", "");
    }
    if (!plain(stem)) {
      return stem;
    }
    stem = gerund(plural(stem));
    // create, creat(ing); cancel, cancell(ing); copy, copi(es)
    int last = stem.length() - 1;
    if (last >= LEAST && stem.charAt(last) == 'e') {
      return stem.substring(0, last);
    }
    if (last >= LEAST && stem.charAt(last) == 'y') {
      return stem.substring(0, last) + 'i';
    }
    if (last > LEAST
        && stem.charAt(last) == stem.charAt(last - 1)
        && "lmnprtbdg".indexOf(stem.charAt(last)) >= 0) {
      return stem.substring(0, last);
    }
    return stem;
  }

  private static String plural(String word) {
    int n = word.length();
    if (n <= LEAST || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us")) {
      return word;
    }
    if (word.endsWith("is")) {
      return word;
    }
    if (n > 4 && word.endsWith("ies")) {
      return word.substring(0, n - 3) + 'y';
    }
    if (n > 4
        && (word.endsWith("ches")
            || word.endsWith("shes")
            || word.endsWith("sses")
            || word.endsWith("xes"))) {
      return word.substring(0, n - 2);
    }
    return word.substring(0, n - 1);
  }

  private static String gerund(String word) {
    int n = word.length();
    if (n < LEAST + 3 || !word.endsWith("ing")) {
      return word;
    }
    for (int i = 0; i < n - 3; i++) {
      if ("aeiouy".indexOf(word.charAt(i)) >= 0) {
        return word.substring(0, n - 3);
      }
    }
    return word;
  }

  /** Endings are those of words in plain Latin letters. */
  private static boolean plain(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) < 'a' || word.charAt(i) > 'z') {
        return false;
      }
    }
    return true;
  }
}
