// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.dialect.JsonString.Want;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Set;

/**
 * Finds where in JSON that comes in pieces, cut anywhere, the string at one of a few paths begins
 * and ends: that of a member of the document, or of an object that is a member of it. An array
 * around documents, as Gemini streams them, is none of the path. Memory is constant. What is no
 * JSON, or nested too deep, is not searched on.
 */
final class ModelRestoreScanner {

  private static final int LONGEST_NAME = 32;

  private final String member;
  private final Set<String> parents;
  private final JsonString string = new JsonString(LONGEST_NAME);
  private final BitSet objects = new BitSet();
  private int depth;

  /** How many arrays are around the documents. */
  private int around;

  /** Whether the value that comes next is that of the member. */
  private boolean wanted;

  /** Whether the value that comes next may be an object that has the member. */
  private boolean parent;

  /** Whether the scanner is in such an object. */
  private boolean inParent;

  private State state = State.VALUE;
  private Mark mark = Mark.NONE;

  /** What {@link #read} stopped for. */
  enum Mark {
    NONE,
    /** Behind the opening quote of the string. */
    START,
    /** Behind its closing quote. */
    END
  }

  private enum State {
    VALUE,
    VALUE_OR_END,
    NAME,
    NAME_OR_END,
    NAME_STRING,
    COLON,
    COMMA_OR_END,
    STRING,
    WANTED,
    SCALAR,
    DONE,
    FAILED
  }

  ModelRestoreScanner(String member, Set<String> parents) {
    this.member = member;
    this.parents = parents;
  }

  /** Ready for another document. */
  void reset() {
    depth = 0;
    around = 0;
    wanted = false;
    parent = false;
    inParent = false;
    state = State.VALUE;
  }

  boolean failed() {
    return state == State.FAILED;
  }

  Mark mark() {
    return mark;
  }

  /** Reads on until a {@link #mark}, or to the end; returns where it stopped. */
  int read(byte[] bytes, int from, int to) {
    mark = Mark.NONE;
    int at = from;
    while (at < to && mark == Mark.NONE) {
      switch (state) {
        case STRING, WANTED, NAME_STRING -> at = string(bytes, at, to);
        case SCALAR -> at = scalar(bytes, at, to);
        case FAILED -> at = to;
        default -> structure(bytes[at++]);
      }
    }
    return at;
  }

  private int string(byte[] bytes, int from, int to) {
    int at = string.read(bytes, from, to);
    if (string.failed()) {
      state = State.FAILED;
    } else if (string.closed()) {
      if (state == State.NAME_STRING) {
        endName();
      } else {
        mark = state == State.WANTED ? Mark.END : Mark.NONE;
        endValue();
      }
    }
    return at;
  }

  private void endName() {
    state = State.COLON;
    wanted = false;
    parent = false;
    if (named() && !string.overflow()) {
      String name = new String(string.text(), 0, string.length(), StandardCharsets.UTF_8);
      wanted = name.equals(member);
      parent = depth == around + 1 && parents.contains(name);
    }
  }

  /** Whether names here may be of interest. */
  private boolean named() {
    return depth == around + 1 || (inParent && depth == around + 2);
  }

  private int scalar(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == ',' || b == ']' || b == '}' || space(b)) {
        endValue();
        return at;
      }
    }
    return to;
  }

  private static boolean space(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private void structure(byte b) {
    if (space(b)) {
      return;
    }
    switch (state) {
      case VALUE_OR_END -> {
        if (b == ']') {
          close(false);
        } else {
          value(b);
        }
      }
      case VALUE -> value(b);
      case NAME, NAME_OR_END -> {
        if (b == '"') {
          state = State.NAME_STRING;
          string.start(named() ? Want.TEXT : Want.NOTHING);
        } else if (b == '}' && state == State.NAME_OR_END) {
          close(true);
        } else {
          state = State.FAILED;
        }
      }
      case COLON -> state = b == ':' ? State.VALUE : State.FAILED;
      case COMMA_OR_END -> {
        if (b == ',') {
          state = objects.get(depth) ? State.NAME : State.VALUE;
          wanted = false;
          parent = false;
        } else if (b == '}' || b == ']') {
          close(b == '}');
        } else {
          state = State.FAILED;
        }
      }
      case DONE -> {
        // One document right after the other.
        reset();
        value(b);
      }
      default -> state = State.FAILED;
    }
  }

  private void value(byte b) {
    switch (b) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '"' -> {
        mark = wanted ? Mark.START : Mark.NONE;
        state = wanted ? State.WANTED : State.STRING;
        string.start(Want.NOTHING);
      }
      default -> {
        boolean scalar = b == '-' || (b >= '0' && b <= '9') || b == 't' || b == 'f' || b == 'n';
        state = scalar ? State.SCALAR : State.FAILED;
      }
    }
    wanted = false;
  }

  private void open(boolean object) {
    if (depth == JsonScanner.DEPTH_LIMIT) {
      state = State.FAILED;
      return;
    }
    if (depth == 0 && !object) {
      around = 1;
    }
    inParent |= object && parent;
    parent = false;
    objects.set(++depth, object);
    state = object ? State.NAME_OR_END : State.VALUE_OR_END;
  }

  private void close(boolean object) {
    if (objects.get(depth) != object) {
      state = State.FAILED;
      return;
    }
    depth--;
    inParent &= depth > around + 1;
    endValue();
  }

  private void endValue() {
    state = depth == 0 ? State.DONE : State.COMMA_OR_END;
  }
}
