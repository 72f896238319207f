// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Usage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the name of an error among the places where providers put it. */
final class AnswerError {

  /** Names are short; a sentence may quote what the user wrote. */
  private static final int LONGEST_NAME = 80;

  private final Kept code = new Kept();
  private final Kept type = new Kept();
  private final Kept status = new Kept();
  private final Kept rootCode = new Kept();
  private final Kept rootType = new Kept();
  private long number = Usage.UNKNOWN;
  private boolean seen;

  void seen() {
    seen = true;
  }

  /** There is an error of that name; empty if it has none. */
  void named(String name) {
    seen = true;
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    code.set(bytes, bytes.length);
  }

  boolean isSeen() {
    return seen;
  }

  void text(Field slot, byte[] bytes, int length) {
    switch (slot) {
      case ERROR -> seen |= length > 0;
      case ERROR_CODE -> code.set(bytes, length);
      case ERROR_TYPE -> type.set(bytes, length);
      case ERROR_STATUS -> status.set(bytes, length);
      case ROOT_CODE -> rootCode.set(bytes, length);
      case ROOT_ERROR_TYPE -> rootType.set(bytes, length);
      default -> {
        // Not ours.
      }
    }
  }

  void code(long told) {
    number = told;
  }

  /**
   * The most telling name.
   *
   * @param failed whether the HTTP status or the document says that it is an error
   * @param saysSo whether the document itself says so
   */
  @Nullable String type(boolean failed, boolean saysSo) {
    if (!seen && !failed) {
      return null;
    }
    String name = first(code, status, type);
    if (name == null && failed) {
      name = first(rootCode, rootType);
    }
    if (name == null && number >= 0) {
      name = Long.toString(number);
    }
    return name == null && (seen || saysSo) ? "error" : name;
  }

  private static @Nullable String first(Kept... places) {
    for (Kept place : places) {
      String text = place.text();
      if (text != null && text.length() <= LONGEST_NAME && text.indexOf(' ') < 0) {
        return text;
      }
    }
    return null;
  }
}
