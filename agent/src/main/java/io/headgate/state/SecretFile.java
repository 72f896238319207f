// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The secret of all who use a directory: 32 random bytes and their CRC-32C. Whoever is first makes
 * it; it appears whole or not at all.
 */
final class SecretFile {

  static final int BYTES = 32;

  private static final int SIZE = BYTES + 4;

  private final Path file;
  private final DiskFiles files;

  SecretFile(Path directory, DiskFiles files) {
    this.file = directory.resolve("secret");
    this.files = files;
  }

  static byte[] random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /**
   * The secret that is there; else the proposed one, which is there from now on.
   *
   * @param lost told that there was a secret that cannot be read any more
   */
  byte[] readOr(byte[] proposed, Runnable lost) throws IOException {
    byte[] there = null;
    boolean unreadable = false;
    try {
      there = read();
      unreadable = there == null;
    } catch (NoSuchFileException e) {
      // The first one here.
    } catch (IOException e) {
      unreadable = true;
    }
    if (there != null) {
      return there;
    }
    write(proposed, unreadable);
    byte[] settled = read(); // maybe another's, who was faster
    if (settled == null) {
      throw new IOException("cannot read back what was written to " + file);
    }
    if (unreadable) {
      lost.run();
    }
    return settled;
  }

  private byte @Nullable [] read() throws IOException {
    byte[] bytes = new byte[SIZE];
    try (FileChannel channel = files.read(file)) {
      if (channel.size() != SIZE || files.read(channel, 0, bytes, 0, SIZE) != SIZE) {
        return null;
      }
    }
    byte[] secret = Arrays.copyOf(bytes, BYTES);
    return ByteBuffer.wrap(bytes).getInt(BYTES) == check(secret) ? secret : null;
  }

  private void write(byte[] secret, boolean replace) throws IOException {
    Path draft =
        file.resolveSibling("secret." + HexFormat.of().formatHex(Arrays.copyOf(random(), 8)));
    try {
      try (FileChannel channel = files.create(draft)) {
        byte[] bytes = ByteBuffer.allocate(SIZE).put(secret).putInt(check(secret)).array();
        files.write(channel, 0, ByteBuffer.wrap(bytes));
        channel.force(true);
      }
      if (replace) {
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      } else {
        publish(draft);
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Gives the draft its name unless somebody has it: a link is made only where there is none. */
  private void publish(Path draft) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another one's holds.
    } catch (UnsupportedOperationException | IOException e) {
      // No links here. Two JVMs that start at the same instant may then differ until a restart.
      try {
        Files.move(draft, file);
      } catch (FileAlreadyExistsException another) {
        // Another one's holds.
      }
    }
  }

  private static int check(byte[] secret) {
    CRC32C crc = new CRC32C();
    crc.update(secret, 0, BYTES);
    return (int) crc.getValue();
  }
}
