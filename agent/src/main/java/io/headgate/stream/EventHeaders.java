// SPDX-License-Identifier: Apache-2.0
package io.headgate.stream;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a message of an Amazon event stream, each a name, a type and a value (Smithy's
 * "Amazon Event Stream Specification", headers format).
 */
final class EventHeaders {

  private static final int TRUE = 0;
  private static final int FALSE = 1;
  private static final int BYTE = 2;
  private static final int SHORT = 3;
  private static final int INTEGER = 4;
  private static final int LONG = 5;
  private static final int BYTES = 6;
  private static final int TEXT = 7;
  private static final int TIME = 8;
  private static final int UNIQUE = 9;

  /** The most a length of one byte can tell, and the most one of two bytes may. */
  private static final int LONGEST_NAME = 255;

  private static final int LONGEST_VALUE = Short.MAX_VALUE;

  private EventHeaders() {}

  /** The headers in a buffer that has nothing else; null if they make no sense. */
  static @Nullable Map<String, Object> read(ByteBuffer from) {
    Map<String, Object> headers = new LinkedHashMap<>();
    try {
      while (from.hasRemaining()) {
        int length = from.get() & 0xFF;
        if (length == 0) {
          return null;
        }
        String name = text(from, length);
        Object value = value(from);
        if (value == null) {
          return null;
        }
        headers.put(name, value);
      }
    } catch (BufferUnderflowException e) {
      return null;
    }
    return headers;
  }

  private static @Nullable Object value(ByteBuffer from) {
    return switch (from.get()) {
      case TRUE -> true;
      case FALSE -> false;
      case BYTE -> from.get();
      case SHORT -> from.getShort();
      case INTEGER -> from.getInt();
      case LONG -> from.getLong();
      case BYTES -> bytes(from, from.getShort() & 0xFFFF);
      case TEXT -> text(from, from.getShort() & 0xFFFF);
      case TIME -> Instant.ofEpochMilli(from.getLong());
      case UNIQUE -> new UUID(from.getLong(), from.getLong());
      default -> null;
    };
  }

  private static String text(ByteBuffer from, int length) {
    return new String(bytes(from, length), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer from, int length) {
    if (length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  /**
   * The bytes of headers, in the map's order. Throws an IllegalArgumentException for what cannot be
   * said in a header.
   */
  static byte[] write(Map<String, Object> headers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * headers.size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Map.Entry<String, Object> header : headers.entrySet()) {
        byte[] name = header.getKey().getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length > LONGEST_NAME) {
          throw new IllegalArgumentException("a name of " + name.length + " bytes");
        }
        out.writeByte(name.length);
        out.write(name);
        write(out, header.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory does not fail.
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Object value) throws IOException {
    if (value instanceof Boolean flag) {
      out.writeByte(flag ? TRUE : FALSE);
    } else if (value instanceof Byte number) {
      out.writeByte(BYTE);
      out.writeByte(number);
    } else if (value instanceof Short number) {
      out.writeByte(SHORT);
      out.writeShort(number);
    } else if (value instanceof Integer number) {
      out.writeByte(INTEGER);
      out.writeInt(number);
    } else if (value instanceof Long number) {
      out.writeByte(LONG);
      out.writeLong(number);
    } else if (value instanceof byte[] bytes) {
      write(out, BYTES, bytes);
    } else if (value instanceof String text) {
      write(out, TEXT, text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Instant time) {
      out.writeByte(TIME);
      out.writeLong(time.toEpochMilli());
    } else if (value instanceof UUID id) {
      out.writeByte(UNIQUE);
      out.writeLong(id.getMostSignificantBits());
      out.writeLong(id.getLeastSignificantBits());
    } else {
      throw new IllegalArgumentException("a value of type " + value.getClass().getName());
    }
  }

  private static void write(DataOutputStream out, int type, byte[] value) throws IOException {
    if (value.length > LONGEST_VALUE) {
      throw new IllegalArgumentException("a value of " + value.length + " bytes");
    }
    out.writeByte(type);
    out.writeShort(value.length);
    out.write(value);
  }
}
