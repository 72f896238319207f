// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ids for the calls of one answer: Vertex AI and older models give none. They are not to come twice
 * in a conversation, so they are made of the id of the answer.
 */
final class CallIds {

  private static final int LONGEST = 24;

  private String answer = "";
  private int count;

  /** The id of the answer, once it is known. */
  void of(@Nullable String responseId) {
    if (answer.isEmpty() && responseId != null) {
      StringBuilder plain = new StringBuilder();
      for (int i = 0; i < responseId.length() && plain.length() < LONGEST; i++) {
        char c = responseId.charAt(i);
        boolean word = c < 0x80 && Character.isLetterOrDigit(c);
        plain.append(word || c == '-' || c == '_' ? String.valueOf(c) : "");
      }
      answer = plain.toString();
    }
  }

  /** The id of the next call: its own if it has one. */
  String next(String own) {
    int number = count++;
    if (!own.isEmpty()) {
      return own;
    }
    if (answer.isEmpty()) {
      answer = UUID.randomUUID().toString().replace("-", "").substring(0, LONGEST);
    }
    return "call_" + answer + "_" + number;
  }
}
