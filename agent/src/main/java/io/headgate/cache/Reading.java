// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text in words, with short forms written out and one way to say things instead of several.
 *
 * @param language as far as the small words tell
 * @param words in their order
 */
record Reading(Language language, List<Word> words) {

  /** Words that lose their vowel before another one, without it; of French and Italian. */
  private static final Set<String> ELIDED =
      Set.of("l", "d", "j", "n", "m", "t", "s", "c", "qu", "un", "dell", "all", "nell", "jusqu");

  static Reading of(String text) {
    List<Word> words = apart(Words.of(text));
    Language language = Language.of(words);
    boolean english = language == Language.ENGLISH || language == Language.UNKNOWN;
    return new Reading(language, english ? plain(words) : words);
  }

  /** Whether it says little by itself. */
  boolean small(Word word) {
    return word.kind() == Word.Kind.LETTERS
        && ((word.text().length() == 1 && word.text().charAt(0) < 128)
            ? word.first() || !word.named()
            : language.small(word.text()));
  }

  private static List<Word> apart(List<Word> words) {
    List<Word> apart = new ArrayList<>(words.size());
    for (Word word : words) {
      int apostrophe = word.text().indexOf('\'');
      if (word.kind() == Word.Kind.LETTERS
          && apostrophe > 0
          && ELIDED.contains(word.text().substring(0, apostrophe))) {
        apart.add(
            new Word(
                word.text().substring(0, apostrophe), word.kind(), false, word.first(), false));
        apart.add(
            new Word(
                word.text().substring(apostrophe + 1), word.kind(), word.named(), false, true));
      } else {
        apart.add(word);
      }
    }
    return apart;
  }

  private static List<Word> plain(List<Word> words) {
    List<Word> plain = new ArrayList<>(words.size() + 4);
    for (int i = 0; i < words.size(); ) {
      int taken = 1;
      Word word = words.get(i);
      String other = null;
      for (int n = Synonyms.LONGEST; n > 0 && other == null; n--) {
        String phrase = phrase(words, i, n);
        other = phrase == null ? null : Synonyms.of(phrase);
        taken = other == null ? 1 : n;
      }
      if (other == null) {
        plain.add(word);
      } else {
        String[] parts = other.split(" ");
        plain.add(word.as(parts[0]));
        for (int p = 1; p < parts.length; p++) {
          plain.add(new Word(parts[p], Word.Kind.LETTERS, false, false, false));
        }
      }
      i += taken;
    }
    return plain;
  }

  /** Some words in one, joined by {@code _}; null if they are not all of letters. */
  static @Nullable String phrase(List<Word> words, int from, int count) {
    if (from + count > words.size()) {
      return null;
    }
    if (count == 1) {
      return words.get(from).kind() == Word.Kind.LETTERS ? words.get(from).text() : null;
    }
    StringBuilder phrase = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      if (words.get(i).kind() != Word.Kind.LETTERS || (i > from && words.get(i).first())) {
        return null;
      }
      phrase.append(i > from ? "_" : "").append(words.get(i).text());
    }
    return phrase.toString();
  }
}
