// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.gateway.AnswerForm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Divides a stream into its events, each with all that belongs to it. */
final class EventSplit {

  private EventSplit() {}

  /** The events in order; together they are the body. What makes no sense stays in one piece. */
  static List<ByteBuffer> of(AnswerForm form, byte[] body) {
    List<Integer> ends =
        switch (form) {
          case SSE -> blankLines(body);
          case NDJSON -> lines(body);
          case JSON_ARRAY -> elements(body);
          case EVENT_STREAM -> frames(body);
          case WHOLE -> List.of();
        };
    List<ByteBuffer> events = new ArrayList<>(ends.size() + 1);
    int from = 0;
    for (int i = 0; i < ends.size(); i++) {
      // What follows the last event is no event of its own if it says nothing.
      boolean last = i == ends.size() - 1;
      int to = last && saysNothing(form, body, ends.get(i)) ? body.length : ends.get(i);
      events.add(slice(body, from, to));
      from = to;
    }
    if (from < body.length) {
      events.add(slice(body, from, body.length));
    }
    return events;
  }

  private static ByteBuffer slice(byte[] body, int from, int to) {
    return ByteBuffer.wrap(body, from, to - from).slice().asReadOnlyBuffer();
  }

  private static boolean saysNothing(AnswerForm form, byte[] body, int from) {
    if (form == AnswerForm.EVENT_STREAM) {
      return false;
    }
    for (int at = from; at < body.length; at++) {
      boolean close = form == AnswerForm.JSON_ARRAY && body[at] == ']';
      if (body[at] < 0 || (body[at] > ' ' && !close)) {
        return false;
      }
    }
    return true;
  }

  /** Where events end: behind each blank line that has a line before it. */
  private static List<Integer> blankLines(byte[] body) {
    List<Integer> ends = new ArrayList<>();
    boolean any = false;
    int start = 0;
    for (int at = 0; at < body.length; at++) {
      if (body[at] != '\n' && body[at] != '\r') {
        continue;
      }
      boolean blank = at == start;
      if (body[at] == '\r' && at + 1 < body.length && body[at + 1] == '\n') {
        at++;
      }
      start = at + 1;
      if (blank && any) {
        ends.add(start);
      }
      any = !blank;
    }
    return ends;
  }

  /** Where the last event of server-sent events ends that has its blank line. */
  static int endOfEvents(byte[] body) {
    List<Integer> ends = blankLines(body);
    return ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
  }

  private static List<Integer> lines(byte[] body) {
    List<Integer> ends = new ArrayList<>();
    boolean any = false;
    for (int at = 0; at < body.length; at++) {
      if (body[at] == '\n' && any) {
        ends.add(at + 1);
        any = false;
      } else {
        any |= body[at] > ' ' || body[at] < 0;
      }
    }
    return ends;
  }

  /** Behind each element of the outermost array. */
  private static List<Integer> elements(byte[] body) {
    List<Integer> ends = new ArrayList<>();
    int depth = 0;
    boolean string = false;
    for (int at = 0; at < body.length; at++) {
      byte b = body[at];
      if (string) {
        if (b == '\\') {
          at++;
        } else if (b == '"') {
          string = false;
        }
      } else if (b == '"') {
        string = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 1) {
        ends.add(at + 1);
      }
    }
    return ends;
  }

  /** A frame begins with its length, of four bytes, the first of which counts most. */
  private static List<Integer> frames(byte[] body) {
    List<Integer> ends = new ArrayList<>();
    int at = 0;
    while (body.length - at >= 16) {
      int length = ByteBuffer.wrap(body, at, 4).getInt();
      if (length < 16 || length > body.length - at) {
        break;
      }
      at += length;
      ends.add(at);
    }
    return ends;
  }
}
