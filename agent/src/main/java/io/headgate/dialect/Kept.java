// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A short text that is told again and again: a new string is made only when it differs. */
final class Kept {

  private @Nullable String text;
  private boolean told;

  @Nullable String text() {
    return told ? text : null;
  }

  /** The text of these bytes; empty ones leave what was there. */
  void set(byte[] bytes, int length) {
    told |= length > 0;
    String before = text;
    if (length > 0 && (before == null || !same(before, bytes, length))) {
      text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
  }

  /** Forgets that it was told, though not the text, which is likely to come again. */
  void clear() {
    told = false;
  }

  boolean is(String other) {
    return told && other.equals(text);
  }

  /** Whether ASCII bytes spell a text. */
  static boolean same(String text, byte[] bytes, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
