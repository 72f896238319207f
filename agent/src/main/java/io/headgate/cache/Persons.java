// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whom a pronoun is about: who speaks, who is spoken to, a man, a woman, others. One and many who
 * speak are the same, as shops and their customers use "I" and "we" for each other.
 */
final class Persons {

  /** Who speaks; the least of all. */
  static final int FIRST = 1;

  static final int SECOND = 2;

  /** Those below are about others, of whom a question does not speak by mere habit. */
  static final int THIRD = 3;

  /** Each line: who speaks | who is spoken to | a man | a woman | others. */
  private static final Map<Language, Map<String, Integer>> ALL = new EnumMap<>(Language.class);

  static {
    Map<String, Integer> english =
        read(
            "i me my mine myself we us our ours ourselves|you your yours yourself yourselves"
                + "|he him his himself|she her hers herself|they them their theirs themselves");
    ALL.put(Language.ENGLISH, english);
    ALL.put(Language.UNKNOWN, english);
    ALL.put(
        Language.GERMAN,
        read(
            "ich mich mir mein meine meinen meinem meiner wir uns unser unsere unseren unserem"
                + "|du dich dir dein deine deinen deinem deiner euch euer eure euren"
                + "|er ihn ihm seine seinen seinem seiner|sie ihr ihre ihren ihrem ihrer|"));
    ALL.put(
        Language.FRENCH,
        read(
            "je j me m moi mon ma mes nous notre nos|tu te toi ton ta tes vous votre vos"
                + "|il|elle elles|ils leur leurs eux"));
    ALL.put(
        Language.SPANISH,
        read(
            "yo me mi mis mí mío mía nos nosotros nuestro nuestra|tú tu tus te ti usted ustedes"
                + " vuestro vuestra|él|ella ellas|ellos"));
    ALL.put(
        Language.ITALIAN,
        read(
            "io mi me mio mia miei mie noi ci nostro nostra|tu ti te tuo tua tuoi tue voi vi vostro"
                + " vostra|lui|lei|loro"));
    ALL.put(
        Language.PORTUGUESE,
        read(
            "eu me mim meu minha meus minhas nós nosso nossa|tu te ti teu tua você vocês"
                + "|ele|ela elas|eles"));
  }

  /** Marks one to whom something is done. */
  static final int OBJECT = 8;

  private static final Set<String> OBJECTS = Set.of("me", "us", "him", "her", "them");

  private Persons() {}

  private static Map<String, Integer> read(String table) {
    Map<String, Integer> persons = new HashMap<>();
    String[] groups = table.split("\\|");
    for (int i = 0; i < groups.length; i++) {
      for (String word : groups[i].split(" ")) {
        persons.put(word, FIRST + i);
      }
    }
    return persons;
  }

  /** From {@link #FIRST} on, maybe an {@link #OBJECT}; 0 if a word is no pronoun of a person. */
  static int of(Language language, String word) {
    int person = ALL.getOrDefault(language, Map.of()).getOrDefault(word, 0);
    boolean english = language == Language.ENGLISH || language == Language.UNKNOWN;
    return person > 0 && english && OBJECTS.contains(word) ? person | OBJECT : person;
  }

  /** One more after those said before: four bits each, the last ones lowest, at most 16. */
  static long then(long before, int person) {
    return (before & 0xF) == person || before >>> 60 != 0 ? before : (before << 4) | person;
  }

  /**
   * Whether two texts are about other persons. Who speaks and who is spoken to may be left out, at
   * the end or altogether.
   */
  static boolean differ(long a, long b) {
    int longA = length(a);
    int longB = length(b);
    int common = Math.min(longA, longB);
    return (common > 0 && (a >>> (4 * (longA - common))) != (b >>> (4 * (longB - common))))
        || others(a) != others(b);
  }

  private static int length(long persons) {
    return (67 - Long.numberOfLeadingZeros(persons)) / 4;
  }

  private static int others(long persons) {
    int others = 0;
    for (long rest = persons; rest != 0; rest >>>= 4) {
      int person = (int) (rest & 7);
      others |= person >= THIRD ? 1 << person : 0;
    }
    return others;
  }
}
