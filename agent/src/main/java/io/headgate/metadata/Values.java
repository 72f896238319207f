// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

/** What values of metadata are like. */
final class Values {

  private Values() {}

  /** A text of no more than that many characters, and no half of a surrogate pair at its end. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
