// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the gist of a question. Used once, by one thread. */
final class GistReader {

  /** The most words a gist has; a longer text has none. */
  private static final int MOST_WORDS = 4_096;

  /** The most words in which nothing of a language may be recognised. */
  private static final int SHORT = 4;

  private static final List<String> PREFIXES =
      List.of("un", "in", "im", "il", "ir", "dis", "non", "de", "mis", "anti", "ab", "des", "dés");

  /** Before these "to" says no direction. */
  private static final Set<String> BEFORE_A_VERB =
      Set.of(
          "how",
          "want",
          "wants",
          "wanted",
          "need",
          "needs",
          "needed",
          "like",
          "have",
          "has",
          "had",
          "going",
          "way",
          "ways",
          "possible",
          "try",
          "trying",
          "allowed",
          "able",
          "steps",
          "used",
          "ought",
          "required",
          "love",
          "best",
          "do",
          "when",
          "where",
          "what",
          "unable",
          "easy",
          "hard",
          "time",
          "possibility",
          "option",
          "guide",
          "not",
          "free",
          "safe",
          "legal",
          "instructions",
          "method",
          "procedure");

  /** Parts of cues that say no more than the cue. */
  private static final Set<String> WITHIN_A_CUE =
      Set.of("unable", "cannot", "time", "date", "place", "reason", "person", "price", "cost");

  /** Of these it matters who or what is behind them. */
  private static final Set<String> PREPOSITIONS =
      Set.of(
          ("to from by for against than after before about of in on at"
                  + " für mit von zu bei pour avec sur sous chez para con por per com")
              .split(" "));

  /** Said otherwise than the number or the day that they are. */
  private static final Set<String> NOT_ONLY_NUMBERS = Set.of("once", "tonight");

  private static final Set<String> SWITCHES = Set.of("switch", "turn");

  private static final Set<String> ARTICLES = Set.of("the", "a", "an", "this", "that");

  /** A letter behind these is the name of something. */
  private static final Set<String> LETTERED =
      Set.of(
          ("vitamin vitamins vitamine vitamina type typ tipo hepatitis hépatite epatite hepatite"
                  + " plan option group gruppe groupe grupo gruppo class klasse classe clase grade"
                  + " level section part point team series model exhibit appendix variant version"
                  + " choice answer column line gate terminal block unit room drive blood note"
                  + " letter side category tier variable node phase zone influenza factor schedule"
                  + " form size step set buchstabe lettre letra lettera article chapter war")
              .split(" "));

  private static final Set<String> BEGIN_A_DIRECT_QUESTION =
      Set.of(
          "do", "does", "did", "is", "are", "was", "were", "am", "can", "could", "will", "would",
          "should", "shall", "has", "have", "had", "may", "might", "must");

  private static final Set<String> POLITE = Set.of("please", "pls", "kindly", "quickly", "maybe");

  private static final Set<String> ASKED_OF_SOMEONE =
      Set.of(
          "tell",
          "explain",
          "show",
          "give",
          "describe",
          "help",
          "write",
          "list",
          "summarize",
          "summarise",
          "translate",
          "find",
          "name",
          "define",
          "compare",
          "suggest",
          "recommend",
          "walk",
          "clarify",
          "generate",
          "create",
          "send");

  private static final long ANY_QUESTION = Cue.ASKING | Cue.HOW.bit() | Cue.WHAT.bit();

  private final String text;
  private final Reading reading;
  private final List<Word> all;
  private final Keyed key;

  private final List<Integer> words = new ArrayList<>();
  private final Set<Integer> minor = new LinkedHashSet<>();
  private final List<Integer> objects = new ArrayList<>();
  private final BitSet numbered = new BitSet();
  private final BitSet dressing;
  private final List<Integer> prefixed = new ArrayList<>();
  private final Map<Integer, Integer> opposites = new LinkedHashMap<>();
  private long cues;
  private int negations;
  private boolean scoped;

  /** Where a word would stand next to the last one that says something. */
  private int follows = -1;

  private GistReader(String text, Reading reading, Keyed key) {
    this.text = text;
    this.dressing = english(reading) ? Frames.of(reading.words()) : new BitSet();
    this.reading = reading;
    this.all = reading.words();
    this.key = key;
  }

  /** The gist of a text; null if it has too many words. */
  static @Nullable Gist of(String text, Keyed key) {
    Reading reading = Reading.of(text);
    return reading.words().size() > MOST_WORDS ? null : new GistReader(text, reading, key).gist();
  }

