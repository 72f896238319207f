// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import io.headgate.state.RecordFormat.Head;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which record of which segment holds for each key. The newest one does, wherever and in whatever
 * order records are come across: that a key was removed is remembered like an entry, for as long as
 * an older record of it may be around. Used by the I/O thread only.
 */
final class Catalog {

  private static final int STAMP_BITS = 10;

  final DiskIndex index = new DiskIndex();
  final Labels labels = new Labels();
  private final Map<Integer, Segment> segments = new HashMap<>();
  private int lastId;
  private long lastStamp;
  private long entries;
  private long bytes;

  int newId() {
    return ++lastId;
  }

  void add(Segment segment) {
    segments.put(segment.id, segment);
  }

  /** The segment that an entry is in. */
  Segment segment(int number) {
    return Objects.requireNonNull(segments.get(index.segment(number)));
  }

  Iterable<Segment> segments() {
    return segments.values();
  }

  /** How many entries there are. */
  long entries() {
    return entries;
  }

  /** What their records take. */
  long bytes() {
    return bytes;
  }

  /** Higher than all that were seen, and by the clock where that can be. */
  long newStamp(long nowMillis) {
    lastStamp = Math.max(lastStamp + 1, nowMillis << STAMP_BITS);
    return lastStamp;
  }

  /** Takes note of a good record. */
  void accept(Segment segment, Head head, int label, long offset, int length, long now) {
    lastStamp = Math.max(lastStamp, head.stamp());
    int flags =
        (head.isRemoval() ? DiskIndex.REMOVED : 0) | (head.hasGroup() ? DiskIndex.GROUP : 0);
    long expires = head.expires();
    int number = index.find(head.key());
    if (number < 0) {
      number = index.add(head.key());
    } else {
      // The older of two records must stay covered until it expires.
      expires = Math.max(expires, index.expires(number));
      if (index.stamp(number) > head.stamp()) {
        index.expires(number, expires);
        if (head.expires() > now) {
          index.mark(number, DiskIndex.COVERS);
        }
        return;
      }
      boolean covers = index.stamp(number) < head.stamp() && index.expires(number) > now;
      flags |= covers || index.is(number, DiskIndex.COVERS) ? DiskIndex.COVERS : 0;
      count(number, -1);
    }
    index.set(number, segment.id, offset, length, head.stamp());
    index.describe(number, head.created(), expires, label, flags);
    count(number, 1);
  }

  private void count(int number, int sign) {
    int length = sign * index.length(number);
    segment(number).live += length;
    if (!index.is(number, DiskIndex.REMOVED)) {
      entries += sign;
      bytes += length;
    }
  }

  /** Forgets an entry, here. */
  void drop(int number) {
    count(number, -1);
    index.remove(number);
  }

  /** Forgets a segment and what is in it. */
  void drop(Segment segment) {
    for (int number = 0; number < index.limit(); number++) {
      if (index.isUsed(number) && index.segment(number) == segment.id) {
        drop(number);
      }
    }
    segments.remove(segment.id);
    segment.close();
  }

  /** Forgets what has expired. */
  void sweep(long now) {
    for (int number = 0; number < index.limit(); number++) {
      if (index.isUsed(number) && index.expires(number) <= now) {
        drop(number);
      }
    }
  }
}
