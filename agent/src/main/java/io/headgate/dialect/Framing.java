// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a body is divided. */
enum Framing {
  /** Nothing but white space came yet. */
  UNDECIDED,
  /** One JSON document, be it an array that grows as a stream. */
  DOCUMENT,
  /** Server-sent events. */
  EVENTS,
  /** One JSON document per line. */
  LINES,
  /** The messages of an Amazon event stream. */
  FRAMES,
  /** Sound, pictures or a plain transcript, as asked for. */
  MEDIA,
  /** Nothing we read: HTML, plain text. */
  OPAQUE;

  /**
   * Decides by the first byte that is not white space, since servers send event streams as plain
   * text and errors as event streams; the content type only tells what a byte cannot.
   */
  static final class Sniffer {
    private final String contentType;
    private final boolean linesLikely;
    private final boolean wordsLikely;
    private Framing framing = UNDECIDED;

    /**
     * @param linesLikely whether a stream of documents by line is to be expected
     * @param wordsLikely whether the answer may be text that is no JSON, nor a stream
     */
    Sniffer(@Nullable String contentType, boolean linesLikely, boolean wordsLikely) {
      this.contentType = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
      this.linesLikely = linesLikely;
      if (is("audio/", "image/", "video/")) {
        framing = MEDIA;
      } else if (is("application/vnd.amazon.eventstream")) {
        framing = FRAMES;
      } else if (is("text/html")) {
        framing = OPAQUE;
      }
      boolean text = is("text/", "application/x-subrip") && !is("text/event-stream");
      this.wordsLikely = wordsLikely && text && framing != OPAQUE;
    }

    /** Whether the body is text as asked for, though it be empty, as that of a silence is. */
    boolean words() {
      return wordsLikely && (framing == MEDIA || framing == UNDECIDED);
    }

    Framing framing() {
      return framing;
    }

    /** Returns where the body goes on from. */
    int sniff(byte[] bytes, int from, int to) {
      for (int at = from; at < to; at++) {
        int b = bytes[at] & 0xFF;
        boolean mark = b == 0xEF || b == 0xBB || b == 0xBF;
        if (b != ' ' && b != '\n' && b != '\r' && b != '\t' && !mark) {
          framing = of(b);
          return at;
        }
      }
      return to;
    }

    private Framing of(int first) {
      if (wordsLikely && first != '{') {
        return MEDIA;
      }
      if (first == '{' || first == '[') {
        boolean byLine =
            linesLikely
                || is("application/x-ndjson", "application/jsonl", "application/stream+json");
        return byLine && first == '{' ? LINES : DOCUMENT;
      }
      // data, event, id, retry or a comment.
      boolean field = first == 'd' || first == 'e' || first == 'i' || first == 'r' || first == ':';
      return is("text/event-stream") || (field && !is("application/json")) ? EVENTS : OPAQUE;
    }

    private boolean is(String... prefixes) {
      for (String prefix : prefixes) {
        if (contentType.startsWith(prefix)) {
          return true;
        }
      }
      return false;
    }
  }
}
