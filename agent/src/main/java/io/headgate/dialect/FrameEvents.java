// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.JsonTree;
import io.headgate.stream.EventFrame;
import io.headgate.stream.EventStreamReader;
import io.headgate.stream.EventStreamWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the messages of Bedrock's event streams say: ConverseStream's events are their payload,
 * those of InvokeModelWithResponseStream are each model's own, in base64 within a {@code chunk}.
 * Facts are from the Bedrock API reference and Smithy's "Amazon Event Semantics".
 */
public final class FrameEvents implements EventStreamReader.Listener {

  /** The name of the events that carry a model's own. */
  static final String CHUNK = "chunk";

  /** The event that AWS's protocols may begin with; it says nothing of an answer. */
  private static final String INITIAL = "initial-response";

  private final Sink sink;

  /** What becomes of the events. The arrays are only lent. */
  public interface Sink {
    /** An event; its data is to be one JSON document. */
    void event(String name, byte[] bytes, int from, int to);

    /**
     * An error, which ends the stream.
     *
     * @param type what AWS calls it; empty if it does not say
     */
    void failure(String type, byte[] bytes, int from, int to);

    /** The stream makes no sense: nothing follows, or this event was lost. */
    void broken();
  }

  public FrameEvents(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void frame(EventFrame frame) {
    String kind = frame.text(":message-type");
    ByteBuffer payload = frame.payload();
    byte[] bytes = payload.array();
    int from = payload.arrayOffset() + payload.position();
    int to = from + payload.remaining();
    if ("exception".equals(kind)) {
      sink.failure(named(frame, ":exception-type"), bytes, from, to);
    } else if ("error".equals(kind)) {
      byte[] said = WireErrors.bytes(message(named(frame, ":error-message")));
      sink.failure(named(frame, ":error-code"), said, 0, said.length);
    } else {
      event(named(frame, ":event-type"), bytes, from, to);
    }
  }

  private void event(String name, byte[] bytes, int from, int to) {
    if (name.equals(INITIAL)) {
      return;
    }
    if (!name.equals(CHUNK)) {
      sink.event(name, bytes, from, to);
      return;
    }
    byte[] own = unwrapped(bytes, from, to);
    if (own == null) {
      sink.broken();
    } else {
      sink.event(name, own, 0, own.length);
    }
  }

  /** The model's own event; null if there is none. */
  private static byte @Nullable [] unwrapped(byte[] bytes, int from, int to) {
    byte[] payload = new byte[to - from];
    System.arraycopy(bytes, from, payload, 0, payload.length);
    Object own = JsonTree.at(JsonTree.read(payload), "bytes");
    try {
      return own instanceof String text ? Base64.getDecoder().decode(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public void broken(EventStreamReader.Fault fault) {
    sink.broken();
  }

  private static String named(EventFrame frame, String header) {
    String name = frame.text(header);
    return name == null ? "" : name;
  }

  private static String message(String text) {
    return text.isEmpty() ? "" : "{\"message\":" + WireErrors.quote(text) + "}";
  }

  /** An event as a message, as Bedrock frames it. */
  static byte[] write(String name, byte[] document) {
    byte[] payload = document;
    if (name.equals(CHUNK)) {
      String text = Base64.getEncoder().encodeToString(document);
      payload = ("{\"bytes\":\"" + text + "\"}").getBytes(StandardCharsets.US_ASCII);
    }
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put(":event-type", name);
    headers.put(":content-type", "application/json");
    headers.put(":message-type", "event");
    return EventStreamWriter.frame(headers, payload);
  }

  /** An exception as a message. */
  public static byte[] exception(String type, byte[] document) {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put(":message-type", "exception");
    headers.put(":exception-type", type);
    headers.put(":content-type", "application/json");
    return EventStreamWriter.frame(headers, document);
  }
}
