// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the file's bytes and text. */
final class ConfigFile {
  static final int MAX_BYTES = 1 << 20;

  private ConfigFile() {}

  /** Why a file cannot be read, as the end of a sentence that starts with its name. */
  static final class Unreadable extends Exception {
    private final String reason;

    Unreadable(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  static byte[] bytes(File file) throws Unreadable {
    if (!file.exists()) {
      throw new Unreadable("does not exist");
    }
    // A pipe would block, a directory cannot be read.
    if (!file.isFile()) {
      throw new Unreadable("is not a regular file");
    }
    if (!file.canRead()) {
      throw new Unreadable("is not readable by this process");
    }
    try (InputStream in = new FileInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new Unreadable("is larger than 1 MiB");
      }
      return bytes;
    } catch (IOException e) {
      throw new Unreadable("cannot be read");
    }
  }

  /** What is ASCII in a file that is not UTF-8: enough to find a key in it, be it UTF-16. */
  static String ascii(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      if (b > 0) {
        text.append((char) b);
      }
    }
    return text.toString();
  }

  /** The text without a byte order mark; null, and a problem, if it is not UTF-8. */
  static @Nullable String text(byte[] bytes, String name, Problems problems) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      problems.add(name, "is not UTF-8 text; save it as UTF-8");
      return null;
    }
  }
}
