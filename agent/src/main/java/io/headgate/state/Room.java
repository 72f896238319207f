// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the segments of all JVMs below a number of bytes. Whole segments go, the oldest first; what
 * was read of one since it was written is written again first, up to half of the segment. JVMs that
 * live each let go of their own: whoever has more than its share, or anybody if it is a quarter too
 * much. Used by the I/O thread only.
 */
final class Room {

  /** A segment of which less than 1/4 is of use is written again as a whole. */
  private static final int WORTH_MOVING = 4;

  private final long most;
  private final Catalog catalog;
  private final LogWriter writer;
  private final DiskFiles files;
  private long allThen;

  Room(long most, Catalog catalog, LogWriter writer, DiskFiles files) {
    this.most = most;
    this.catalog = catalog;
    this.writer = writer;
    this.files = files;
  }

  /** Whether there is too much, and more than when room was last made: others may have to. */
  boolean isNeeded() {
    long all = all();
    return all > Math.max(most, allThen + most / 64);
  }

  private long all() {
    long all = 0;
    for (Segment each : catalog.segments()) {
      all += each.size;
    }
    return all;
  }

  /** Lets go of what is too much. */
  void make(long now) throws IOException {
    catalog.sweep(now);
    letGoOfDead();
    int left = 64; // moving entries makes segments too
    Segment victim = victim();
    while (left-- > 0 && victim != null && tooMuch()) {
      clear(victim, now);
      victim = victim();
    }
    allThen = all() > most ? all() : 0;
  }

  /** Writes again what is of use in segments that are mostly of no use. */
  void tidy(long now) throws IOException {
    catalog.sweep(now);
    for (Segment each : copy(catalog.segments())) {
      if (mine(each) && each.live < each.size / WORTH_MOVING) {
        clear(each, now);
      }
    }
  }

  /** Deletes segments that nothing is left of. */
  void letGoOfDead() throws IOException {
    for (Segment each : copy(catalog.segments())) {
      if (mine(each) && each.live == 0 && !each.broken) {
        delete(each);
      }
    }
  }

  private boolean tooMuch() {
    long all = 0;
    long own = 0;
    Set<String> living = new HashSet<>();
    for (Segment each : catalog.segments()) {
      all += each.size;
      if (each.owned) {
        own += each.size;
      } else {
        living.add(each.name.slot());
      }
    }
    return all > most && (own > most / (living.size() + 1) || all > most + most / 4);
  }

  /** The one that can best be done without; null if there is none but the one written to. */
  private @Nullable Segment victim() {
    Segment oldest = null;
    Segment emptiest = null;
    for (Segment each : catalog.segments()) {
      if (mine(each)) {
        if (oldest == null || each.name.sequence() < oldest.name.sequence()) {
          oldest = each;
        }
        if (each.live < each.size / WORTH_MOVING
            && (emptiest == null || each.live < emptiest.live)) {
          emptiest = each;
        }
      }
    }
    return emptiest != null ? emptiest : oldest;
  }

  private boolean mine(Segment segment) {
    return segment.owned && segment != writer.active();
  }

  /** Deletes a segment, having written again what is worth it. */
  private void clear(Segment segment, long now) throws IOException {
    boolean all = segment.live < segment.size / WORTH_MOVING;
    long allowed = all ? Long.MAX_VALUE : segment.size / 2;
    DiskIndex index = catalog.index;
    int limit = index.limit();
    try {
      for (int number = 0; number < limit; number++) {
        if (!index.isUsed(number)
            || index.segment(number) != segment.id
            || index.expires(number) <= now) {
          continue;
        }
        if (index.is(number, DiskIndex.REMOVED)) {
          writer.move(number);
        } else if ((all || index.is(number, DiskIndex.READ)) && index.length(number) <= allowed) {
          allowed -= index.length(number);
          writer.move(number);
        } else if (index.is(number, DiskIndex.COVERS)) {
          writer.remove(index.key(number), index.stamp(number), index.expires(number));
        }
      }
      writer.flush();
    } catch (IOException e) {
      // On a disk that is full, or cannot be read here, this still makes room.
      delete(segment);
      throw e;
    }
    delete(segment);
  }

  private void delete(Segment segment) throws IOException {
    catalog.drop(segment);
    files.delete(segment.path);
  }

  private static Iterable<Segment> copy(Iterable<Segment> segments) {
    Set<Segment> copy = new HashSet<>();
    segments.forEach(copy::add);
    return copy;
  }
}
