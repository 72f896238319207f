// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Undoes content encodings of whole bodies, checksums included. */
final class Unpacked {

  private Unpacked() {}

  /** Whether bytes with this {@code Content-Encoding} are what they seem. */
  static boolean plain(@Nullable String encoding) {
    return encoding == null || encoding.isBlank() || name(encoding).equals("identity");
  }

  private static String name(String encoding) {
    return encoding.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The bytes within; null if they are damaged, larger than that, or encoded in a way that we do
   * not undo.
   *
   * @param most in bytes
   */
  static byte @Nullable [] of(byte[] body, @Nullable String encoding, long most) {
    if (plain(encoding)) {
      return body;
    }
    String name = encoding == null ? "" : name(encoding);
    try (InputStream in = opened(body, name)) {
      if (in == null) {
        return null;
      }
      byte[] unpacked = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, most + 1));
      return unpacked.length > most ? null : unpacked;
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable InputStream opened(byte[] body, String name) throws IOException {
    InputStream packed = new ByteArrayInputStream(body);
    return switch (name) {
      case "gzip", "x-gzip" -> new GZIPInputStream(packed);
      case "deflate" -> new InflaterInputStream(packed);
      default -> null;
    };
  }
}
