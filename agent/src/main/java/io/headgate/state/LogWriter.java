// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import io.headgate.state.RecordFormat.Head;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to this JVM's newest segment, many in one go, and begins another when that is
 * full. A record is in the catalogue once it is written. Used by the I/O thread only.
 */
final class LogWriter {

  private static final int BATCH = 256 << 10;

  private final Path directory;
  private final String slot;
  private final long segmentBytes;
  private final Catalog catalog;
  private final DiskFiles files;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final ByteBuffer batch = ByteBuffer.allocate(BATCH);
  private final List<Written> written = new ArrayList<>();
  private @Nullable Segment active;
  private boolean opened;

  /** A record of the batch. */
  private record Written(Head head, int label, int length) {}

  LogWriter(
      Path directory,
      String slot,
      long segmentBytes,
      Catalog catalog,
      DiskFiles files,
      InstantSource clock) {
    this.directory = directory;
    this.slot = slot;
    this.segmentBytes = segmentBytes;
    this.catalog = catalog;
    this.files = files;
    this.clock = clock;
  }

  /** The segment that is written to, or will be; null if another is made first. */
  @Nullable Segment active() {
    return active;
  }

  /** Goes on with a segment of an earlier JVM, of this slot. */
  void resume(Segment segment) {
    active = segment;
    opened = false;
  }

  /** The segment that was written to is gone. */
  void lost() {
    active = null;
  }

  /** Writes no more to the segment that was written to. */
  void seal() throws IOException {
    flush();
    active = null;
  }

  void put(EntryKey key, StoredEntry entry) throws IOException {
    Segment segment = segment();
    byte[] record = RecordFormat.entry(segment.name, key, catalog.newStamp(clock.millis()), entry);
    add(record, catalog.labels.number(entry.model(), entry.route()));
  }

  /** Says that a key was removed, if anything is known of it. */
  void remove(EntryKey key) throws IOException {
    flush(); // what is known of it may be in the batch
    int number = catalog.index.find(key);
    if (number < 0 || catalog.index.is(number, DiskIndex.REMOVED)) {
      return;
    }
    long now = clock.millis();
    if (catalog.index.expires(number) <= now) {
      catalog.drop(number);
    } else {
      remove(key, catalog.newStamp(now), catalog.index.expires(number));
    }
  }

  void remove(EntryKey key, long stamp, long expires) throws IOException {
    add(RecordFormat.removal(segment().name, key, stamp, expires), Labels.UNKNOWN);
  }

  /** Writes an entry's record again, as it is. */
  void move(int number) throws IOException {
    Segment from = catalog.segment(number);
    byte[] record = from.record(catalog.index.offset(number), catalog.index.length(number));
    if (record != null && RecordFormat.verified(record, from.name) != null) {
      add(RecordFormat.moved(record, segment().name), catalog.index.label(number));
    }
  }

  private void add(byte[] record, int label) throws IOException {
    Segment segment = segment();
    long before = segment.end + batch.position();
    if (before > 0 && before + record.length > segmentBytes) {
      seal();
      RecordFormat.moved(record, segment().name);
    } else if (batch.remaining() < record.length) {
      flush();
    }
    Head head = Objects.requireNonNull(RecordFormat.head(record, 0, record.length));
    written.add(new Written(head, label, record.length));
    if (record.length <= batch.remaining()) {
      batch.put(record);
    } else {
      write(ByteBuffer.wrap(record));
    }
  }

  /** Hands over what there is to the operating system; if that fails, it is lost. */
  void flush() throws IOException {
    if (!written.isEmpty()) {
      write(batch.flip());
    }
  }

  private void write(ByteBuffer records) throws IOException {
    try {
      Segment segment = segment();
      long offset = segment.end;
      segment.append(records);
      long now = clock.millis();
      for (Written each : written) {
        catalog.accept(segment, each.head, each.label, offset, each.length, now);
        offset += each.length;
      }
    } finally {
      written.clear();
      batch.clear();
    }
  }

  private Segment segment() throws IOException {
    Segment now = active;
    if (now == null) {
      long sequence = 0;
      for (Segment each : catalog.segments()) {
        sequence = Math.max(sequence, each.name.sequence());
      }
      SegmentName name = new SegmentName(slot, sequence + 1, random.nextLong());
      now = Segment.create(catalog.newId(), name, directory.resolve(name.file()), files);
      catalog.add(now);
      active = now;
      opened = true;
    } else if (!opened) {
      now.reopen();
      opened = true;
    }
    return now;
  }
}
