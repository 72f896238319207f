// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is in Redis, in the order of the network: a mark with the version; the checksum of
 * the rest of the head; the checksum of the bytes; the key, as connections have been seen to mix up
 * answers; made, expires; the lengths of model, route, group (2 bytes each), index and bytes (4
 * each); then those five. Two checksums, so that a head can be trusted that was read alone.
 */
final class RedisValue {

  /** The longest value that is written or taken, in bytes. */
  static final int MOST = 32 << 20;

  /** What is read of a value to know where its head ends, and of most values all of the head. */
  static final int HEAD = 512;

  /** "HGE" and the version. */
  private static final int MARK = 0x48_47_45_01;

  private static final int CHECKED_FROM = 8;
  private static final int FIXED = 4 + 4 + 4 + EntryKey.SIZE + 8 + 8 + 3 * 2 + 2 * 4;

  /**
   * What is known of an entry without its bytes.
   *
   * @param length of the head, in bytes: where the entry's own begin
   * @param bytes how many the entry has
   * @param bytesSum their checksum
   */
  record Head(
      long createdMillis,
      long expiresMillis,
      String model,
      String route,
      String group,
      byte[] index,
      int length,
      int bytes,
      int bytesSum) {}

  private RedisValue() {}

  /** Null if it cannot be written down: longer than {@link #MOST}, or a name too long for one. */
  static byte @Nullable [] encode(EntryKey key, StoredEntry entry) {
    byte[] model = entry.model().getBytes(StandardCharsets.UTF_8);
    byte[] route = entry.route().getBytes(StandardCharsets.UTF_8);
    byte[] group = entry.group().getBytes(StandardCharsets.UTF_8);
    int names = Math.max(model.length, Math.max(route.length, group.length));
    long size =
        (long) FIXED
            + model.length
            + route.length
            + group.length
            + entry.index().length
            + entry.bytes().length;
    if (names > 0xffff || size > MOST) {
      return null;
    }
    ByteBuffer value =
        ByteBuffer.allocate((int) size)
            .putInt(MARK)
            .putInt(0)
            .putInt(sum(entry.bytes(), 0, entry.bytes().length))
            .put(key.bytes())
            .putLong(entry.createdMillis())
            .putLong(entry.expiresMillis())
            .putShort((short) model.length)
            .putShort((short) route.length)
            .putShort((short) group.length)
            .putInt(entry.index().length)
            .putInt(entry.bytes().length)
            .put(model)
            .put(route)
            .put(group)
            .put(entry.index());
    int head = value.position();
    value.put(entry.bytes());
    value.putInt(4, sum(value.array(), CHECKED_FROM, head - CHECKED_FROM));
    return value.array();
  }

  /**
   * The entry of a key; null if the value is of another key or version, damaged or none of ours.
   */
  static @Nullable StoredEntry decode(EntryKey key, byte[] value) {
    Head head = head(key, value);
    if (head == null
        || value.length != (long) head.length() + head.bytes()
        || sum(value, head.length(), head.bytes()) != head.bytesSum()) {
      return null;
    }
    byte[] bytes = new byte[head.bytes()];
    System.arraycopy(value, head.length(), bytes, 0, bytes.length);
    return new StoredEntry(
        head.createdMillis(),
        head.expiresMillis(),
        head.model(),
        head.route(),
        head.group(),
        head.index(),
        bytes);
  }

  /** How much of a value is its head, by its beginning; -1 if that is none of ours. */
  static int headLength(byte[] start) {
    if (start.length < FIXED || ByteBuffer.wrap(start).getInt() != MARK) {
      return -1;
    }
    ByteBuffer lengths = ByteBuffer.wrap(start, FIXED - 14, 14);
    long length = FIXED;
    for (int i = 0; i < 3; i++) {
      length += lengths.getShort() & 0xffff;
    }
    int index = lengths.getInt();
    length += index;
    return index < 0 || length > MOST ? -1 : (int) length;
  }

  /**
   * Of a value or its beginning; null if it is not whole, of another key or version, or damaged.
   */
  static @Nullable Head head(EntryKey key, byte[] start) {
    int length = headLength(start);
    if (length < 0 || length > start.length) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(start, 4, length - 4);
    if (in.getInt() != sum(start, CHECKED_FROM, length - CHECKED_FROM)) {
      return null;
    }
    int bytesSum = in.getInt();
    byte[] of = new byte[EntryKey.SIZE];
    in.get(of);
    if (!EntryKey.of(of).equals(key)) {
      return null;
    }
    long created = in.getLong();
    long expires = in.getLong();
    int model = in.getShort() & 0xffff;
    int route = in.getShort() & 0xffff;
    int group = in.getShort() & 0xffff;
    byte[] index = new byte[in.getInt()];
    int bytes = in.getInt();
    Head head =
        new Head(
            created,
            expires,
            text(in, model),
            text(in, route),
            text(in, group),
            index,
            length,
            bytes,
            bytesSum);
    in.get(index);
    return bytes < 0 ? null : head;
  }

  private static String text(ByteBuffer in, int length) {
    if (length == 0) {
      return "";
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static int sum(byte[] bytes, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }
}
