// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives a field of a multipart/form-data body (RFC 7578) another value; files and all other parts
 * stay byte for byte.
 */
final class FormEdit {

  /** No client writes longer boundaries (RFC 2046 allows 70) or heads of parts, in bytes. */
  private static final int LONGEST_BOUNDARY = 256;

  private static final int LONGEST_HEAD = 8192;
  private static final byte[] LINE_END = ascii("\r\n");
  private static final byte[] BLANK_LINE = ascii("\r\n\r\n");
  private static final Pattern DISPOSITION =
      Pattern.compile("(?im)^content-disposition[ \t]*:([^\r\n]*)");
  private static final Pattern NAME =
      Pattern.compile("(?i)[; \t]name[ \t]*=[ \t]*(?:\"([^\"]*)\"|([^; \t\"]+))");
  private static final Pattern FILE = Pattern.compile("(?i)[; \t]filename\\*?[ \t]*=");

  /** OkHttp writes it into each part. */
  private static final Pattern LENGTH =
      Pattern.compile("(?im)^content-length[ \t]*:[ \t]*([0-9]+)");

  private final byte[] form;
  private final String name;
  private final byte[] value;
  private final Splices splices = new Splices();
  private boolean found;

  private FormEdit(byte[] form, String name, String value) {
    this.form = form;
    this.name = name;
    this.value = value.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The form with that value; the very same array if it has it already. Null if this is no form, or
   * if the value cannot stand in one line.
   *
   * @param insert whether a form without the field gets one
   */
  static byte @Nullable [] set(byte[] form, String name, String value, boolean insert) {
    FormEdit edit = new FormEdit(form, name, value);
    byte[] boundary = edit.boundary();
    if (boundary == null
        || value.chars().anyMatch(Character::isISOControl)
        || !edit.parts(boundary)) {
      return null;
    }
    if (!edit.found && insert) {
      edit.insert(boundary);
    }
    return edit.splices.isEmpty() ? form : edit.splices.apply(form);
  }

  /** The dashes and what follows them in the first line. */
  private byte @Nullable [] boundary() {
    int end = indexOf(form, 0, Math.min(form.length, LONGEST_BOUNDARY), LINE_END);
    while (end > 0 && (form[end - 1] == ' ' || form[end - 1] == '\t')) {
      end--;
    }
    if (end <= 2 || form[0] != '-' || form[1] != '-') {
      return null;
    }
    byte[] boundary = new byte[end];
    System.arraycopy(form, 0, boundary, 0, end);
    return boundary;
  }

  private boolean parts(byte[] boundary) {
    byte[] delimiter = Splices.joined(LINE_END, boundary);
    int at = indexOf(form, 0, form.length, LINE_END);
    while (at >= 0) {
      int blank = indexOf(form, at, form.length, BLANK_LINE);
      if (blank < 0) {
        return false;
      }
      int from = blank + BLANK_LINE.length;
      int to = indexOf(form, from, form.length, delimiter);
      if (to < 0) {
        return false;
      }
      if (blank - at <= LONGEST_HEAD) {
        part(at, blank, from, to);
      }
      at = to + delimiter.length;
      if (at + 1 < form.length && form[at] == '-' && form[at + 1] == '-') {
        return true;
      }
      while (at < form.length && (form[at] == ' ' || form[at] == '\t')) {
        at++;
      }
      if (indexOf(form, at, Math.min(form.length, at + 2), LINE_END) != at) {
        return false;
      }
    }
    return false;
  }

  private void part(int headFrom, int headTo, int from, int to) {
    // One character for each byte, so that places in the text are places in the form.
    String head = new String(form, headFrom, headTo - headFrom, StandardCharsets.ISO_8859_1);
    Matcher disposition = DISPOSITION.matcher(head);
    if (!disposition.find() || !isField(disposition.group(1))) {
      return;
    }
    found = true;
    if (Arrays.equals(form, from, to, value, 0, value.length)) {
      return;
    }
    Matcher length = LENGTH.matcher(head);
    if (length.find()) {
      splices.replace(
          headFrom + length.start(1),
          headFrom + length.end(1),
          ascii(Integer.toString(value.length)));
    }
    splices.replace(from, to, value);
  }

  private boolean isField(String disposition) {
    Matcher given = NAME.matcher(disposition);
    return given.find()
        && name.equals(given.group(1) != null ? given.group(1) : given.group(2))
        && !FILE.matcher(disposition).find();
  }

  private void insert(byte[] boundary) {
    splices.insert(
        0,
        Splices.joined(
            boundary,
            ascii("\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n"),
            value,
            LINE_END));
  }

  private static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
    int last = to - wanted.length;
    for (int at = from; at <= last; at++) {
      int i = 0;
      while (i < wanted.length && bytes[at + i] == wanted[i]) {
        i++;
      }
      if (i == wanted.length) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
