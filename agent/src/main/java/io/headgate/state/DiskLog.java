// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import io.headgate.state.Labels.Label;
import io.headgate.state.RecordFormat.Head;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries in a directory, and where they are. What other JVMs append there is noticed by
 * looking: at most every {@value #LOOK_MILLIS} ms, when something is asked for. Used by the I/O
 * thread only; every method may fail with an {@link IOException}, and can be called again then.
 */
final class DiskLog implements AutoCloseable {

  static final long LOOK_MILLIS = 2000;

  /** So much of what others wrote is read before a question is answered. */
  private static final long LOOK_BYTES = 4 << 20;

  private static final long MAX_SEGMENT = 64 << 20;
  private static final long MIN_SEGMENT = 16 << 10;

  private final InstantSource clock;
  private final StateLog log;
  private final Catalog catalog = new Catalog();
  private final Slots slots;
  private final Directory directory;
  private final LogWriter writer;
  private final Room room;
  private long looked;

  /** An entry that is of a group. */
  interface Grouped {
    void entry(EntryKey key, StoredEntry entry);
  }

  private DiskLog(Path path, long bytes, InstantSource clock, StateLog log, DiskFiles files)
      throws IOException {
    this.clock = clock;
    this.log = log;
    this.slots = new Slots(path, files);
    slots.take();
    this.directory = new Directory(path, catalog, slots, files, clock, log);
    this.writer = new LogWriter(path, slots.mine(), segmentBytes(bytes), catalog, files, clock);
    this.room = new Room(bytes, catalog, writer, files);
  }

  /** Opens what is in a directory that is there. */
  static DiskLog open(Path path, long bytes, InstantSource clock, StateLog log, DiskFiles files)
      throws IOException {
    DiskLog opened = new DiskLog(path, bytes, clock, log, files);
    try {
      opened.directory.look(Long.MAX_VALUE);
      Segment last = opened.directory.newestOf(opened.slots.mine());
      if (last != null && last.end < segmentBytes(bytes)) {
        opened.writer.resume(last);
      }
      opened.makeRoom();
      opened.looked = clock.millis();
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static long segmentBytes(long bytes) {
    return Math.max(MIN_SEGMENT, Math.min(MAX_SEGMENT, bytes / 16));
  }

  /** Why other JVMs and this one do not take over what they leave; null if they do. */
  @Nullable String noLocks() {
    return slots.trouble();
  }

  @Nullable StoredEntry get(EntryKey key) throws IOException {
    maybeLook();
    int number = catalog.index.find(key);
    if (number < 0 || catalog.index.is(number, DiskIndex.REMOVED)) {
      return null;
    }
    StoredEntry entry = read(number);
    if (entry == null || entry.expiresMillis() <= clock.millis()) {
      return null;
    }
    catalog.index.mark(number, DiskIndex.READ);
    return entry;
  }

  /** The entry of that number; if it is damaged or gone, it is forgotten. */
  private @Nullable StoredEntry read(int number) throws IOException {
    Segment segment = catalog.segment(number);
    byte[] record;
    try {
      record = segment.record(catalog.index.offset(number), catalog.index.length(number));
    } catch (NoSuchFileException e) {
      catalog.drop(number); // deleted by its owner
      return null;
    }
    Head head = record == null ? null : RecordFormat.verified(record, segment.name);
    if (record == null || head == null || !head.key().equals(catalog.index.key(number))) {
      log.count("disk", "damaged");
      catalog.drop(number);
      return null;
    }
    return RecordFormat.entry(record, head);
  }

  /** Writes puts and removals, in order. What could not be written is not found any more. */
  void write(List<Change> changes) throws IOException {
    try {
      for (Change each : changes) {
        StoredEntry entry = each.entry();
        if (entry == null) {
          writer.remove(each.key());
        } else {
          writer.put(each.key(), entry);
        }
      }
      writer.flush();
    } catch (IOException e) {
      for (Change each : changes) {
        int number = catalog.index.find(each.key());
        if (number >= 0) {
          catalog.drop(number);
        }
      }
      throw e;
    }
    if (room.isNeeded()) {
      makeRoom();
    }
  }

  long purge(Purge which) throws IOException {
    look(Long.MAX_VALUE);
    long now = clock.millis();
    DiskIndex index = catalog.index;
    List<EntryKey> keys = new ArrayList<>();
    for (int number = 0; number < index.limit(); number++) {
      if (index.isUsed(number)
          && !index.is(number, DiskIndex.REMOVED)
          && index.expires(number) > now
          && fits(which, number)) {
        keys.add(index.key(number));
      }
    }
    writer.seal(); // so that the files with what was purged can go
    for (EntryKey each : keys) {
      int number = index.find(each);
      writer.remove(each, catalog.newStamp(now), index.expires(number));
    }
    writer.flush();
    room.tidy(now);
    return keys.size();
  }

  private boolean fits(Purge which, int number) throws IOException {
    Label label = catalog.labels.label(catalog.index.label(number));
    if (label == null) {
      if (which.model() == null && which.route() == null) {
        label = new Label("", "");
      } else {
        StoredEntry entry = read(number);
        if (entry == null) {
          return false;
        }
        label = new Label(entry.model(), entry.route());
      }
    }
    return which.fits(
        catalog.index.key(number), catalog.index.created(number), label.model(), label.route());
  }

  /** The keys of the entries that have a group, as they lie on the disk. */
  List<EntryKey> grouped() {
    DiskIndex index = catalog.index;
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < index.limit(); number++) {
      if (index.isUsed(number)
          && index.is(number, DiskIndex.GROUP)
          && !index.is(number, DiskIndex.REMOVED)) {
        numbers.add(number);
      }
    }
    numbers.sort(
        (a, b) ->
            index.segment(a) == index.segment(b)
                ? Long.compare(index.offset(a), index.offset(b))
                : Integer.compare(index.segment(a), index.segment(b)));
    return numbers.stream().map(index::key).toList();
  }

  /** Shows an entry if it is still there; that does not count as reading it. */
  void show(EntryKey key, Grouped to) throws IOException {
    int number = catalog.index.find(key);
    if (number < 0 || catalog.index.is(number, DiskIndex.REMOVED)) {
      return;
    }
    StoredEntry entry = read(number);
    if (entry != null && entry.expiresMillis() > clock.millis()) {
      to.entry(key, entry);
    }
  }

  /** Reads on in what others wrote, if a look did not read all of it. */
  boolean catchUp() throws IOException {
    boolean behind = directory.isBehind();
    if (behind) {
      look(LOOK_BYTES);
    }
    return behind;
  }

  EntryStore.Sizes sizes() {
    return new EntryStore.Sizes(catalog.entries(), catalog.bytes());
  }

  private void maybeLook() throws IOException {
    // Also if the clock was set back.
    if (Math.abs(clock.millis() - looked) >= LOOK_MILLIS) {
      look(LOOK_BYTES);
    }
  }

  private void look(long budget) throws IOException {
    looked = clock.millis();
    directory.look(budget);
    Segment active = writer.active();
    if (active != null && !directory.has(active)) {
      writer.lost();
    }
    room.letGoOfDead();
    if (room.isNeeded()) {
      makeRoom();
    }
  }

  private void makeRoom() throws IOException {
    room.make(clock.millis());
  }

  /** What was written and is not known to be on the device. */
  List<FileChannel> toForce() {
    List<FileChannel> channels = new ArrayList<>();
    for (Segment each : catalog.segments()) {
      FileChannel channel = each.toForce();
      if (channel != null) {
        channels.add(channel);
      }
    }
    return channels;
  }

  @Override
  public void close() {
    for (Segment each : catalog.segments()) {
      each.close();
    }
    slots.close();
  }
}
