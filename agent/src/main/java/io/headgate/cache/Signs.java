// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

/** Tells code, addresses and paths from words, by the signs in them. */
final class Signs {

  private Signs() {}

  /** Whether a piece without spaces is one that is not to be taken apart. */
  static boolean code(String text, int from, int to) {
    int slashes = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      char before = i > from ? text.charAt(i - 1) : ' ';
      char after = i + 1 < to ? text.charAt(i + 1) : ' ';
      boolean inside = Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
      boolean is =
          switch (c) {
            case '_', '\\', '=', '(', '{', '[', '<', '>' -> after != ' ';
            case '@' -> Character.isLetterOrDigit(after);
            case '.' ->
                (inside && (Character.isLetter(before) || Character.isLetter(after)))
                    || (i == from && Character.isLetter(after));
            case ':' -> after == '/' || after == ':' || (inside && Character.isLetter(before));
            case '/' -> i == from || (++slashes > 1 && Character.isLetter(after));
            case '-' -> i == from && (Character.isLetter(after) || after == '-');
            case '#', '+' -> Character.isLetter(before) || c == before || (c == '#' && i == from);
            case '$' -> Character.isLetter(after) && i == from;
            default -> Character.isLowerCase(before) && Character.isUpperCase(c);
          };
      if (is) {
        return true;
      }
    }
    return false;
  }
}
