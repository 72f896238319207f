// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says when two questions cannot mean the same, however near their vectors are: vectors of "turn it
 * on" and "turn it off" are very near. Knows English well, and the basics of German, French,
 * Spanish, Italian and Portuguese; questions in other languages have to have the same words. It
 * rather refuses once too often: a word that says something and is in one of them only refuses, but
 * for other writings and inflections of it. What it cannot see is the order of common words where
 * no direction is said, and what only the world tells.
 */
final class MeaningGate {

  /** In what two questions differ. */
  enum Difference {
    LANGUAGE,
    QUESTION,
    NUMBERS,
    NEGATION,
    TIME,
    OPPOSITES,
    NAMES,
    PERSONS,
    SYMBOLS,
    WORDS;

    /** For people: {@code numbers}. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private MeaningGate() {}

  /**
   * In what two questions differ so that one has not the answer of the other; null if in nothing.
   */
  static @Nullable Difference between(Gist a, Gist b) {
    if (a.language() != b.language()
        && a.language() != Language.UNKNOWN
        && b.language() != Language.UNKNOWN) {
      return Difference.LANGUAGE;
    }
    long other = a.cues() ^ b.cues();
    if ((other & Cue.ASKING) != 0 || asks(a, b) || asks(b, a)) {
      return Difference.QUESTION;
    }
    if (a.symbols() != b.symbols()) {
      return Difference.SYMBOLS;
    }
    if (a.numbers() != b.numbers() || (other & Cue.QUANTITY) != 0) {
      return Difference.NUMBERS;
    }
    Map<Integer, Integer> ofA = words(a);
    Map<Integer, Integer> ofB = words(b);
    if (a.negations() != b.negations()
        || scope(ofA, ofB)
        || scope(ofB, ofA)
        || prefix(a, ofB)
        || prefix(b, ofA)) {
      return Difference.NEGATION;
    }
    // "When will it come" is "when does it come".
    boolean soon = (a.cues() & (Cue.WHEN.bit() | Cue.HOW_LONG.bit())) != 0;
    if ((other & (soon ? Cue.PAST.bit() : Cue.TENSE)) != 0) {
      return Difference.TIME;
    }
    if (opposites(a, b)
        || clash(a, b, Cue.JOINING)
        || clash(a, b, Cue.DIRECTION)
        || clash(a, b, Cue.POINTING)
        || (!asked(a) && !asked(b) && clash(a, b, Cue.DUTY))
        || (a.direct() && b.direct() && (other & Cue.DUTY) != 0)) {
      return Difference.OPPOSITES;
    }
    if (Persons.differ(a.persons(), b.persons()) || clash(a, b, Cue.OWNER)) {
      return Difference.PERSONS;
    }
    if (names(ofA, ofB) || names(ofB, ofA) || turned(a, b) || behindOthers(a, b)) {
      return Difference.NAMES;
    }
    boolean words = ofA.keySet().equals(ofB.keySet());
    if ((a.foreign() || b.foreign()) && !words) {
      return Difference.LANGUAGE;
    }
    return words && set(a.minor()).equals(set(b.minor())) ? null : Difference.WORDS;
  }

  private static boolean asked(Gist a) {
    return (a.cues() & (Cue.ASKING | Cue.HOW.bit() | Cue.WHAT.bit())) != 0;
  }

  /** Whether one asks how and the other what, or one wants a yes or a no. */
  private static boolean asks(Gist a, Gist b) {
    boolean how = (a.cues() & Cue.HOW.bit()) != 0 && (a.cues() & Cue.WHAT.bit()) == 0;
    boolean what = (b.cues() & Cue.WHAT.bit()) != 0 && (b.cues() & Cue.HOW.bit()) == 0;
    return (how && what) || (a.direct() && asked(b));
  }

  /** Whether both have some of what is named, and nothing of it in common. */
  private static boolean clash(Gist a, Gist b, long of) {
    return (a.cues() & of) != 0 && (b.cues() & of) != 0 && (a.cues() & b.cues() & of) == 0;
  }

  /** The words, and the marks that any of the same has. */
  private static Map<Integer, Integer> words(Gist gist) {
    Map<Integer, Integer> words = new HashMap<>();
    for (int word : gist.words()) {
      words.merge(word & Gist.HASH, word & ~Gist.HASH, (x, y) -> x | y);
    }
    return words;
  }

