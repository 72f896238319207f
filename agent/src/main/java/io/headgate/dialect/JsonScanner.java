// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.dialect.JsonString.Want;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the facts of a {@link Shape} in JSON that comes in pieces, cut anywhere. Memory is
 * constant: a string is captured only where its text is wanted and up to {@link #TEXT_LIMIT} bytes
 * or the limit it was given, everything else is passed over byte by byte. After the first of its
 * documents it allocates nothing.
 *
 * <p>Why not Jackson's non-blocking parser: it must gather every string it passes, so an answer of
 * 50 MB in one string costs 100 MB, and each document of a stream needs a parser of its own.
 *
 * <p>Malformed or too deeply nested input is not an error: the scanner stops and says {@link
 * #failed}. Used by one thread at a time.
 */
final class JsonScanner<F extends Slot> {

  /** Longer texts are not told, in bytes. */
  static final int TEXT_LIMIT = 512;

  /** More levels of nesting are no answer of any model. */
  static final int DEPTH_LIMIT = 512;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final Shape<F> root;
  private final JsonSink<F> sink;
  private final JsonString string;
  private @Nullable Shape<F>[] shapes = Shape.newArray(16);
  private boolean[] objects = new boolean[16];
  private int depth;
  private State state = State.VALUE;

  /** The shape of the value that comes next or is being read. */
  private @Nullable Shape<F> next;

  private boolean inName;
  private byte[] literal = NULL;
  private int literalAt;

  private enum State {
    VALUE,
    VALUE_OR_END,
    NAME,
    NAME_OR_END,
    COLON,
    COMMA_OR_END,
    STRING,
    NUMBER,
    LITERAL,
    DONE,
    FAILED
  }

  JsonScanner(Shape<F> root, JsonSink<F> sink) {
    this(root, sink, TEXT_LIMIT);
  }

  /**
   * @param textLimit longer texts are not told, in bytes
   */
  JsonScanner(Shape<F> root, JsonSink<F> sink, int textLimit) {
    this.string = new JsonString(textLimit);
    this.root = root;
    this.sink = sink;
    this.next = root;
  }

  /** Ready for another document. */
  void reset() {
    Arrays.fill(shapes, 0, Math.min(depth + 1, shapes.length), null);
    depth = 0;
    state = State.VALUE;
    next = root;
  }

  /** Whether a whole document was read and nothing but white space came after it. */
  boolean done() {
    return state == State.DONE;
  }

  boolean failed() {
    return state == State.FAILED;
  }

  /** Whether no byte of a document came yet. */
  boolean blank() {
    return state == State.VALUE && depth == 0;
  }

  /** No more bytes belong to this document: a number that stands alone ends here. */
  void end() {
    if (state == State.NUMBER && depth == 0) {
      endNumber();
    }
  }

  void read(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && state != State.FAILED) {
      switch (state) {
        case STRING -> at = string(bytes, at, to);
        case NUMBER -> at = number(bytes, at, to);
        case LITERAL -> literal(bytes[at++]);
        default -> structure(bytes[at++]);
      }
    }
  }

  private void structure(byte b) {
    if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
      return;
    }
    switch (state) {
      case VALUE -> startValue(b);
      case VALUE_OR_END -> {
        if (b == ']') {
          close(false);
        } else {
          startValue(b);
        }
      }
      case NAME, NAME_OR_END -> {
        if (b == '"') {
          startString(true, shapes[depth - 1] == null ? Want.NOTHING : Want.TEXT);
        } else if (b == '}' && state == State.NAME_OR_END) {
          close(true);
        } else {
          state = State.FAILED;
        }
      }
      case COLON -> state = b == ':' ? State.VALUE : State.FAILED;
      case COMMA_OR_END -> {
        if (b == ',') {
          boolean object = objects[depth - 1];
          next = shapes[depth - 1];
          state = object ? State.NAME : State.VALUE;
        } else if (b == '}' || b == ']') {
          close(b == '}');
        } else {
          state = State.FAILED;
        }
      }
      default -> state = State.FAILED;
    }
  }

  private void startValue(byte b) {
    switch (b) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '"' -> startString(false, wanted());
      case 't' -> startLiteral(TRUE);
      case 'f' -> startLiteral(FALSE);
      case 'n' -> startLiteral(NULL);
      default -> {
        if (b == '-' || (b >= '0' && b <= '9')) {
          state = State.NUMBER;
          string.start(Want.TEXT);
          string.append(b);
        } else {
          state = State.FAILED;
        }
      }
    }
  }

  private void open(boolean object) {
    if (depth == DEPTH_LIMIT) {
      state = State.FAILED;
      return;
    }
    if (depth == objects.length) {
      shapes = Arrays.copyOf(shapes, depth * 2);
      objects = Arrays.copyOf(objects, depth * 2);
    }
    Shape<F> shape = next;
    shapes[depth] = shape;
    objects[depth++] = object;
    state = object ? State.NAME_OR_END : State.VALUE_OR_END;
    if (object) {
      F group = group(shape);
      if (group != null) {
        sink.opened(group);
      }
    }
  }

  private void close(boolean object) {
    if (objects[depth - 1] != object) {
      state = State.FAILED;
      return;
    }
    Shape<F> shape = shapes[--depth];
    if (object) {
      F group = group(shape);
      if (group != null) {
        sink.closed(group);
      }
    }
    endValue();
  }

  private @Nullable F group(@Nullable Shape<F> shape) {
    F slot = shape == null ? null : shape.slot();
    return slot != null && slot.kind() == Slot.Kind.GROUP ? slot : null;
  }

  private void endValue() {
    state = depth == 0 ? State.DONE : State.COMMA_OR_END;
  }

  private @Nullable F slot() {
    Shape<F> shape = next;
    return shape == null ? null : shape.slot();
  }

  private Want wanted() {
    F slot = slot();
    if (slot == null) {
      return Want.NOTHING;
    }
    return switch (slot.kind()) {
      case TEXT, GROUP -> Want.TEXT;
      case LENGTH -> Want.LENGTH;
      case NUMBER, FLAG -> Want.NOTHING;
    };
  }

  private void startString(boolean name, Want wanted) {
    state = State.STRING;
    inName = name;
    string.start(wanted);
  }

  private int string(byte[] bytes, int from, int to) {
    int at = string.read(bytes, from, to);
    if (string.failed()) {
      state = State.FAILED;
    } else if (string.closed()) {
      endString();
    }
    return at;
  }

  private void endString() {
    if (inName) {
      Shape<F> parent = shapes[depth - 1];
      next =
          parent == null || string.overflow()
              ? null
              : parent.member(string.text(), string.length());
      state = State.COLON;
      F slot = parent == null ? null : parent.slot();
      if (slot != null && parent != null && parent.countsNames()) {
        sink.characters(slot, string.length(), 0);
      }
      return;
    }
    F slot = slot();
    if (slot != null) {
      if (string.want() == Want.TEXT && !string.overflow()) {
        sink.text(slot, string.text(), string.length());
      } else if (string.want() == Want.LENGTH) {
        sink.characters(slot, string.narrow(), string.wide());
      }
    }
    endValue();
  }

  private int number(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      byte b = bytes[at];
      boolean part =
          (b >= '0' && b <= '9') || b == '.' || b == 'e' || b == 'E' || b == '+' || b == '-';
      if (!part) {
        endNumber();
        return at;
      }
      string.append(b);
      at++;
    }
    return to;
  }

  private void endNumber() {
    F slot = slot();
    endValue();
    // A number of more than 512 digits is one, but none that anybody could mean.
    if (slot == null || slot.kind() == Slot.Kind.LENGTH || string.overflow()) {
      return;
    }
    long whole = 0;
    for (int i = 0; i < string.length(); i++) {
      byte b = string.text()[i];
      if (b < '0' || b > '9' || i >= 18) {
        fraction(slot);
        return;
      }
      whole = whole * 10 + (b - '0');
    }
    sink.number(slot, whole, (double) whole);
  }

  /** Anything but a plain count; rare enough to make a string of it. */
  private void fraction(F slot) {
    String digits = new String(string.text(), 0, string.length(), StandardCharsets.US_ASCII);
    try {
      double value = Double.parseDouble(digits);
      sink.number(slot, whole(digits, value), value);
    } catch (NumberFormatException e) {
      state = State.FAILED;
    }
  }

  private static long whole(String digits, double value) {
    if (Math.abs(value) < 1L << 53) {
      return (long) value;
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return (long) value;
    }
  }

  private void startLiteral(byte[] expected) {
    literal = expected;
    literalAt = 1;
    state = State.LITERAL;
  }

  private void literal(byte b) {
    if (b != literal[literalAt]) {
      state = State.FAILED;
      return;
    }
    if (++literalAt == literal.length) {
      F slot = slot();
      if (slot != null && literal != NULL) {
        sink.flag(slot, literal == TRUE);
      }
      endValue();
    }
  }
}
