// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of records, one behind the other; see {@link RecordFormat}. Only its owner appends to it,
 * cuts it or deletes it. Used by the I/O thread only.
 */
final class Segment implements AutoCloseable {

  final int id;
  final SegmentName name;
  final Path path;
  private final DiskFiles files;
  private boolean writable;
  private @Nullable FileChannel channel;

  /** Whether it is this JVM's to delete. */
  boolean owned;

  /** Up to where records were found or written, in bytes. */
  long end;

  /** How long the file is, as far as it was looked at. */
  long size;

  /** How long the file was when all of it had been gone through. */
  long scanned = -1;

  /** Whether it could not be gone through: then nothing is appended to it. */
  boolean broken;

  /** Bytes of the records that the index names. */
  long live;

  /** Whether something was written since it was last on its way to the device. */
  boolean dirty;

  private Segment(
      int id,
      SegmentName name,
      Path path,
      DiskFiles files,
      boolean writable,
      @Nullable FileChannel channel) {
    this.id = id;
    this.name = name;
    this.path = path;
    this.files = files;
    this.writable = writable;
    this.channel = channel;
  }

  /** One that is there. */
  static Segment existing(int id, SegmentName name, Path path, DiskFiles files) {
    return new Segment(id, name, path, files, false, null);
  }

  /** One to be made. */
  static Segment create(int id, SegmentName name, Path path, DiskFiles files) throws IOException {
    Segment made = new Segment(id, name, path, files, true, files.create(path));
    made.owned = true;
    made.scanned = 0;
    return made;
  }

  /** Makes this one ready to be continued behind its last whole record: cuts off what follows. */
  void reopen() throws IOException {
    close();
    writable = true;
    open().truncate(end);
    size = end;
  }

  /** Appends whole records. If that fails, what got there is cut off or written over. */
  void append(ByteBuffer records) throws IOException {
    int length = records.remaining();
    int from = records.position();
    try {
      files.write(open(), end, records);
    } catch (ClosedChannelException e) {
      // An interrupt closes a channel. Nobody has a reason to interrupt our thread; still.
      var unused = Thread.interrupted();
      files.write(open(), end, records.position(from));
    } catch (IOException e) {
      cut();
      throw e;
    }
    end += length;
    size = end;
    dirty = true;
  }

  private void cut() {
    try {
      open().truncate(end);
    } catch (IOException e) {
      // A part of a record stays behind the end; the next one is written over it.
    }
  }

  /** The record there, whole or not: to be verified; null if the file does not reach so far. */
  byte @Nullable [] record(long offset, int length) throws IOException {
    byte[] record = new byte[length];
    return read(offset, record, 0, length) == length ? record : null;
  }

  int read(long position, byte[] into, int offset, int length) throws IOException {
    try {
      return files.read(open(), position, into, offset, length);
    } catch (ClosedChannelException e) {
      var unused = Thread.interrupted(); // see append
      return files.read(open(), position, into, offset, length);
    }
  }

  /** How long the file is by now. */
  long measure() throws IOException {
    size = open().size();
    return size;
  }

  private FileChannel open() throws IOException {
    FileChannel now = channel;
    if (now == null || !now.isOpen()) {
      now = writable ? files.write(path) : files.read(path);
      channel = now;
    }
    return now;
  }

  /** To send what was written to the device; on any thread. Null if there is nothing to send. */
  @Nullable FileChannel toForce() {
    if (!dirty) {
      return null;
    }
    dirty = false;
    return channel;
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It is no longer needed.
      }
    }
  }
}
