// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an answer says of its error: names at several places, and a message, which stays here. */
final class JudgeErrors {

  /** Messages that are longer are not read, in bytes. */
  static final int MESSAGE_LIMIT = 4096;

  /** Names are short; a sentence may quote what the user wrote. */
  private static final int LONGEST_NAME = 80;

  private final Kept code = new Kept();
  private final Kept status = new Kept();
  private final Kept type = new Kept();
  private final Kept detail = new Kept();
  private final Kept rootCode = new Kept();
  private final Kept rootType = new Kept();
  private final Kept message = new Kept();

  /** From the most telling place to the least. */
  private final List<Kept> places = List.of(code, status, type, rootCode, rootType, detail);

  private long number = -1;
  private boolean seen;

  /** There is an error, whatever it says. */
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

  void text(JudgeField slot, byte[] bytes, int length) {
    switch (slot) {
      case ERROR -> {
        seen |= length > 0;
        message.set(bytes, length);
      }
      case ERROR_CODE -> code.set(bytes, length);
      case ERROR_STATUS -> status.set(bytes, length);
      case ERROR_TYPE -> type.set(bytes, length);
      case ERROR_DETAIL -> detail.set(bytes, length);
      case ROOT_CODE -> rootCode.set(bytes, length);
      case ROOT_TYPE -> rootType.set(bytes, length);
      case ERROR_MESSAGE, ROOT_MESSAGE -> message.set(bytes, length);
      default -> {
        // Not ours.
      }
    }
  }

  void number(JudgeField slot, long told) {
    if (slot == JudgeField.ERROR_CODE || slot == JudgeField.ROOT_CODE) {
      number = told;
    }
  }

  /** The provider's most telling name; null if there is none. */
  @Nullable String name() {
    for (Kept place : places) {
      String text = place.text();
      boolean name = text != null && text.length() <= LONGEST_NAME && text.indexOf(' ') < 0;
      if (name && !"error".equals(text)) {
        return text;
      }
    }
    return number >= 0 ? Long.toString(number) : null;
  }

  /**
   * What kind of failure it is.
   *
   * @param httpStatus the status of the answer; a success means that only the body tells
   * @param header a name from the header; null if it has none
   */
  FailureKind kind(int httpStatus, @Nullable String header) {
    List<String> names = new ArrayList<>(places.size() + 1);
    for (Kept place : places) {
      add(names, place.text());
    }
    add(names, header);
    int known = httpStatus >= 400 ? httpStatus : number >= 400 && number < 600 ? (int) number : 0;
    String told = message.text();
    return JudgeKinds.kind(known, names, told == null ? "" : told.toLowerCase(Locale.ROOT));
  }

  private static void add(List<String> names, @Nullable String name) {
    if (name != null) {
      names.add(name.toLowerCase(Locale.ROOT));
    }
  }
}
