// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import io.headgate.state.RecordFormat.Head;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment from its end, as far as it is known, to the end of the file, in large pieces.
 * Where there is no good record it goes on with the next byte where one could begin: what is
 * damaged costs itself only.
 */
final class SegmentScan {

  private static final int WINDOW = 256 << 10;

  /** Longer model names and routes are not looked at. */
  private static final int MAX_LABELS = 8 << 10;

  private final Segment segment;
  private final Sink sink;
  private final byte[] window;
  private long start;
  private int filled;

  /** Told of each good record. */
  interface Sink {
    /**
     * Takes note of a record.
     *
     * @param labels where model and route are, one behind the other; null if they are too long
     * @param at where in that array
     */
    void record(Head head, byte @Nullable [] labels, int at, long offset, int length);
  }

  SegmentScan(Segment segment, Sink sink) {
    this.segment = segment;
    this.sink = sink;
    this.window = new byte[WINDOW];
  }

  /**
   * Goes through what was not gone through yet, and leaves the segment's end behind the last good
   * record.
   *
   * @param size how long the file is
   * @param budget stop, for now, after about so many bytes
   * @return how many damaged stretches lie between good records
   */
  int run(long size, long budget) throws IOException {
    int damaged = 0;
    long at = segment.end;
    long until = at + Math.min(budget, size - at);
    boolean skipping = false;
    while (at < until || (skipping && at < size)) {
      int length = goodRecord(at, size);
      if (length > 0) {
        damaged += skipping ? 1 : 0;
        skipping = false;
        at += length;
        segment.end = at;
      } else {
        skipping = true;
        at = nextMarker(at + 1, size);
      }
    }
    return damaged;
  }

  /** The length of the record there, which the sink was told of; 0 if there is no good one. */
  private int goodRecord(long at, long size) throws IOException {
    if (size - at < RecordFormat.HEADER || !need(at, RecordFormat.HEADER)) {
      return 0;
    }
    int offset = (int) (at - start);
    int length = RecordFormat.length(window, offset);
    if (!isMarker(offset) || length < RecordFormat.HEADER || length > size - at) {
      return 0;
    }
    Head head = RecordFormat.head(window, offset, length);
    if (head == null) {
      return 0;
    }
    boolean labels = head.labels() <= MAX_LABELS;
    if (!need(at, RecordFormat.HEADER + (labels ? head.labels() : 0))) {
      return 0;
    }
    offset = (int) (at - start);
    byte[] kept = window;
    int labelsAt = offset + RecordFormat.HEADER;
    if (offset + length > filled && labels) {
      // The window moves on while the sum is made.
      kept = new byte[head.labels()];
      System.arraycopy(window, labelsAt, kept, 0, kept.length);
      labelsAt = 0;
    }
    if (!sumFits(at, length)) {
      return 0;
    }
    sink.record(head, labels ? kept : null, labelsAt, at, length);
    return length;
  }

  private boolean sumFits(long at, int length) throws IOException {
    int offset = (int) (at - start);
    int expected = RecordFormat.check(window, offset);
    CRC32C crc = RecordFormat.begin(segment.name, window, offset);
    long from = at + RecordFormat.checkedFrom();
    long to = at + length;
    while (from < to) {
      if (!need(from, 1)) {
        return false;
      }
      int some = (int) Math.min(to - from, start + filled - from);
      crc.update(window, (int) (from - start), some);
      from += some;
    }
    return (int) crc.getValue() == expected;
  }

  /** Where the next record may begin, or the end. */
  private long nextMarker(long from, long size) throws IOException {
    long at = from;
    while (size - at >= RecordFormat.HEADER && need(at, RecordFormat.HEADER)) {
      for (int offset = (int) (at - start); offset + 4 <= filled; offset++) {
        if (isMarker(offset)) {
          return start + offset;
        }
      }
      at = start + filled - 3;
    }
    return size;
  }

  private boolean isMarker(int offset) {
    int marker = segment.name.marker();
    return window[offset] == (byte) (marker >>> 24)
        && window[offset + 1] == (byte) (marker >>> 16)
        && window[offset + 2] == (byte) (marker >>> 8)
        && window[offset + 3] == (byte) marker;
  }

  /** Has the window hold so many bytes from there on; false if the file ends before. */
  private boolean need(long at, int length) throws IOException {
    if (at >= start && at + length <= start + filled) {
      return true;
    }
    start = at;
    filled = segment.read(at, window, 0, window.length);
    return filled >= length;
  }
}
