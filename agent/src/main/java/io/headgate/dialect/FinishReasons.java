// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why each choice ended, in the order of the choices, however the document and stream order them.
 */
final class FinishReasons {

  /** More choices are not listed. */
  private static final int MOST = 128;

  private @Nullable String[] reasons = new @Nullable String[1];
  private final Kept current = new Kept();
  private boolean currentSet;
  private long index = -1;
  private int ordinal = -1;

  /** A new document begins: its choices count from zero. */
  void document() {
    ordinal = -1;
    choice();
  }

  /** A choice begins. */
  void open() {
    ordinal++;
    choice();
  }

  private void choice() {
    index = -1;
    currentSet = false;
  }

  void index(long told) {
    index = told;
  }

  void reason(byte[] bytes, int length) {
    current.set(bytes, length);
    currentSet = length > 0;
  }

  /** A choice, or a document that is its only choice, ends. */
  void close() {
    if (currentSet) {
      long at = index >= 0 ? index : Math.max(0, ordinal);
      if (at < MOST) {
        set((int) at, current.text());
      }
    }
    choice();
  }

  void set(int at, @Nullable String reason) {
    if (at >= reasons.length) {
      reasons = Arrays.copyOf(reasons, at + 1);
    }
    reasons[at] = reason;
  }

  boolean isEmpty() {
    for (String reason : reasons) {
      if (reason != null) {
        return false;
      }
    }
    return !currentSet;
  }

  List<String> list() {
    List<String> list = new ArrayList<>(reasons.length);
    for (String reason : reasons) {
      if (reason != null) {
        list.add(reason);
      }
    }
    return list;
  }
}
