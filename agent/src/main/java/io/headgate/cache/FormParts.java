// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds the parts of a multipart body (RFC 2046) to a hash, without the boundary between them, which
 * clients draw anew for each call.
 */
final class FormParts {

  /** RFC 2046 allows 70 bytes. */
  private static final int LONGEST_BOUNDARY = 256;

  private static final byte[] LINE_END = ascii("\r\n");
  private static final byte[] BLANK_LINE = ascii("\r\n\r\n");
  private static final byte[] NAME = ascii("name=\"");

  private final byte[] form;
  private final Set<String> ignored;

  private FormParts(byte[] form, Set<String> ignored) {
    this.form = form;
    this.ignored = ignored;
  }

  /**
   * Adds them.
   *
   * @param ignored fields that make no difference
   * @return false, with nothing added, if the body is not made of parts from one end to the other
   */
  static boolean add(KeyHash hash, byte[] form, Set<String> ignored) {
    FormParts parts = new FormParts(form, ignored);
    return parts.walk(null) && parts.walk(hash);
  }

  /** Goes through all parts; adds them if there is a hash. */
  private boolean walk(@Nullable KeyHash hash) {
    int lineEnd = indexOf(0, Math.min(form.length, LONGEST_BOUNDARY), LINE_END);
    if (lineEnd <= 2 || form[0] != '-' || form[1] != '-') {
      return false;
    }
    byte[] delimiter = new byte[lineEnd + 2];
    System.arraycopy(LINE_END, 0, delimiter, 0, 2);
    System.arraycopy(form, 0, delimiter, 2, lineEnd);
    int from = lineEnd + 2;
    while (true) {
      int end = indexOf(from, form.length, delimiter);
      if (end < 0) {
        return false;
      }
      if (hash != null && !isIgnored(from, end)) {
        hash.mark('p').bytes(form, from, end - from);
      }
      int behind = end + delimiter.length;
      if (starts(behind, LINE_END)) {
        from = behind + 2;
      } else {
        // Two dashes and at most a line end: it has come to its end.
        int rest = form.length - behind;
        return (rest == 2 || (rest == 4 && starts(behind + 2, LINE_END)))
            && form[behind] == '-'
            && form[behind + 1] == '-';
      }
    }
  }

  private boolean isIgnored(int from, int end) {
    if (ignored.isEmpty()) {
      return false;
    }
    int headEnd = indexOf(from, end, BLANK_LINE);
    int at = headEnd < 0 ? -1 : indexOf(from, headEnd, NAME);
    // Not the file name.
    while (at > from && form[at - 1] != ' ' && form[at - 1] != ';') {
      at = indexOf(at + 1, headEnd, NAME);
    }
    int nameFrom = at + NAME.length;
    int quote = at < 0 ? -1 : indexOf(nameFrom, headEnd, ascii("\""));
    return quote >= 0
        && ignored.contains(new String(form, nameFrom, quote - nameFrom, StandardCharsets.UTF_8));
  }

  private boolean starts(int at, byte[] wanted) {
    return form.length - at >= wanted.length
        && Arrays.equals(form, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private int indexOf(int from, int to, byte[] wanted) {
    int last = to - wanted.length;
    for (int at = from; at <= last; at++) {
      if (form[at] == wanted[0] && starts(at, wanted)) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