  /** Whether what is denied or limited in the first is not in the second, though it is there. */
  private static boolean scope(Map<Integer, Integer> a, Map<Integer, Integer> b) {
    for (Map.Entry<Integer, Integer> word : a.entrySet()) {
      Integer there = b.get(word.getKey());
      if (there != null && (word.getValue() & ~there & Gist.SCOPED) != 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean prefix(Gist a, Map<Integer, Integer> b) {
    for (int i = 0; i + 1 < a.prefixed().length; i += 2) {
      if (b.containsKey(a.prefixed()[i]) && !b.containsKey(a.prefixed()[i + 1])) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(Map<Integer, Integer> a, Map<Integer, Integer> b) {
    for (Map.Entry<Integer, Integer> word : a.entrySet()) {
      if ((word.getValue() & Gist.NAME) != 0 && !b.containsKey(word.getKey())) {
        return true;
      }
    }
    return false;
  }

  private static Set<Integer> set(int[] ints) {
    Set<Integer> set = new HashSet<>();
    for (int i : ints) {
      set.add(i);
    }
    return set;
  }

  /** Whether what is behind a preposition in both is behind other ones. */
  private static boolean behindOthers(Gist a, Gist b) {
    for (int i = 0; i + 1 < a.objects().length; i += 2) {
      Set<Integer> before = before(a, a.objects()[i]);
      Set<Integer> there = before(b, a.objects()[i]);
      if (!there.isEmpty() && !there.equals(before)) {
        return true;
      }
    }
    return false;
  }

  private static Set<Integer> before(Gist gist, int object) {
    Set<Integer> before = new HashSet<>();
    for (int i = 0; i + 1 < gist.objects().length; i += 2) {
      if (gist.objects()[i] == object) {
        before.add(gist.objects()[i + 1]);
      }
    }
    return before;
  }

  private static boolean opposites(Gist a, Gist b) {
    Set<Integer> pairs = new HashSet<>();
    for (int pair : a.opposites()) {
      pairs.add(pair & ~3);
    }
    for (int pair : b.opposites()) {
      pairs.add(pair & ~3);
    }
    for (int pair : pairs) {
      int x = sides(a, pair);
      int y = sides(b, pair);
      boolean contrary =
          switch ((pair >> 2) & 3) {
            case Opposites.EQUAL -> x != y;
            case Opposites.SECOND -> ((x ^ y) & 2) != 0;
            default -> x != 0 && y != 0 && (x & y) == 0;
          };
      if (contrary) {
        return true;
      }
    }
    return false;
  }

  private static int sides(Gist gist, int pair) {
    for (int known : gist.opposites()) {
      if ((known & ~3) == pair) {
        return known & 3;
      }
    }
    return 0;
  }

  private static boolean parted(Gist gist) {
    return gist.words().length == 2 && (gist.words()[1] & Gist.NEXT) == 0;
  }

  /**
   * Whether what is in both stands in another order, so that who does what to whom may be another:
   * any two words if a direction or an operator is said, any two names, any three words the other
   * way round, or the only two if they are parted in both.
   */
  private static boolean turned(Gist a, Gist b) {
    boolean directed =
        ((a.cues() | b.cues()) & Cue.DIRECTION) != 0
            || (a.cues() & b.cues() & Cue.OF.bit()) != 0
            || a.symbols() != 0
            || (parted(a) && parted(b));
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < b.words().length; i++) {
      places.putIfAbsent(b.words()[i] & Gist.HASH, i);
    }
    int highest = -1;
    int highestName = -1;
    int second = -1;
    Set<Integer> seen = new HashSet<>();
    for (int word : a.words()) {
      Integer place = places.get(word & Gist.HASH);
      if (place == null || !seen.add(place)) {
        continue;
      }
      boolean name = ((word | b.words()[place]) & Gist.NAME) != 0;
      if ((directed && place < highest) || (name && place < highestName) || place < second) {
        return true;
      }
      second = place < highest ? Math.max(second, place) : second;
      highest = Math.max(highest, place);
      highestName = name ? Math.max(highestName, place) : highestName;
    }
    return false;
  }
}
