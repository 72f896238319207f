// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record of a segment, big-endian:
 *
 * <pre>
 *  0 marker  4   of the segment
 *  4 length  4   of the whole record
 *  8 check   4   CRC-32C of the segment's seed and of all but marker and check
 * 12 type    1   1 an entry, 2 that an entry was removed
 * 13 stamp   8   of two records with a key, the one with the higher stamp holds
 * 21 created 8   milliseconds since 1970
 * 29 expires 8   milliseconds since 1970; of a removal: until when it must be known
 * 37 key    32
 * 69 lengths 16  of model, route, group and index
 * 85 model, route, group (UTF-8), index, and the entry's bytes up to the end
 * </pre>
 */
final class RecordFormat {

  static final int HEADER = 85;

  static final byte ENTRY = 1;
  static final byte REMOVAL = 2;

  private static final int CHECK_AT = 8;
  private static final int TYPE_AT = 12;

  private RecordFormat() {}

  /**
   * What a record begins with.
   *
   * @param labels how many bytes of model and route follow; they are at its head
   */
  record Head(
      byte type, long stamp, long created, long expires, EntryKey key, int[] lengths, int labels) {

    boolean isRemoval() {
      return type == REMOVAL;
    }

    boolean hasGroup() {
      return lengths[2] > 0;
    }
  }

  static byte[] entry(SegmentName segment, EntryKey key, long stamp, StoredEntry entry) {
    byte[] model = entry.model().getBytes(UTF_8);
    byte[] route = entry.route().getBytes(UTF_8);
    byte[] group = entry.group().getBytes(UTF_8);
    byte[] index = entry.index();
    int length =
        Math.toIntExact(
            (long) HEADER
                + model.length
                + route.length
                + group.length
                + index.length
                + entry.bytes().length);
    ByteBuffer out = ByteBuffer.allocate(length);
    head(out, segment, ENTRY, key, stamp, entry.createdMillis(), entry.expiresMillis());
    out.putInt(model.length).putInt(route.length).putInt(group.length).putInt(index.length);
    out.put(model).put(route).put(group).put(index).put(entry.bytes());
    return checked(out.array(), segment);
  }

  static byte[] removal(SegmentName segment, EntryKey key, long stamp, long expires) {
    ByteBuffer out = ByteBuffer.allocate(HEADER);
    head(out, segment, REMOVAL, key, stamp, 0, expires);
    return checked(out.array(), segment);
  }

  /** A good record of another segment, made one of this; changes it. */
  static byte[] moved(byte[] record, SegmentName to) {
    ByteBuffer.wrap(record).putInt(0, to.marker());
    return checked(record, to);
  }

  private static void head(
      ByteBuffer out,
      SegmentName segment,
      byte type,
      EntryKey key,
      long stamp,
      long created,
      long expires) {
    out.putInt(segment.marker()).putInt(out.capacity()).putInt(0);
    out.put(type).putLong(stamp).putLong(created).putLong(expires);
    out.putLong(key.a()).putLong(key.b()).putLong(key.c()).putLong(key.d());
  }

  private static byte[] checked(byte[] record, SegmentName segment) {
    ByteBuffer.wrap(record).putInt(CHECK_AT, check(record, segment));
    return record;
  }

  private static int check(byte[] record, SegmentName segment) {
    CRC32C crc = begin(segment, record, 0);
    crc.update(record, TYPE_AT, record.length - TYPE_AT);
    return (int) crc.getValue();
  }

  /** A checksum that was told everything up to the type of the record at an offset. */
  static CRC32C begin(SegmentName segment, byte[] bytes, int offset) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).putInt(0, segment.seed()));
    crc.update(bytes, offset + 4, 4);
    return crc;
  }

  static int check(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes).getInt(offset + CHECK_AT);
  }

  static int length(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes).getInt(offset + 4);
  }

  static int checkedFrom() {
    return TYPE_AT;
  }

  /** The head of a record whose length is known; null if it is none. Not checked by its sum. */
  static @Nullable Head head(byte[] bytes, int offset, int length) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(offset + TYPE_AT);
    byte type = in.get();
    long stamp = in.getLong();
    long created = in.getLong();
    long expires = in.getLong();
    EntryKey key = new EntryKey(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    int[] lengths = new int[4];
    long sum = HEADER;
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = in.getInt();
      if (lengths[i] < 0) {
        return null;
      }
      sum += lengths[i];
    }
    if ((type != ENTRY && type != REMOVAL) || sum > length) {
      return null;
    }
    return new Head(type, stamp, created, expires, key, lengths, lengths[0] + lengths[1]);
  }

  /** The head of a whole record; null if anything of it is not as it was written. */
  static @Nullable Head verified(byte[] record, SegmentName segment) {
    boolean whole =
        record.length >= HEADER
            && ByteBuffer.wrap(record).getInt() == segment.marker()
            && length(record, 0) == record.length
            && check(record, 0) == check(record, segment);
    return whole ? head(record, 0, record.length) : null;
  }

  /** What a verified record holds. */
  static StoredEntry entry(byte[] record, Head head) {
    int[] lengths = head.lengths();
    int at = HEADER;
    String model = new String(record, at, lengths[0], UTF_8);
    at += lengths[0];
    String route = new String(record, at, lengths[1], UTF_8);
    at += lengths[1];
    String group = new String(record, at, lengths[2], UTF_8);
    at += lengths[2];
    byte[] index = Arrays.copyOfRange(record, at, at + lengths[3]);
    at += lengths[3];
    byte[] bytes = Arrays.copyOfRange(record, at, record.length);
    return new StoredEntry(head.created(), head.expires(), model, route, group, index, bytes);
  }
}
