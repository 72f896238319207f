// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.translate.Traits.IdRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids of tool calls that fit a rule. The same id is always made into the same one: prompt caches
 * depend on it, and so do calls and results that come in different requests.
 */
final class CallIds {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private CallIds() {}

  /** The id itself if it fits, else one that is made of it. */
  static String fit(String id, IdRule rule) {
    if (fits(id, rule)) {
      return id;
    }
    return rule == IdRule.NINE ? digest(id, 9) : "call_" + digest(id, 24);
  }

  private static boolean fits(String id, IdRule rule) {
    return switch (rule) {
      case ANY -> !id.isEmpty();
      case SHORT -> !id.isEmpty() && id.length() <= 40;
      case WORD -> !id.isEmpty() && id.length() <= 64 && word(id);
      case NINE -> id.length() == 9 && word(id) && id.indexOf('_') < 0 && id.indexOf('-') < 0;
    };
  }

  /** Whether there are only ASCII letters, digits, {@code _} and {@code -}. */
  static boolean word(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (DIGITS.indexOf(c) < 0 && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  /** Letters and digits that stand for a text. */
  static String digest(String text, int length) {
    byte[] hash;
    try {
      hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JVM has it.
    }
    StringBuilder word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      word.append(DIGITS.charAt((hash[i] & 0xff) % DIGITS.length()));
    }
    return word.toString();
  }
}
