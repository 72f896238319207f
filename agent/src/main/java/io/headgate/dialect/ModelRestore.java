// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.ContentTransform;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a model name in the place of the one that an answer gives, in one document or in every event
 * of a stream. All other bytes pass as they came and as soon as they came; only a name that has
 * begun is kept until it ends. Input that is malformed passes unchanged: a stream goes on with its
 * next event. An answer that names no model, or an empty one, gets none.
 */
final class ModelRestore implements ContentTransform {

  /** No name of a model is longer, in bytes. */
  private static final int LONGEST = 1024;

  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ModelRestoreScanner scanner;
  private final Framing.Sniffer sniffer;
  private final byte[] model;

  /** What came out of this chunk so far. */
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** The beginning of a name whose end is yet to come. */
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  private boolean holding;

  /** Whether what comes out differs from the chunk. */
  private boolean changed;

  /** Where in the chunk the bytes begin that are neither out nor held. */
  private int start;

  private Line line = Line.FIELD;
  private int matched;
  private int length;
  private boolean afterReturn;

  /** Where in a line of an event stream the next byte is. */
  private enum Line {
    FIELD,
    DATA,
    OTHER
  }

  /**
   * Where a format names the model.
   *
   * @param member the name of the member
   * @param parents the members that may be objects which have it too
   */
  record Places(String member, Set<String> parents) {

    private static final Places MODEL = new Places("model", Set.of());

    /** Null if answers of the format name no model, or not where we know. */
    static @Nullable Places of(WireFormat format) {
      return switch (format) {
        case OPENAI, COHERE, OLLAMA -> MODEL;
        case OPENAI_RESPONSES -> new Places("model", Set.of("response"));
        case ANTHROPIC -> new Places("model", Set.of("message"));
        case GEMINI -> new Places("modelVersion", Set.of());
        case BEDROCK, OTHER -> null;
      };
    }
  }

  ModelRestore(Places places, @Nullable String contentType, String model) {
    this.scanner = new ModelRestoreScanner(places.member(), places.parents());
    this.sniffer = new Framing.Sniffer(contentType, false, false);
    this.model = WireErrors.bytes(WireErrors.quote(model));
  }

  @Override
  public ByteBuffer apply(ByteBuffer chunk) {
    if (!chunk.hasRemaining()) {
      return chunk;
    }
    byte[] bytes;
    int from = 0;
    if (chunk.hasArray()) {
      bytes = chunk.array();
      from = chunk.arrayOffset() + chunk.position();
    } else {
      bytes = new byte[chunk.remaining()];
      chunk.duplicate().get(bytes);
    }
    int to = from + chunk.remaining();
    changed = holding;
    start = from;
    take(bytes, from, to);
    if (holding) {
      held.write(bytes, start, to - start);
      start = to;
      if (held.size() > LONGEST) {
        release();
      }
    }
    if (!changed) {
      return chunk;
    }
    out.write(bytes, start, to - start);
    byte[] result = out.toByteArray();
    out.reset();
    return ByteBuffer.wrap(result);
  }

  private void take(byte[] bytes, int from, int to) {
    int at = sniffer.framing() == Framing.UNDECIDED ? sniffer.sniff(bytes, from, to) : from;
    switch (sniffer.framing()) {
      case EVENTS -> events(bytes, at, to);
      case LINES -> lines(bytes, at, to);
      case DOCUMENT -> json(bytes, at, to);
      case FRAMES, MEDIA, OPAQUE, UNDECIDED -> {
        // No model is named there.
      }
    }
  }

  private void events(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      byte b = bytes[at];
      if (b == '\n' || b == '\r') {
        endOfLine(b);
        at++;
      } else if (line == Line.FIELD) {
        afterReturn = false;
        field(b);
        at++;
      } else {
        int end = endOfLine(bytes, at, to);
        if (line == Line.DATA) {
          json(bytes, at, end);
        }
        at = end;
      }
    }
  }

  private static int endOfLine(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  private void field(byte b) {
    if (b == ':') {
      line = matched == DATA.length && length == matched ? Line.DATA : Line.OTHER;
      return;
    }
    if (matched == length && matched < DATA.length && b == DATA[matched]) {
      matched++;
    }
    length++;
  }

  private void endOfLine(byte b) {
    boolean secondHalf = b == '\n' && afterReturn;
    afterReturn = b == '\r';
    if (secondHalf) {
      return;
    }
    if (holding) {
      release(); // No name has a line break within.
    }
    if (line == Line.FIELD && length == 0) {
      scanner.reset();
    }
    line = Line.FIELD;
    matched = 0;
    length = 0;
  }

  private void lines(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int end = endOfLine(bytes, at, to);
      json(bytes, at, end);
      if (end < to) {
        if (holding) {
          release();
        }
        scanner.reset();
        end++;
      }
      at = end;
    }
  }

  private void json(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      at = scanner.read(bytes, at, to);
      switch (scanner.mark()) {
        case START -> {
          out.write(bytes, start, at - 1 - start);
          start = at - 1;
          holding = true;
          changed = true;
        }
        case END -> {
          if (holding) {
            replace(bytes, at);
          }
        }
        case NONE -> {
          // All of it was read.
        }
      }
    }
  }

  private void replace(byte[] bytes, int end) {
    holding = false;
    if (held.size() + end - start == 2) {
      // An empty name is none.
      out.writeBytes(held.toByteArray());
      out.write(bytes, start, end - start);
    } else {
      out.writeBytes(model);
    }
    held.reset();
    start = end;
  }

  /** Gives back what was held: it is no name. */
  private void release() {
    holding = false;
    out.writeBytes(held.toByteArray());
    held.reset();
  }

  @Override
  public ByteBuffer finish() {
    if (!holding) {
      return NOTHING.duplicate();
    }
    holding = false;
    return ByteBuffer.wrap(held.toByteArray());
  }
}