  private static boolean english(Reading reading) {
    return reading.language() == Language.ENGLISH || reading.language() == Language.UNKNOWN;
  }

  private Gist gist() {
    List<String> numbers = Numbers.of(all, numbered);
    for (int i = 0; i < all.size(); ) {
      scoped &= !all.get(i).first();
      int taken = cue(i);
      if (taken == 0) {
        word(i);
        taken = 1;
      }
      i += taken;
    }
    long persons = 0;
    for (int i = 0; i < all.size(); i++) {
      opposite(all.get(i));
      smallWord(i);
      int person = dressing.get(i) ? 0 : person(i);
      persons = person == 0 ? persons : Persons.then(persons, person);
    }
    List<String> symbols = Symbols.of(text);
    boolean direct = (cues & ANY_QUESTION) == 0 && direct();
    return new Gist(
        reading.language(),
        foreign(),
        direct,
        Math.min(255, negations),
        cues,
        numbers.isEmpty() ? 0 : key.hash("n " + String.join(" ", numbers)),
        symbols.isEmpty() ? 0 : key.hash("s " + String.join(" ", symbols)),
        persons,
        ints(words),
        ints(minor),
        ints(objects),
        opposites.entrySet().stream().mapToInt(e -> e.getKey() | e.getValue()).toArray(),
        ints(prefixed));
  }

  private boolean direct() {
    if (all.isEmpty() || !BEGIN_A_DIRECT_QUESTION.contains(all.get(0).text())) {
      return false;
    }
    // "Can you tell me" is none.
    int verb = 2;
    while (verb < all.size() && POLITE.contains(all.get(verb).text())) {
      verb++;
    }
    return verb >= all.size()
        || !all.get(1).text().equals("you")
        || !ASKED_OF_SOMEONE.contains(all.get(verb).text());
  }

  /** Takes what is at a place as a cue. Returns how many words it has; 0 if it is none. */
  private int cue(int at) {
    for (int n = Cues.LONGEST; n > 0; n--) {
      String phrase = Reading.phrase(all, at, n);
      Long bits = phrase == null ? null : Cues.of(reading.language(), phrase);
      if (bits != null) {
        boolean verb =
            bits == Cue.TO.bit() && at > 0 && BEFORE_A_VERB.contains(all.get(at - 1).text());
        cues |= verb ? 0 : bits;
        negations += (bits & Cue.NOT.bit()) != 0 ? 1 : 0;
        scoped |= (bits & (Cue.NOT.bit() | Cue.QUANTITY)) != 0;
        // A word that says more than its cue is a word, too.
        boolean more = n == 1 && !small(all.get(at)) && (bits & Cue.NOT.bit()) == 0;
        if (!more) {
          said(at, n);
        }
        return more ? 0 : n;
      }
    }
    // Scripts without spaces, of which only the negation is known.
    if ("不没沒無无非未别".contains(all.get(at).text())) {
      negations++;
      scoped = true;
    }
    return 0;
  }

  private void word(int at) {
    Word word = all.get(at);
    if (word.kind() == Word.Kind.NUMBER
        || word.kind() == Word.Kind.SIGN
        || Numbers.says(word)
        || numbered.get(at)
        || dressing.get(at)
        || (small(word) && !letter(at))
        || priced(word)) {
      return;
    }
    String switched = switched(at);
    String stem = switched == null ? stem(word) : switched;
    boolean name = word.named() || KnownNames.has(stem) || letter(at);
    words.add(
        hash(stem)
            | (name ? Gist.NAME : 0)
            | (scoped ? Gist.SCOPED : 0)
            | (at == follows ? Gist.NEXT : 0));
    follows = at + 1;
    scoped = false;
    for (String prefix : PREFIXES) {
      if (word.text().startsWith(prefix) && word.text().length() >= prefix.length() + 3) {
        prefixed.add(hash(Stems.of(word.text().substring(prefix.length()))));
        prefixed.add(hash(stem));
      }
    }
    if (word.text().endsWith("less") && word.text().length() > 6) {
      String without = word.text().substring(0, word.text().length() - 4);
      for (String other : List.of(without, without + "ful", without + "d", without + "ed")) {
        prefixed.add(hash(Stems.of(other)));
        prefixed.add(hash(stem));
      }
    }
  }

