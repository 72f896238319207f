// SPDX-License-Identifier: Apache-2.0
package io.headgate.stream;

/**
 * Splits a stream of lines, as in newline-delimited JSON, wherever the network cut it. A line is
 * handed on in pieces and never gathered, so memory is constant. Blank lines are not told of.
 *
 * <p>Used by one thread at a time. What the listener throws goes to the caller.
 */
public final class LineReader {

  private final Listener listener;
  private boolean hasText;

  /** What becomes of the lines. */
  public interface Listener {
    /** A piece of the current line. The array is only lent. */
    void text(byte[] bytes, int from, int to);

    /** The line whose pieces came is complete. */
    void endOfLine();
  }

  public LineReader(Listener listener) {
    this.listener = listener;
  }

  /** The next bytes of the stream. */
  public void read(byte[] bytes, int from, int to) {
    int start = from;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '\n' || b == '\r') {
        piece(bytes, start, at);
        end();
        start = at + 1;
      }
    }
    piece(bytes, start, to);
  }

  /** The stream is complete: a last line may lack its end. */
  public void end() {
    if (hasText) {
      hasText = false;
      listener.endOfLine();
    }
  }

  private void piece(byte[] bytes, int from, int to) {
    if (to > from) {
      hasText = true;
      listener.text(bytes, from, to);
    }
  }
}
