// SPDX-License-Identifier: Apache-2.0
package io.headgate.stream;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.CRC32;

/** Writes messages of Amazon event streams: what {@link EventStreamReader} reads. */
public final class EventStreamWriter {

  private EventStreamWriter() {}

  /**
   * One message. Throws an IllegalArgumentException if it is longer than the format allows, or has
   * a header that the format cannot say.
   *
   * @param headers as in {@link EventFrame}
   */
  public static byte[] frame(Map<String, Object> headers, byte[] payload) {
    byte[] fields = EventHeaders.write(headers);
    if (fields.length > EventStreamReader.LONGEST_HEADERS
        || payload.length > EventStreamReader.LONGEST_PAYLOAD) {
      throw new IllegalArgumentException(
          "headers of " + fields.length + " bytes, a payload of " + payload.length);
    }
    byte[] bytes = new byte[EventStreamReader.LEAST + fields.length + payload.length];
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.putInt(bytes.length).putInt(fields.length);
    frame.putInt(sum(bytes, frame.position()));
    frame.put(fields).put(payload);
    frame.putInt(sum(bytes, frame.position()));
    return bytes;
  }

  private static int sum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }
}
