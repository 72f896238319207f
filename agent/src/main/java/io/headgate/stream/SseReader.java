// SPDX-License-Identifier: Apache-2.0
package io.headgate.stream;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream of server-sent events, wherever the network cut it. The data of an event is
 * handed on in pieces as it arrives and never gathered, so memory is constant however large an
 * event is: a final event may repeat a whole answer, images included. Lines end in LF, CR or CRLF;
 * comments and unknown fields are skipped; a byte order mark at the start is ignored.
 *
 * <p>Used by one thread at a time. What the listener throws goes to the caller.
 */
public final class SseReader {

  /** Longer event names are cut here, in bytes. */
  private static final int NAME_LIMIT = 128;

  /** The longest field name we know is {@code event}. */
  private static final int FIELD_LIMIT = 8;

  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
  private static final byte[] LINE_FEED = {'\n'};
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Listener listener;
  private final byte[] field = new byte[FIELD_LIMIT];
  private final byte[] name = new byte[NAME_LIMIT];
  private int fieldLength;
  private int nameLength;
  private int markAt;
  private String lastName = "";
  private State state = State.FIELD;
  private boolean inData;
  private boolean inName;
  private boolean hasData;
  private boolean skipLineFeed;

  /** What becomes of the events. */
  public interface Listener {
    /**
     * A piece of the data of the current event. Lines of data are joined by a line feed. The array
     * is only lent.
     */
    void data(byte[] bytes, int from, int to);

    /**
     * The event whose data came is complete; events without data are not told of.
     *
     * @param name the value of its {@code event} field; empty if it has none
     */
    void endOfEvent(String name);
  }

  private enum State {
    FIELD,
    AFTER_COLON,
    VALUE
  }

  public SseReader(Listener listener) {
    this.listener = listener;
  }

  /** The next bytes of the stream. */
  public void read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && markAt < MARK.length) {
      if (bytes[at] != MARK[markAt]) {
        // Only a full mark is skipped; a broken one is an unknown field and does no harm.
        markAt = MARK.length;
      } else {
        markAt++;
        at++;
      }
    }
    while (at < to) {
      at = state == State.VALUE ? value(bytes, at, to) : prefix(bytes, at);
    }
  }

  /** The stream is complete: a last event that lacks its blank line is told of too. */
  public void end() {
    if (state != State.FIELD || fieldLength > 0) {
      endOfLine();
    }
    dispatch();
  }

  /** One byte of what comes before a value. */
  private int prefix(byte[] bytes, int at) {
    byte b = bytes[at];
    if (b == '\n' && skipLineFeed) {
      skipLineFeed = false;
      return at + 1;
    }
    skipLineFeed = false;
    if (b == '\n' || b == '\r') {
      if (state == State.FIELD && fieldLength == 0) {
        dispatch();
      } else {
        endOfLine();
      }
      skipLineFeed = b == '\r';
    } else if (state == State.AFTER_COLON) {
      state = State.VALUE;
      return b == ' ' ? at + 1 : at;
    } else if (b == ':') {
      startValue();
      state = State.AFTER_COLON;
    } else if (fieldLength < FIELD_LIMIT) {
      field[fieldLength++] = b;
    }
    return at + 1;
  }

  private void startValue() {
    inData = is(DATA);
    inName = is(EVENT);
    if (inData) {
      if (hasData) {
        listener.data(LINE_FEED, 0, 1);
      }
      hasData = true;
    } else if (inName) {
      nameLength = 0;
    }
  }

  /** As much of a value as is there. */
  private int value(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    if (at > from) {
      if (inData) {
        listener.data(bytes, from, at);
      } else if (inName) {
        int length = Math.min(at - from, NAME_LIMIT - nameLength);
        System.arraycopy(bytes, from, name, nameLength, length);
        nameLength += length;
      }
    }
    if (at == to) {
      return to;
    }
    endOfLine();
    skipLineFeed = bytes[at] == '\r';
    return at + 1;
  }

  private void endOfLine() {
    if (state == State.FIELD && is(DATA)) {
      // A field without a colon has an empty value.
      startValue();
    }
    state = State.FIELD;
    fieldLength = 0;
    inData = false;
    inName = false;
  }

  private void dispatch() {
    if (hasData) {
      listener.endOfEvent(eventName());
    }
    hasData = false;
    nameLength = 0;
  }

  /** Most events of a stream bear the same name, so the last one is kept and no new one made. */
  private String eventName() {
    if (nameLength == 0) {
      return "";
    }
    if (!same(lastName)) {
      lastName = new String(name, 0, nameLength, StandardCharsets.UTF_8);
    }
    return lastName;
  }

  private boolean same(@Nullable String text) {
    if (text == null || text.length() != nameLength) {
      return false;
    }
    for (int i = 0; i < nameLength; i++) {
      if (text.charAt(i) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean is(byte[] expected) {
    if (fieldLength != expected.length) {
      return false;
    }
    for (int i = 0; i < fieldLength; i++) {
      if (field[i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
