// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.gateway.AnswerForm;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.stream.SseReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an OpenAI stream tell its usage as the request wants it. A chunk that tells nothing but
 * usage is left out, and so is the null that the others have in its stead; usage in a chunk with
 * choices came unasked, and stays. Events that need no change stay as they are, byte for byte.
 */
final class OpenAiUsage {

  private OpenAiUsage() {}

  /** Null if usage is wanted and there is none; the very same bytes if nothing is to be changed. */
  static byte @Nullable [] as(byte[] body, boolean wanted) {
    if (!mentions(body)) {
      return wanted ? null : body;
    }
    List<ByteBuffer> events = EventSplit.of(AnswerForm.SSE, body);
    return wanted ? (tells(events) ? body : null) : without(events, body);
  }

  /** Looks from the end, where it is if it was asked for. */
  private static boolean tells(List<ByteBuffer> events) {
    for (int i = events.size() - 1; i >= 0; i--) {
      Map<String, @Nullable Object> chunk = mentioning(bytes(events.get(i)));
      if (chunk != null && chunk.get("usage") != null) {
        return true;
      }
    }
    return false;
  }

  private static byte[] without(List<ByteBuffer> events, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
    boolean changed = false;
    for (ByteBuffer event : events) {
      byte[] bytes = bytes(event);
      Map<String, @Nullable Object> chunk = mentioning(bytes);
      if (chunk == null || !chunk.containsKey("usage")) {
        out.writeBytes(bytes);
        continue;
      }
      Object usage = chunk.get("usage");
      boolean alone = chunk.get("choices") instanceof List<?> choices && choices.isEmpty();
      if (usage == null) {
        chunk.remove("usage");
        out.writeBytes("data: ".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(JsonWriter.write(chunk));
        out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        changed = true;
      } else if (alone) {
        changed = true;
      } else {
        out.writeBytes(bytes);
      }
    }
    return changed ? out.toByteArray() : body;
  }

  private static byte[] bytes(ByteBuffer event) {
    byte[] bytes = new byte[event.remaining()];
    event.get(bytes);
    return bytes;
  }

  /** An event's data, read only if it may tell usage; null if it cannot. */
  private static @Nullable Map<String, @Nullable Object> mentioning(byte[] event) {
    return mentions(event) ? data(event) : null;
  }

  private static boolean mentions(byte[] text) {
    // Latin-1 is the fastest way to search bytes, and a name is found in it.
    return new String(text, StandardCharsets.ISO_8859_1).contains("\"usage\"");
  }

  private static @Nullable Map<String, @Nullable Object> data(byte[] event) {
    List<byte[]> data = new ArrayList<>(1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(event.length);
    SseReader reader =
        new SseReader(
            new SseReader.Listener() {
              @Override
              public void data(byte[] array, int from, int to) {
                bytes.write(array, from, to - from);
              }

              @Override
              public void endOfEvent(String name) {
                data.add(bytes.toByteArray());
              }
            });
    reader.read(event, 0, event.length);
    reader.end();
    return data.size() == 1 ? Nodes.map(JsonTree.exact(data.get(0))) : null;
  }
}
