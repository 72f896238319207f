// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens, reads and writes files that nobody but their user may see. On file systems without POSIX
 * permissions they are as the directory says. Not thread-safe: the I/O thread has one.
 */
class DiskFiles {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<?> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * What is read and written goes through these bytes: given an array, a channel keeps native
   * memory as large as the largest ever given, for as long as the thread lives.
   */
  private final ByteBuffer staging = ByteBuffer.allocateDirect(64 << 10);

  /** Makes a directory, and those above it, unless they are there. */
  void directory(Path directory) throws IOException {
    if (!posix(directory)) {
      Files.createDirectories(directory);
      return;
    }
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER));
    if (!Files.getPosixFilePermissions(directory).equals(OWNER)) {
      try {
        Files.setPosixFilePermissions(directory, OWNER);
      } catch (IOException e) {
        // Another user's; the files in it are ours alone all the same.
      }
    }
  }

  FileChannel read(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  /** A file that must not be there yet. */
  FileChannel create(Path file) throws IOException {
    return open(
        file,
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
  }

  /** A file that is there. */
  FileChannel write(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** A file to lock, made unless it is there. */
  FileChannel lockFile(Path file) throws IOException {
    return open(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE));
  }

  /** Null if another process has it; fails where files cannot be locked. */
  @Nullable FileLock lock(FileChannel channel) throws IOException {
    return channel.tryLock();
  }

  private static FileChannel open(Path file, Set<StandardOpenOption> options) throws IOException {
    return posix(file)
        ? FileChannel.open(file, options, OWNER_FILE)
        : FileChannel.open(file, options);
  }

  List<Path> list(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** Writes all of it. */
  void write(FileChannel channel, long position, ByteBuffer bytes) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      staging.clear();
      int some = Math.min(staging.remaining(), bytes.remaining());
      staging.put(bytes.slice().limit(some)).flip();
      bytes.position(bytes.position() + some);
      while (staging.hasRemaining()) {
        at += channel.write(staging, at);
      }
    }
  }

  /**
   * Reads up to {@code length} bytes.
   *
   * @return how many: fewer only at the end of the file
   */
  int read(FileChannel channel, long position, byte[] into, int offset, int length)
      throws IOException {
    int done = 0;
    while (done < length) {
      staging.clear().limit(Math.min(staging.capacity(), length - done));
      int some = channel.read(staging, position + done);
      if (some < 0) {
        break;
      }
      staging.flip();
      staging.get(into, offset + done, some);
      done += some;
    }
    return done;
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