  /** "Switch it off" is "disable it"; what has a word between is not read as one phrase. */
  private @Nullable String switched(int at) {
    if (!english(reading) || !SWITCHES.contains(stem(all.get(at)))) {
      return null;
    }
    for (int i = at + 1; i < Math.min(all.size(), at + 5) && !all.get(i).first(); i++) {
      String text = all.get(i).text();
      if (text.equals("on") || text.equals("off")) {
        dressing.set(i);
        return Stems.of(text.equals("on") ? "enable" : "disable");
      }
    }
    return null;
  }

  private boolean small(Word word) {
    return reading.small(word);
  }

  /** "How much does it cost" is "how much is it". */
  private boolean priced(Word word) {
    return word.text().equals("price") && (cues & Cue.HOW_MUCH.bit()) != 0;
  }

  /** What a phrase says beyond its cue: "which city" and "which country" are both a "where". */
  private void said(int at, int count) {
    for (int i = at; i < at + count; i++) {
      Word word = all.get(i);
      if (!small(word) && !WITHIN_A_CUE.contains(word.text())) {
        minor.add(hash("small " + stem(word)));
      }
    }
  }

  /** What a small word says where it stands, and what is behind it if it is a preposition. */
  private void smallWord(int at) {
    Word word = all.get(at);
    if (word.kind() != Word.Kind.LETTERS) {
      return;
    }
    if (NOT_ONLY_NUMBERS.contains(word.text())) {
      minor.add(hash("small " + stem(word)));
    }
    if (english(reading) && Frames.saying(word.text()) && !dressing.get(at) && small(word)) {
      String stem = word.text().equals("obtain") ? "get" : stem(word);
      minor.add(hash("small " + stem));
    }
    if (PREPOSITIONS.contains(word.text()) && !dressing.get(at)) {
      int object = at + 1;
      while (object < all.size() && person(object) == 0 && plain(all.get(object))) {
        object++;
      }
      if (object < all.size()) {
        int person = person(object);
        objects.add(hash(person > 0 ? "person " + person : stem(all.get(object))));
        objects.add(hash("before " + word.text()));
      }
    }
  }

  private boolean plain(Word word) {
    return english(reading) ? ARTICLES.contains(word.text()) : small(word);
  }

  private int person(int at) {
    Word word = all.get(at);
    return word.kind() == Word.Kind.LETTERS && !letter(at)
        ? Persons.of(reading.language(), word.text()) | (told(at) ? Persons.OBJECT : 0)
        : 0;
  }

  /** Whether a "you" is behind what is done to it. */
  private boolean told(int at) {
    return english(reading)
        && at > 0
        && all.get(at).text().equals("you")
        && (!small(all.get(at - 1)) || Frames.saying(all.get(at - 1).text()));
  }

  /** Whether a letter stands for itself, as in "vitamin a" and "if x is 5". */
  private boolean letter(int at) {
    Word word = all.get(at);
    String text = word.text();
    if (word.kind() != Word.Kind.LETTERS
        || text.length() != 1
        || text.charAt(0) > 127
        || numbered.get(at)) {
      return false;
    }
    String before = at > 0 ? all.get(at - 1).text() : "";
    boolean last = at + 1 == all.size() || all.get(at + 1).first();
    if (LETTERED.contains(before)) {
      return true;
    }
    return english(reading)
        ? !text.equals("i") && (!text.equals("a") || last)
        : !reading.language().small(text);
  }

  private void opposite(Word word) {
    int[] sides = word.kind() == Word.Kind.LETTERS ? Opposites.of(Stems.of(word.text())) : null;
    if (sides != null) {
      for (int side : sides) {
        int pair = ((int) key.hash("o " + (side >>> 4)) & ~0xF) | (side & 0xC);
        opposites.merge(pair, side & 3, (a, b) -> a | b);
      }
    }
  }

  private boolean foreign() {
    if (reading.language() != Language.UNKNOWN) {
      return false;
    }
    int letters = 0;
    for (Word word : all) {
      if (word.kind() == Word.Kind.LETTERS) {
        letters++;
        int c = word.text().codePointAt(0);
        if (Character.UnicodeScript.of(c) != Character.UnicodeScript.LATIN) {
          return true;
        }
      }
    }
    return letters > SHORT;
  }

  static String stem(Word word) {
    return Stems.of(word.text());
  }

  private int hash(String stem) {
    return (int) key.hash("w " + stem) & Gist.HASH;
  }

  private static int[] ints(Collection<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
