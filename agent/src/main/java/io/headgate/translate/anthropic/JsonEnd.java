// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

/** Tells when an object of JSON that comes in pieces is complete. */
final class JsonEnd {

  private int depth;
  private boolean quoted;
  private boolean escaped;
  private boolean reached;

  void read(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      read(piece.charAt(i));
    }
  }

  private void read(char c) {
    if (escaped) {
      escaped = false;
    } else if (quoted) {
      escaped = c == '\\';
      quoted = c != '"';
    } else {
      switch (c) {
        case '"' -> quoted = true;
        case '{', '[' -> depth++;
        case '}', ']' -> {
          depth--;
          reached |= depth == 0;
        }
        default -> {
          // Nothing that opens or closes.
        }
      }
    }
  }

  /** Whether the end has come. */
  boolean reached() {
    return reached;
  }
}
