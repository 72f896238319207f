// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.dialect.FrameEvents;
import io.headgate.dialect.StreamEvent;
import io.headgate.gateway.AnswerForm;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import io.headgate.stream.EventStreamReader;
import io.headgate.stream.LineReader;
import io.headgate.stream.SseReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of the bytes of a stream, however they are cut. No more than one event is kept, and
 * of that no more than {@link #LARGEST}. Used by one thread at a time.
 */
final class EventInput {

  /** The largest event, in bytes. */
  static final int LARGEST = 16 << 20;

  private static final String DONE = "[DONE]";

  private final Consumer<StreamEvent> out;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final Bytes bytes;
  private final Runnable atEnd;

  private interface Bytes {
    void read(byte[] bytes, int from, int to);
  }

  /**
   * @param form any but a whole one, or an array's
   * @param out gets each event when it is complete; one that is no JSON object is left out
   */
  EventInput(AnswerForm form, Consumer<StreamEvent> out) {
    this.out = out;
    switch (form) {
      case SSE -> {
        SseReader reader = new SseReader(new Events());
        this.bytes = reader::read;
        // Readers by the book drop an event whose blank line is missing; some servers leave it out.
        this.atEnd = () -> reader.read(new byte[] {'\n', '\n'}, 0, 2);
      }
      case NDJSON -> {
        LineReader reader = new LineReader(new Lines());
        this.bytes = reader::read;
        this.atEnd = reader::end;
      }
      case EVENT_STREAM -> {
        EventStreamReader reader = new EventStreamReader(new FrameEvents(new Frames()));
        this.bytes = reader::read;
        this.atEnd = reader::end;
      }
      default -> throw new IllegalArgumentException(form.name());
    }
  }

  /**
   * The next bytes.
   *
   * @throws Unreadable if an event is too large, or the frames make no sense
   */
  void read(byte[] chunk, int from, int to) {
    bytes.read(chunk, from, to);
  }

  /** There are no more bytes. */
  void end() {
    atEnd.run();
  }

  private void piece(byte[] piece, int from, int to) {
    if (data.size() + (to - from) > LARGEST) {
      throw Unreadable.because("an event of the answer is too large");
    }
    data.write(piece, from, to - from);
  }

  private void complete(String name) {
    byte[] document = data.toByteArray();
    data.reset();
    Map<String, @Nullable Object> object = Nodes.map(JsonTree.exact(document));
    if (object != null) {
      out.accept(new StreamEvent(name, object));
    } else if (document.length < 16
        && new String(document, StandardCharsets.UTF_8).trim().equals(DONE)) {
      out.accept(StreamEvent.DONE);
    }
  }

  private final class Events implements SseReader.Listener {
    @Override
    public void data(byte[] piece, int from, int to) {
      piece(piece, from, to);
    }

    @Override
    public void endOfEvent(String name) {
      complete(name);
    }
  }

  private final class Lines implements LineReader.Listener {
    @Override
    public void text(byte[] piece, int from, int to) {
      piece(piece, from, to);
    }

    @Override
    public void endOfLine() {
      complete("");
    }
  }

  private final class Frames implements FrameEvents.Sink {
    @Override
    public void event(String name, byte[] document, int from, int to) {
      Map<String, @Nullable Object> object =
          Nodes.map(JsonTree.exact(Arrays.copyOfRange(document, from, to)));
      if (object != null) {
        out.accept(new StreamEvent(name, object));
      }
    }

    @Override
    public void failure(String type, byte[] document, int from, int to) {
      Map<String, @Nullable Object> said =
          Nodes.map(JsonTree.exact(Arrays.copyOfRange(document, from, to)));
      Map<String, @Nullable Object> event = Nodes.object("type", "error");
      if (said != null) {
        event.putAll(said);
        event.put("type", "error");
      }
      out.accept(new StreamEvent(type, event));
    }

    @Override
    public void broken() {
      throw Unreadable.because("the frames of the answer are damaged");
    }
  }
}
