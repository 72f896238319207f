// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the English words that only dress a question, by where they stand: "could you tell me how"
 * is "how", but "can I tell Bob" is not "can I show Bob". Words that otherwise say little, as "use"
 * and "find" and "by", say something outside of such a frame.
 */
final class Frames {

  /** Small for the vectors; yet one more or one other of them makes another question. */
  private static final Set<String> SAYING =
      Set.of(
          ("get gets getting got tell show explain describe know want need needed like let lets"
                  + " possible way ways help able wondering wonder question understand mean sure try"
                  + " trying think give find looking look see use using go going guide list write"
                  + " say assist step steps best correct proper properly right procedure process"
                  + " thing things obtain someone something anyone anything everyone everything"
                  + " here more much many again own such same by for from about as into onto while"
                  + " during through via per up out off over under")
              .split(" "));

  private static final String BEGIN =
      "(?:(?:hi|hello|hey|dear|ok|okay|well|so|please|pls|plz|kindly|thanks|just|and|but) )*";
  private static final String ADVERBS = "(?:(?:please|kindly|also|just|really|quickly) )*";
  private static final String TELL =
      "(?:tell|show|explain|describe|clarify|(?:walk|guide|help|assist|give)(?= (?:me|us)\\b)"
          + "|let(?= (?:me|us) know\\b))"
          + "(?: to)?(?: (?:me|us))?(?: (?:know|understand|through|with|find out))*";
  private static final String WISH =
      "(?:(?:need|want|like) (?:some )?help(?: (?:with|in))?|want|need|(?<=would )like|wish|trying|try|wondering|wonder|looking|have a question)"
          + "(?: (?:to|for|if|about|on))*(?: (?:know|understand|find out)(?: about)?)*";
  private static final Pattern LEAD =
      Pattern.compile(
          "^(?:"
              + BEGIN
              + "(?:(?:(?:can|could|would|will) (?:you|someone|anyone) "
              + ADVERBS
              + ")?"
              + TELL
              + "|(?:i|we) "
              + ADVERBS
              + "(?:(?:would|am|are|was|do) )?"
              + ADVERBS
              + WISH
              + "|do you know(?= (?:how|what|where|when|why|who|if|which)\\b)"
              + ")(?: |$))+");

  private static final Pattern INSIDE =
      Pattern.compile(
          "\\b(?:(?:the )?(?:(?:best|correct|proper|right|easiest|possible) )?"
              + "(?:way|ways|steps|procedure|process) (?:to|of|for)"
              + "|is it possible(?: for (?:me|us))? to|(?:am|are) (?:i|we) able to|able to"
              + "|how do (?:i|we) (?:go about|manage to)"
              + "|where (?:can|do|could|may|should) (?:i|we|you) (?:find|see|look for|look|get)"
              + "|how (?:much|many)|thank you|please|have to|need to|going to)\\b");

  private Frames() {}

  /** Whether a small word says something outside of a frame. */
  static boolean saying(String word) {
    return SAYING.contains(word);
  }

  /** The places of the words that only dress the question. */
  static BitSet of(List<Word> words) {
    StringBuilder text = new StringBuilder();
    BitSet begins = new BitSet();
    for (Word word : words) {
      begins.set(text.length());
      text.append(word.kind() == Word.Kind.LETTERS ? word.text() : "_").append(' ');
    }
    BitSet dressing = new BitSet();
    for (Pattern frame : List.of(LEAD, INSIDE)) {
      Matcher found = frame.matcher(text);
      while (found.find()) {
        int first = begins.get(0, found.start()).cardinality();
        int count = begins.get(found.start(), Math.max(found.start(), found.end())).cardinality();
        dressing.set(first, first + count);
      }
    }
    return dressing;
  }
}
