// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the signs in a text that say something: operators with the numbers and letters beside them,
 * brackets, emoji. Punctuation, hyphens between words and the signs of {@link Numbers} are none.
 */
final class Symbols {

  /** Say something wherever they stand. What is of a symbol category in Unicode does, too. */
  private static final String ALWAYS = "*/^&()[]{}\\§‰‱·";

  /** Of a symbol category, and say nothing, or are read with the numbers. */
  private static final String NEVER = "`´¨¯¸©®™$€£¥₹";

  private final int[] text;
  private final List<String> found = new ArrayList<>();

  private Symbols(String text) {
    this.text = text.codePoints().toArray();
  }

  /** What is said in signs, in the order of the text. */
  static List<String> of(String text) {
    Symbols symbols = new Symbols(text);
    for (int i = 0; i < symbols.text.length; i++) {
      if (symbols.says(i)) {
        String sign = Character.toString(symbols.text[i]);
        boolean number = Character.getType(symbols.text[i]) == Character.OTHER_NUMBER;
        String folded = number ? sign : Normalizer.normalize(sign, Normalizer.Form.NFKC);
        String one = "–−".contains(folded) ? "-" : folded;
        symbols.found.add(symbols.operand(i, -1) + one + symbols.operand(i, 1));
      }
    }
    return symbols.found;
  }

  private boolean says(int at) {
    int c = text[at];
    if (Character.isLetter(c) || Character.isWhitespace(c) || Character.isDigit(c)) {
      return false;
    }
    // Before compatibility characters are folded: 10² is not 102.
    int type = Character.getType(c);
    String folded = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
    int plain = folded.codePointAt(0);
    if (type == Character.OTHER_NUMBER || ALWAYS.indexOf(plain) >= 0) {
      return true;
    }
    if (NEVER.indexOf(c) >= 0 || NEVER.indexOf(plain) >= 0) {
      return false;
    }
    // The last: flags of countries that have no code of two letters.
    return switch (type) {
      case Character.MATH_SYMBOL, Character.OTHER_SYMBOL, Character.CURRENCY_SYMBOL -> true;
      case Character.MODIFIER_SYMBOL -> c > 0xFFFF;
      default -> (c >= 0xE0020 && c <= 0xE007F) || placed(plain, at);
    };
  }

  /** Whether a sign that is often punctuation is none where it stands. */
  private boolean placed(int c, int at) {
    int before = at > 0 ? text[at - 1] : ' ';
    int after = at + 1 < text.length ? text[at + 1] : ' ';
    boolean alone = Character.isWhitespace(before) && Character.isWhitespace(after);
    boolean between = !operand(at, -1).isEmpty() && !operand(at, 1).isEmpty();
    boolean digits = Character.isDigit(before) && Character.isDigit(after);
    return switch (c) {
      case '-' -> alone || (between && !digits);
      case '–', '—' -> between || (c == '–' && alone);
      case ':' -> between && !digits;
      case '.' -> !Character.isLetterOrDigit(before) && Character.isDigit(after);
      case '!' ->
          after == '='
              || (Character.isWhitespace(before) && Character.isLetterOrDigit(after))
              || !operand(at, -1).isEmpty();
      case '\'', '"', '′', '″' -> Character.isDigit(before);
      default -> false;
    };
  }

  /** The number or the letter next to a sign, spaces aside; empty if there is something else. */
  private String operand(int at, int step) {
    int from = at + step;
    while (from >= 0 && from < text.length && Character.isWhitespace(text[from])) {
      from += step;
    }
    int end = from;
    boolean digits = true;
    while (end >= 0 && end < text.length && Character.isLetterOrDigit(text[end])) {
      digits &= Character.isDigit(text[end]);
      end += step;
      if (!digits && Math.abs(end - from) > 1) {
        return "";
      }
    }
    StringBuilder operand = new StringBuilder();
    for (int i = step < 0 ? end + 1 : from; i < (step < 0 ? from + 1 : end); i++) {
      operand.appendCodePoint(text[i]);
    }
    return operand.toString().toLowerCase(Locale.ROOT);
  }
}
