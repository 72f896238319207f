// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The name of a segment file, {@code SLOT-SEQUENCE-SALT.hgVERSION}. What must be known to read a
 * file at all is in its name, because a damaged byte in the file must cost one record at most.
 *
 * @param slot whose it is
 * @param sequence grows with every segment made, whoever makes it; the lowest is the oldest
 * @param salt 64 random bits that mark each of its records. Nobody who can put something into an
 *     entry knows them: an entry's content cannot pass for a record when the one around it is
 *     damaged.
 */
record SegmentName(String slot, long sequence, long salt) {

  /** Of the format of files and records. */
  private static final int VERSION = 1;

  private static final String SUFFIX = ".hg";

  /** Null if a file is no segment of this version. */
  static @Nullable SegmentName parse(String file) {
    int dot = file.lastIndexOf(SUFFIX);
    int second = file.lastIndexOf('-');
    int first = file.indexOf('-');
    if (version(file) != VERSION || first < 1 || second <= first || second > dot) {
      return null;
    }
    try {
      return new SegmentName(
          file.substring(0, first),
          HexFormat.fromHexDigitsToLong(file, first + 1, second),
          HexFormat.fromHexDigitsToLong(file, second + 1, dot));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether a file is a segment of a version that is not known yet. */
  static boolean ofTheFuture(String file) {
    return version(file) > VERSION;
  }

  private static int version(String file) {
    int dot = file.lastIndexOf(SUFFIX);
    try {
      return dot < 0 ? 0 : Integer.parseInt(file.substring(dot + SUFFIX.length()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  String file() {
    HexFormat hex = HexFormat.of();
    return (slot + "-" + hex.toHexDigits(sequence) + "-" + hex.toHexDigits(salt))
            .toLowerCase(Locale.ROOT)
        + SUFFIX
        + VERSION;
  }

  /** What each record begins with. */
  int marker() {
    return (int) (salt >>> 32);
  }

  /** What the checksum of each record begins with. */
  int seed() {
    return (int) salt;
  }
}
