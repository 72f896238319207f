// SPDX-License-Identifier: Apache-2.0
package io.headgate.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Splits an Amazon event stream ({@code application/vnd.amazon.eventstream}) into its messages,
 * wherever the network cut it. A message counts only once both of its checksums are right, so it is
 * gathered; one that is all in the bytes given is not copied. Memory is bounded by the format's own
 * limits, and grows with what has come, never with what a length promises.
 *
 * <p>Of a stream that is broken nothing more is read: there is no way to find the next message.
 * Facts are from Smithy's "Amazon Event Stream Specification".
 *
 * <p>Used by one thread at a time. What the listener throws goes to the caller.
 */
public final class EventStreamReader {

  /** The format's own limits, in bytes. */
  static final int LONGEST_HEADERS = 128 << 10;

  static final int LONGEST_PAYLOAD = 24 << 20;

  /** A message without headers and payload: two lengths and two checksums. */
  static final int LEAST = 16;

  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;

  /** Memory beyond this is given back after the message that wanted it. */
  private static final int KEPT = 64 << 10;

  private static final byte[] NOTHING = {};

  private final Listener listener;
  private final CRC32 sum = new CRC32();

  /** The beginning of a message whose end is yet to come. */
  private byte[] held = NOTHING;

  private int size;

  /** How long that message is; 0 as long as it did not say. */
  private int length;

  private boolean broken;

  /** What becomes of the messages. */
  public interface Listener {
    /** A message is complete, and whole. */
    void frame(EventFrame frame);

    /** Nothing more will be read. Told once at most. */
    void broken(Fault fault);
  }

  /** What is wrong with a stream. */
  public enum Fault {
    /** The lengths of a message, or its headers, make no sense or are beyond the limits. */
    MALFORMED,
    /** A checksum is wrong. */
    CHECKSUM,
    /** The stream ended within a message. */
    CUT
  }

  public EventStreamReader(Listener listener) {
    this.listener = listener;
  }

  /** The next bytes of the stream. */
  public void read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !broken) {
      at = size == 0 ? direct(bytes, at, to) : gather(bytes, at, to);
    }
  }

  /** The stream is complete. */
  public void end() {
    if (size > 0 && !broken) {
      fail(Fault.CUT);
    }
  }

  /** A message that is all there is read where it is; else what there is of it is held. */
  private int direct(byte[] bytes, int at, int to) {
    int available = to - at;
    if (available >= PRELUDE) {
      length = prelude(bytes, at);
      if (broken) {
        return to;
      }
      if (available >= length) {
        int end = at + length;
        message(bytes, at, length);
        return end;
      }
    } else {
      length = 0;
    }
    hold(bytes, at, available);
    return to;
  }

  private int gather(byte[] bytes, int at, int to) {
    int wanted = length == 0 ? PRELUDE : length;
    int taken = Math.min(wanted - size, to - at);
    hold(bytes, at, taken);
    if (size == PRELUDE && length == 0) {
      length = prelude(held, 0);
    }
    if (!broken && size == length) {
      byte[] message = held;
      size = 0;
      held = message.length > KEPT ? NOTHING : message;
      message(message, 0, length);
    }
    return at + taken;
  }

  private void hold(byte[] bytes, int at, int count) {
    int wanted = size + count;
    if (wanted > held.length) {
      held = Arrays.copyOf(held, Math.max(wanted, Math.min(2 * held.length, LEAST + length)));
    }
    System.arraycopy(bytes, at, held, size, count);
    size = wanted;
  }

  /** The length of the message that begins there. */
  private int prelude(byte[] bytes, int at) {
    ByteBuffer prelude = ByteBuffer.wrap(bytes, at, PRELUDE);
    int total = prelude.getInt();
    int headers = prelude.getInt();
    if (!right(bytes, at, PRELUDE)) {
      fail(Fault.CHECKSUM);
    } else if (headers < 0
        || headers > LONGEST_HEADERS
        || total < LEAST + headers
        || total - LEAST - headers > LONGEST_PAYLOAD) {
      fail(Fault.MALFORMED);
    }
    return total;
  }

  private void message(byte[] bytes, int at, int total) {
    if (!right(bytes, at, total)) {
      fail(Fault.CHECKSUM);
      return;
    }
    int fields = ByteBuffer.wrap(bytes, at + 4, 4).getInt();
    Map<String, Object> headers =
        EventHeaders.read(ByteBuffer.wrap(bytes, at + PRELUDE, fields).slice());
    if (headers == null) {
      fail(Fault.MALFORMED);
      return;
    }
    int payload = PRELUDE + fields;
    listener.frame(
        new EventFrame(
            headers, ByteBuffer.wrap(bytes, at + payload, total - payload - CHECKSUM).slice()));
  }

  /** Whether the last four of these bytes are the checksum of the others. */
  private boolean right(byte[] bytes, int at, int count) {
    sum.reset();
    sum.update(bytes, at, count - CHECKSUM);
    return (int) sum.getValue() == ByteBuffer.wrap(bytes, at + count - CHECKSUM, 4).getInt();
  }

  private void fail(Fault fault) {
    broken = true;
    held = NOTHING;
    size = 0;
    listener.broken(fault);
  }
}
