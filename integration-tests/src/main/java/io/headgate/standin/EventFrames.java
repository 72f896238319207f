// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/** Writes the messages of Amazon event streams, as Bedrock's. */
final class EventFrames {

  static final String TYPE = "application/vnd.amazon.eventstream";

  private static final int TEXT = 7;

  private EventFrames() {}

  /** An event of ConverseStream. */
  static byte[] event(String type, Object payload) {
    return frame(
        Json.write(payload),
        ":event-type",
        type,
        ":content-type",
        "application/json",
        ":message-type",
        "event");
  }

  /** A model's own event, as InvokeModelWithResponseStream carries it. */
  static byte[] chunk(Object event) {
    String base64 = Base64.getEncoder().encodeToString(Reply.bytes(Json.write(event)));
    return event("chunk", Json.object("bytes", base64, "p", "abcdefghijk"));
  }

  /** An exception, which ends a stream. */
  static byte[] exception(String type, String message) {
    return frame(
        Json.write(Json.object("message", message)),
        ":exception-type",
        type,
        ":content-type",
        "application/json",
        ":message-type",
        "exception");
  }

  private static byte[] frame(String payload, String... namesAndValues) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      byte[] name = namesAndValues[i].getBytes(StandardCharsets.US_ASCII);
      byte[] value = namesAndValues[i + 1].getBytes(StandardCharsets.US_ASCII);
      headers.write(name.length);
      headers.writeBytes(name);
      headers.write(TEXT);
      headers.write(value.length >>> 8);
      headers.write(value.length);
      headers.writeBytes(value);
    }
    byte[] body = Reply.bytes(payload);
    ByteBuffer frame = ByteBuffer.allocate(12 + headers.size() + body.length + 4);
    frame.putInt(frame.capacity()).putInt(headers.size());
    frame.putInt(sum(frame.duplicate().flip()));
    frame.put(headers.toByteArray()).put(body);
    frame.putInt(sum(frame.duplicate().flip()));
    return frame.array();
  }

  /** The checksum of all that was written so far. */
  private static int sum(ByteBuffer written) {
    CRC32 sum = new CRC32();
    sum.update(written);
    return (int) sum.getValue();
  }
}
