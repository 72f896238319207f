// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.stream.EventStreamWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Makes Amazon event streams of what can be read. */
final class Frames {

  private Frames() {}

  /**
   * A message for each line: the name of an event and its data, with a blank between. {@code chunk}
   * has a model's own event as data. A name that begins with an exclamation mark is an exception's.
   */
  static byte[] of(String lines) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (String line : lines.strip().split("\n", -1)) {
      int blank = line.indexOf(' ');
      String name = line.substring(0, blank);
      byte[] data = line.substring(blank + 1).getBytes(StandardCharsets.UTF_8);
      stream.writeBytes(
          name.startsWith("!")
              ? FrameEvents.exception(name.substring(1), data)
              : FrameEvents.write(name, data));
    }
    return stream.toByteArray();
  }

  /** A stream of a model's own events. */
  static byte[] chunks(String... events) {
    return of("chunk " + String.join("\nchunk ", events));
  }

  /** A message whose payload is these characters, whatever they are. */
  static byte[] raw(String event, String payload) {
    return EventStreamWriter.frame(
        Map.of(":event-type", event, ":message-type", "event"),
        payload.getBytes(StandardCharsets.UTF_8));
  }

  /** A message of the kind that no model has. */
  static byte[] error(String code, String message) {
    return EventStreamWriter.frame(
        Map.of(":message-type", "error", ":error-code", code, ":error-message", message),
        new byte[0]);
  }
}
