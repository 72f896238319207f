// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the stand-in's models say of a prompt's last text, or of what tools said. */
final class Answers {

  private static final int LONGEST_ECHO = 160;

  private Answers() {}

  /** A label if one word is asked for, a letter if a reply is asked for, else a short summary. */
  static String to(List<String> prompt) {
    String last = prompt.isEmpty() ? "" : prompt.get(prompt.size() - 1);
    String asked = last.toLowerCase(Locale.ROOT);
    if (asked.contains("one word")) {
      return label(asked);
    }
    String matter = matter(last);
    if (asked.contains("reply") || asked.contains("draft")) {
      return "Hello, thank you for writing to us. We have read your message: \""
          + matter
          + "\" We are looking into it now and will come back to you before the end of the day."
          + " If anything changes in the meantime, simply answer this mail. Kind regards, Support";
    }
    return inShort(matter);
  }

  /** What the tools said, all of it. */
  static String ofResults(List<String> results) {
    return inShort(String.join("; ", results));
  }

  private static String inShort(String matter) {
    return "In short: " + matter + " Next step: confirm with the customer and close the loop.";
  }

  /** A text of that many characters, in words of seven letters and a blank. */
  static String ofLength(long characters) {
    if (characters > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException("too long: " + characters);
    }
    String words = "ballast ".repeat((int) (characters / 8 + 1));
    return words.substring(0, (int) characters);
  }

  /** The pieces a stream sends the answer in: word by word, or 16 KB at a time if it is huge. */
  static List<String> pieces(String answer) {
    List<String> pieces = new ArrayList<>();
    int least = answer.length() > 100_000 ? 16_384 : 1;
    int start = 0;
    while (start < answer.length()) {
      int blank = answer.indexOf(' ', Math.min(start + least, answer.length()));
      int end = blank < 0 ? answer.length() : blank + 1;
      pieces.add(answer.substring(start, end));
      start = end;
    }
    return pieces;
  }

  private static String label(String asked) {
    if (asked.contains("charge") || asked.contains("invoice") || asked.contains("refund")) {
      return "billing";
    }
    return asked.contains("password") || asked.contains("log in") ? "account" : "technical";
  }

  /** The first sentence after the instruction, which ends with a colon or a line break. */
  private static String matter(String last) {
    int colon = Math.max(last.indexOf(": "), last.indexOf('\n'));
    String matter = (colon < 0 ? last : last.substring(colon + 1)).strip();
    int stop = matter.indexOf(". ");
    matter = stop < 0 ? matter : matter.substring(0, stop + 1);
    return matter.length() <= LONGEST_ECHO ? matter : matter.substring(0, LONGEST_ECHO) + " ...";
  }
}
