// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.gateway.AnswerForm;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.stream.EventStreamReader;
import io.headgate.stream.SseReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes the events of a stream in each of its forms. */
public final class StreamEvents {

  private static final String DONE = "[DONE]";
  private static final String LINE = "\n";
  private static final String NETWORK_LINE = "\r\n";

  private StreamEvents() {}

  /**
   * All events of a stream; null if one of them is no JSON object, or the stream ends within one.
   * An event of server-sent events ends with its blank line, as its readers by the book have it:
   * what comes without is lost to them. Only a {@code [DONE]} needs none, for it carries nothing.
   */
  static @Nullable List<StreamEvent> read(AnswerForm form, byte[] body) {
    return switch (form) {
      case SSE -> sse(body);
      case NDJSON -> lines(body);
      case JSON_ARRAY -> array(body);
      case EVENT_STREAM -> frames(body);
      case WHOLE -> null;
    };
  }

  private static @Nullable List<StreamEvent> sse(byte[] body) {
    Reader reader = new Reader();
    new SseReader(reader).read(body, 0, body.length);
    if (reader.malformed) {
      return null;
    }
    int end = EventSplit.endOfEvents(body);
    String rest = new String(body, end, body.length - end, StandardCharsets.UTF_8).strip();
    if (rest.startsWith("data:") && rest.substring(5).trim().equals(DONE)) {
      reader.events.add(StreamEvent.DONE);
    } else if (!rest.isEmpty()) {
      return null;
    }
    return reader.events;
  }

  private static @Nullable List<StreamEvent> lines(byte[] body) {
    List<StreamEvent> events = new ArrayList<>();
    for (ByteBuffer line : EventSplit.of(AnswerForm.NDJSON, body)) {
      byte[] bytes = new byte[line.remaining()];
      line.get(bytes);
      Map<String, @Nullable Object> data = Nodes.map(JsonTree.exact(bytes));
      if (data == null) {
        return null;
      }
      events.add(StreamEvent.of(data));
    }
    return events;
  }

  private static @Nullable List<StreamEvent> array(byte[] body) {
    if (!(JsonTree.exact(body) instanceof List<?> list)) {
      return null;
    }
    List<StreamEvent> events = new ArrayList<>(list.size());
    for (Object item : list) {
      Map<String, @Nullable Object> data = Nodes.map(item);
      if (data == null) {
        return null;
      }
      events.add(StreamEvent.of(data));
    }
    return events;
  }

  private static @Nullable List<StreamEvent> frames(byte[] body) {
    FrameReader reader = new FrameReader();
    EventStreamReader frames = new EventStreamReader(new FrameEvents(reader));
    frames.read(body, 0, body.length);
    frames.end();
    return reader.malformed ? null : reader.events;
  }

  /**
   * The bytes of a stream.
   *
   * @param network whether lines end as the network's do, in CRLF, as Google's
   */
  public static byte[] write(AnswerForm form, List<StreamEvent> events, boolean network) {
    String line = network ? NETWORK_LINE : LINE;
    ByteArrayOutputStream out = new ByteArrayOutputStream(256 * events.size());
    if (form == AnswerForm.JSON_ARRAY) {
      out.write('[');
    }
    for (int i = 0; i < events.size(); i++) {
      StreamEvent event = events.get(i);
      switch (form) {
        case SSE -> {
          text(out, event.name().isEmpty() ? "" : "event: " + event.name() + line);
          text(out, "data: ");
          data(out, event);
          text(out, line + line);
        }
        case NDJSON -> {
          data(out, event);
          text(out, LINE);
        }
        case JSON_ARRAY -> {
          text(out, i == 0 ? "" : "," + NETWORK_LINE);
          data(out, event);
        }
        case EVENT_STREAM ->
            out.writeBytes(FrameEvents.write(event.name(), JsonWriter.write(event.data())));
        case WHOLE -> throw new IllegalArgumentException(form.name());
      }
    }
    if (form == AnswerForm.JSON_ARRAY) {
      out.write(']');
    }
    return out.toByteArray();
  }

  private static void data(ByteArrayOutputStream out, StreamEvent event) {
    if (event.data() == null) {
      text(out, DONE);
    } else {
      out.writeBytes(JsonWriter.write(event.data()));
    }
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Gathers the events of an Amazon event stream. */
  private static final class FrameReader implements FrameEvents.Sink {
    private final List<StreamEvent> events = new ArrayList<>();
    private boolean malformed;

    @Override
    public void event(String name, byte[] bytes, int from, int to) {
      Map<String, @Nullable Object> data =
          Nodes.map(JsonTree.exact(Arrays.copyOfRange(bytes, from, to)));
      if (data == null) {
        malformed = true;
      } else {
        events.add(new StreamEvent(name, data));
      }
    }

    @Override
    public void failure(String type, byte[] bytes, int from, int to) {
      events.add(StreamEvent.typed("error", "error", type.isEmpty() ? "error" : type));
    }

    @Override
    public void broken() {
      malformed = true;
    }
  }

  /** Gathers the data of each event. */
  private static final class Reader implements SseReader.Listener {
    private final List<StreamEvent> events = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean malformed;

    @Override
    public void data(byte[] bytes, int from, int to) {
      data.write(bytes, from, to - from);
    }

    @Override
    public void endOfEvent(String name) {
      byte[] bytes = data.toByteArray();
      data.reset();
      Map<String, @Nullable Object> read = Nodes.map(JsonTree.exact(bytes));
      if (read != null) {
        events.add(new StreamEvent(name, read));
        return;
      }
      String text = new String(bytes, StandardCharsets.UTF_8).trim();
      if (text.equals(DONE)) {
        events.add(StreamEvent.DONE);
      } else {
        malformed |= !text.isEmpty();
      }
    }
  }
}
