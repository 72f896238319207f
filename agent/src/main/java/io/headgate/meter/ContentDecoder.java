// SPDX-License-Identifier: Apache-2.0
package io.headgate.meter;

import io.headgate.gateway.ResponseReader;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Undoes a body's content encoding as it flows by: gzip (RFC 1952, several members too) and
 * deflate, with and without the zlib wrapper. A body that says gzip but is none is passed on as it
 * is, since clients that inflate by themselves sometimes leave the header. Checksums are left to
 * the client. Used by one thread at a time; {@link #close} it.
 */
final class ContentDecoder implements AutoCloseable {

  /** Where decoding ends, in decoded bytes: more than any answer has. */
  static final long MOST = 256L << 20;

  /** Expansion is free up to this many decoded bytes, and limited to {@link #RATIO} beyond. */
  static final long SUSPICIOUS = 16L << 20;

  /** More than JSON and event streams compress; deflate itself reaches 1,032. */
  static final long RATIO = 400;

  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int HEADER_CHECK = 2;

  private enum State {
    /** Bytes pass as they are. */
    PLAIN,
    GZIP_MAGIC,
    GZIP_FIXED,
    GZIP_EXTRA_LENGTH,
    GZIP_EXTRA,
    GZIP_NAME,
    GZIP_COMMENT,
    GZIP_HEADER_CHECK,
    GZIP_TRAILER,
    DEFLATE_START,
    DATA,
    /** The data ended; what follows is ignored. */
    DONE,
    FAILED
  }

  private final boolean gzip;
  private State state;
  private @Nullable Inflater inflater;
  private byte @Nullable [] output;
  private int flags;
  private int counter;
  private int value;
  private int members;
  private long taken;
  private long given;

  private ContentDecoder(boolean gzip, State start) {
    this.gzip = gzip;
    this.state = start;
  }

  /**
   * A decoder for a {@code Content-Encoding}; null if it is one that we do not undo.
   *
   * @param encoding the field's value; null if the answer has none
   */
  static @Nullable ContentDecoder of(@Nullable String encoding) {
    String name = encoding == null ? "" : encoding.trim().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> new ContentDecoder(false, State.PLAIN);
      case "gzip", "x-gzip" -> new ContentDecoder(true, State.GZIP_MAGIC);
      case "deflate" -> new ContentDecoder(false, State.DEFLATE_START);
      default -> null;
    };
  }

  /** Whether decoding was given up; later bytes are ignored. */
  boolean failed() {
    return state == State.FAILED;
  }

  /** Whether the encoded data, if there was any, came to its end. */
  boolean complete() {
    return state == State.PLAIN
        || state == State.DONE
        || (state == State.GZIP_MAGIC && counter == 0)
        || (state == State.DEFLATE_START && counter == 0);
  }

  /** Decodes the next bytes into the reader. Consumes the buffer. */
  void decode(ByteBuffer bytes, ResponseReader reader) {
    while (bytes.hasRemaining()) {
      switch (state) {
        case PLAIN -> {
          reader.read(bytes);
          return;
        }
        case DATA -> inflate(bytes, reader);
        case DONE, FAILED -> {
          return;
        }
        case DEFLATE_START -> deflateStart(bytes.get() & 0xff, reader);
        default -> header(bytes.get() & 0xff, reader);
      }
    }
  }

  /** One byte of what stands around the data in gzip. */
  private void header(int b, ResponseReader reader) {
    switch (state) {
      case GZIP_MAGIC -> magic(b, reader);
      case GZIP_FIXED -> {
        // Method, flags, four bytes of time, extra flags, system.
        if (counter == 0 && b != 8) {
          fail();
          return;
        }
        if (counter == 1) {
          flags = b;
        }
        if (++counter == 8) {
          enter(State.GZIP_EXTRA_LENGTH);
        }
      }
      case GZIP_EXTRA_LENGTH -> {
        value |= b << (8 * counter);
        if (++counter == 2) {
          int length = value;
          enter(length == 0 ? State.GZIP_NAME : State.GZIP_EXTRA);
          counter = length;
        }
      }
      case GZIP_EXTRA -> {
        if (--counter == 0) {
          enter(State.GZIP_NAME);
        }
      }
      case GZIP_NAME -> {
        if (b == 0) {
          enter(State.GZIP_COMMENT);
        }
      }
      case GZIP_COMMENT -> {
        if (b == 0) {
          enter(State.GZIP_HEADER_CHECK);
        }
      }
      case GZIP_HEADER_CHECK -> {
        if (++counter == 2) {
          enter(State.DATA);
        }
      }
      case GZIP_TRAILER -> {
        if (++counter == 8) {
          members++;
          enter(State.GZIP_MAGIC);
        }
      }
      default -> throw new IllegalStateException(state.name());
    }
  }

  private void magic(int b, ResponseReader reader) {
    if (counter == 0 && b == 0x1f) {
      counter = 1;
    } else if (counter == 1 && b == 0x8b) {
      enter(State.GZIP_FIXED);
    } else if (members > 0) {
      // Padding after the last member.
      enter(State.DONE);
      close();
    } else {
      byte[] seen = counter == 0 ? new byte[] {(byte) b} : new byte[] {0x1f, (byte) b};
      enter(State.PLAIN);
      reader.read(ByteBuffer.wrap(seen));
    }
  }

  /** Goes on to a state, or past those that the header's flags leave out. */
  private void enter(State next) {
    counter = 0;
    value = 0;
    State at = next;
    if (at == State.GZIP_EXTRA_LENGTH && (flags & EXTRA) == 0) {
      at = State.GZIP_NAME;
    }
    if (at == State.GZIP_NAME && (flags & NAME) == 0) {
      at = State.GZIP_COMMENT;
    }
    if (at == State.GZIP_COMMENT && (flags & COMMENT) == 0) {
      at = State.GZIP_HEADER_CHECK;
    }
    if (at == State.GZIP_HEADER_CHECK && (flags & HEADER_CHECK) == 0) {
      at = State.DATA;
    }
    if (at == State.DATA) {
      start(true);
    }
    state = at;
  }

  /** The zlib header is recognised by its check; some servers send the data without it. */
  private void deflateStart(int b, ResponseReader reader) {
    if (counter == 0) {
      value = b;
      counter = 1;
      return;
    }
    boolean zlib = (value & 0x0f) == 8 && ((value << 8) | b) % 31 == 0;
    byte[] seen = {(byte) value, (byte) b};
    counter = 0;
    start(!zlib);
    state = State.DATA;
    inflate(ByteBuffer.wrap(seen), reader);
  }

  private void start(boolean nowrap) {
    Inflater current = inflater;
    if (current != null && gzip) {
      current.reset();
    } else {
      inflater = new Inflater(nowrap);
    }
  }

  private void inflate(ByteBuffer bytes, ResponseReader reader) {
    Inflater current = inflater;
    if (current == null) {
      fail();
      return;
    }
    byte[] out = output;
    if (out == null) {
      out = new byte[8 << 10];
      output = out;
    }
    int before = bytes.remaining();
    current.setInput(bytes);
    try {
      while (true) {
        int n = current.inflate(out, 0, out.length);
        if (n > 0) {
          given += n;
          if (given > MOST || absurd(before - bytes.remaining())) {
            fail();
            return;
          }
          reader.read(ByteBuffer.wrap(out, 0, n));
        } else if (current.finished()) {
          taken += before - bytes.remaining();
          endOfData();
          return;
        } else if (current.needsInput()) {
          taken += before - bytes.remaining();
          return;
        } else {
          // A preset dictionary, which HTTP has no way to agree on.
          fail();
          return;
        }
      }
    } catch (DataFormatException e) {
      fail();
    }
  }

  private boolean absurd(int takenNow) {
    return given > SUSPICIOUS && given / (taken + takenNow) > RATIO;
  }

  private void endOfData() {
    if (gzip) {
      enter(State.GZIP_TRAILER);
    } else {
      state = State.DONE;
      close();
    }
  }

  private void fail() {
    state = State.FAILED;
    close();
  }

  /** Frees the native memory. May be called more than once. */
  @Override
  public void close() {
    Inflater current = inflater;
    inflater = null;
    output = null;
    if (current != null) {
      current.end();
    }
  }
}
