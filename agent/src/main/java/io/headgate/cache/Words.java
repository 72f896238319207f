// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a text apart: compatibility characters are folded (NFKC), letters are lower case, and a
 * character of a script without spaces is a word by itself. Linear in the length of the text.
 */
final class Words {

  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private static final Pattern QUOTED =
      Pattern.compile("\"[^\"]++\"|`[^`]++`|“[^”]++”|„[^“”]++[“”]|«[^»]++»|「[^」]++」");

  /** Ends of a sentence that may stand at the end of a piece. */
  private static final String STOPS = ".!?:;。！？";

  private static final String SIGNS = "%$€£¥₹₽";

  /** Names that are other words in lower case. */
  private static final Set<String> LIKE_SMALL = Set.of("US", "IT", "WHO");

  private final String text;
  private final BitSet quoted = new BitSet();
  private final boolean shouted;
  private final List<Word> words = new ArrayList<>();

  /** Whether the next piece begins a sentence. */
  private boolean first = true;

  private Words(String text) {
    this.text = text;
    this.shouted = text.chars().noneMatch(Character::isLowerCase);
    Matcher quotes = QUOTED.matcher(text);
    while (quotes.find()) {
      quoted.set(quotes.start(), quotes.end());
    }
  }

  static List<Word> of(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC);
    Words words = new Words(folded.replace('’', '\'').replace('ʼ', '\''));
    words.read();
    return words.words;
  }

  private void read() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        first |= c == '\n';
        at++;
        continue;
      }
      int end = at;
      while (end < text.length()
          && !Character.isWhitespace(text.charAt(end))
          && !Character.isSpaceChar(text.charAt(end))) {
        end++;
      }
      piece(at, end);
      at = end;
    }
  }

  /** What stands between two spaces. */
  private void piece(int begin, int end) {
    int from = begin;
    int to = end;
    while (from < to && !starts(text.charAt(from), from, to)) {
      from++;
    }
    while (to > from && !ends(text.charAt(to - 1), from, to)) {
      to--;
    }
    if (from < to) {
      if (Signs.code(text, from, to)) {
        String code = text.substring(from, to);
        add(code, Word.Kind.CODE, true, false);
      } else {
        runs(from, to);
      }
    }
    for (int i = to; i < end; i++) {
      first |= STOPS.indexOf(text.charAt(i)) >= 0;
    }
  }

  private boolean starts(char c, int at, int to) {
    if (Character.isLetterOrDigit(c) || Character.isSurrogate(c) || SIGNS.indexOf(c) >= 0) {
      return true;
    }
    boolean more = at + 1 < to && Character.isLetterOrDigit(text.charAt(at + 1));
    boolean flag = c == '-' && at + 2 < to && text.charAt(at + 1) == '-';
    return flag || (more && (c == '-' || c == '/' || c == '@' || c == '#' || c == '_' || c == '.'));
  }

  private boolean ends(char c, int from, int to) {
    if (Character.isLetterOrDigit(c)
        || Character.isSurrogate(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK
        || SIGNS.indexOf(c) >= 0) {
      return true;
    }
    // C#, C++, main()
    return to - from > 1
        && (c == '#'
            || (c == '+' && to - from <= 4)
            || (c == ')' && text.charAt(to - 2) == '(')
            || (c == '/' && text.lastIndexOf('/', to - 2) > from));
  }

  private void runs(int from, int to) {
    int at = from;
    boolean glued = false;
    while (at < to) {
      int c = text.codePointAt(at);
      int end = at + Character.charCount(c);
      if (Character.isDigit(c)) {
        end = number(at, to);
        boolean minus = at == from + 1 && text.charAt(from) == '-';
        String digits = text.substring(minus ? from : at, end);
        add(digits, Word.Kind.NUMBER, false, glued);
        glued = true;
      } else if (WITHOUT_SPACES.contains(UnicodeScript.of(c))) {
        add(text.substring(at, end), Word.Kind.LETTERS, quoted.get(at), glued);
        glued = true;
      } else if (Character.isLetter(c)) {
        end = letters(at, to);
        String word = text.substring(at, end);
        boolean name = quoted.get(at) || (!shouted && LIKE_SMALL.contains(word));
        Word.Kind kind = name ? Word.Kind.CODE : Word.Kind.LETTERS;
        add(word, kind, capital(at, end), glued);
        glued = true;
      } else {
        if (SIGNS.indexOf(c) >= 0) {
          add(text.substring(at, end), Word.Kind.SIGN, false, glued);
          glued = true;
        } else {
          glued = false;
        }
      }
      at = end;
    }
  }

  private int number(int from, int to) {
    int end = from + 1;
    while (end < to
        && (Character.isDigit(text.charAt(end))
            || (".,:/-".indexOf(text.charAt(end)) >= 0
                && end + 1 < to
                && Character.isDigit(text.charAt(end + 1))))) {
      end++;
    }
    return end;
  }

  private int letters(int from, int to) {
    int end = from;
    while (end < to) {
      int c = text.codePointAt(end);
      int next = end + Character.charCount(c);
      boolean inside =
          Character.isLetterOrDigit(c)
              || Character.getType(c) == Character.NON_SPACING_MARK
              || Character.getType(c) == Character.COMBINING_SPACING_MARK
              || (c == '\'' && next < to && Character.isLetter(text.codePointAt(next)));
      if (!inside || (WITHOUT_SPACES.contains(UnicodeScript.of(c)) && end > from)) {
        break;
      }
      end = next;
    }
    return end;
  }

  private boolean capital(int from, int end) {
    if (quoted.get(from)) {
      return true;
    }
    boolean digits = false;
    int capitals = 0;
    for (int i = from; i < end; i++) {
      digits |= Character.isDigit(text.charAt(i));
      capitals += Character.isUpperCase(text.charAt(i)) ? 1 : 0;
    }
    boolean one = end - from == 1 || text.charAt(from + 1) == '\'';
    return digits
        || (!shouted && capitals > 1)
        || (capitals > 0 && !(one && text.charAt(from) == 'I'));
  }

  private void add(String piece, Word.Kind kind, boolean named, boolean glued) {
    words.add(new Word(piece.toLowerCase(Locale.ROOT), kind, named, first, glued));
    first = false;
  }
}
