// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the segments that are in a directory, this JVM's and others', and reads what it has not
 * read of them into the catalogue. Used by the I/O thread only.
 */
final class Directory {

  private static final long ADOPT_MILLIS = 10_000;

  private final Path path;
  private final Catalog catalog;
  private final Slots slots;
  private final DiskFiles files;
  private final InstantSource clock;
  private final StateLog log;
  private final Map<Path, Segment> known = new HashMap<>();
  private boolean first = true;
  private boolean saidFuture;
  private long adopted = Long.MIN_VALUE;

  /** The directory is not the one that was opened; it must be opened anew. */
  static final class Moved extends IOException {
    Moved(@Nullable IOException cause) {
      super("files were deleted there", cause);
    }
  }

  Directory(
      Path path, Catalog catalog, Slots slots, DiskFiles files, InstantSource clock, StateLog log) {
    this.path = path;
    this.catalog = catalog;
    this.slots = slots;
    this.files = files;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Looks once.
   *
   * @param budget so many bytes are read, about
   * @throws Moved if the directory is no longer the one that was opened
   */
  void look(long budget) throws IOException {
    if (!slots.stillHeld()) {
      throw new Moved(null);
    }
    for (Segment each : catalog.segments()) {
      known.putIfAbsent(each.path, each);
    }
    Map<Path, Segment> gone = new HashMap<>(known);
    List<Segment> grown = new ArrayList<>();
    for (Path file : list()) {
      Segment segment = gone.remove(file);
      if (segment == null) {
        segment = found(file);
      }
      if (segment != null && segment.scanned < 0) {
        grown.add(segment);
      } else if (segment != null && !segment.owned && measured(segment) != segment.scanned) {
        grown.add(segment);
      }
    }
    adopt(grown);
    read(grown, budget);
    // Not before what is new was read: entries that were moved are there by now.
    for (Segment each : gone.values()) {
      known.remove(each.path);
      catalog.drop(each);
    }
    first = false;
  }

  private List<Path> list() throws IOException {
    try {
      return files.list(path);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new Moved(e);
    }
  }

  /** Whether there is something left to read. */
  boolean isBehind() {
    for (Segment each : known.values()) {
      if (each.scanned < 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a segment was there when the directory was last looked at. */
  boolean has(Segment segment) {
    return known.containsKey(segment.path);
  }

  @Nullable Segment newestOf(String slot) {
    return known.values().stream()
        .filter(each -> each.name.slot().equals(slot) && !each.broken)
        .max(Comparator.comparingLong(each -> each.name.sequence()))
        .orElse(null);
  }

  private @Nullable Segment found(Path file) {
    String name = String.valueOf(file.getFileName());
    if (SegmentName.ofTheFuture(name) && !saidFuture) {
      saidFuture = true;
      log.say(
          "the disk cache in "
              + path
              + " holds files of a later version of Headgate; they are left alone");
    }
    SegmentName parsed = SegmentName.parse(name);
    if (parsed == null) {
      return null;
    }
    Segment segment = Segment.existing(catalog.newId(), parsed, file, files);
    segment.owned = slots.owns(parsed.slot());
    known.put(file, segment);
    catalog.add(segment);
    return segment;
  }

  /** Takes over what JVMs left that are gone. */
  private void adopt(List<Segment> grown) throws IOException {
    long now = clock.millis();
    if (!first && Math.abs(now - adopted) < ADOPT_MILLIS) {
      return;
    }
    adopted = now;
    Set<String> living = new HashSet<>();
    for (Segment each : known.values()) {
      if (each.owned || living.contains(each.name.slot())) {
        continue;
      }
      if (slots.owns(each.name.slot()) || slots.adopt(each.name.slot(), changed(each.path), now)) {
        each.owned = true;
        if (measured(each) != each.scanned && !grown.contains(each)) {
          grown.add(each); // what it wrote last
        }
      } else {
        living.add(each.name.slot());
      }
    }
  }

  private void read(List<Segment> segments, long budget) {
    segments.sort(Comparator.comparingLong(each -> each.name.sequence()));
    long left = budget;
    for (Segment each : segments) {
      if (left <= 0) {
        return;
      }
      left -= read(each, left);
    }
  }

  /** How many bytes were read. */
  private long read(Segment segment, long budget) {
    long from = segment.end;
    try {
      long size = segment.measure();
      long now = clock.millis();
      int damaged =
          new SegmentScan(
                  segment,
                  (head, labels, at, offset, length) ->
                      catalog.accept(segment, head, label(head, labels, at), offset, length, now))
              .run(size, budget);
      boolean through = budget >= size - from;
      segment.scanned = through ? size : -1;
      // What another JVM is just writing may not be whole yet.
      damaged += segment.owned && through && segment.end < size ? 1 : 0;
      for (int i = 0; i < damaged; i++) {
        log.count("disk", "damaged");
      }
    } catch (NoSuchFileException e) {
      segment.scanned = 0; // deleted meanwhile; the next look sees that
    } catch (IOException e) {
      segment.broken = true;
      segment.scanned = segment.size;
      log.count("disk", "read");
    }
    return segment.end - from;
  }

  private int label(RecordFormat.Head head, byte @Nullable [] labels, int at) {
    return labels == null || head.isRemoval()
        ? Labels.UNKNOWN
        : catalog.labels.number(labels, at, head.lengths()[0], head.lengths()[1]);
  }

  private static long measured(Segment segment) {
    try {
      return segment.measure();
    } catch (IOException e) {
      return segment.scanned;
    }
  }

  private static long changed(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (NoSuchFileException e) {
      return Long.MAX_VALUE;
    }
  }
}
