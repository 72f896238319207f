// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

/** Follows JSON that comes in pieces, to know whether an object has been closed. */
final class Braces {

  private int depth;
  private boolean opened;
  private boolean quoted;
  private boolean escaped;

  void read(String fragment) {
    for (int i = 0; i < fragment.length(); i++) {
      char c = fragment.charAt(i);
      if (quoted) {
        if (escaped) {
          escaped = false;
        } else if (c == '\\') {
          escaped = true;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{') {
        depth++;
        opened = true;
      } else if (c == '}') {
        depth--;
      }
    }
  }

  /** Whether nothing could follow. */
  boolean closed() {
    return opened && depth <= 0 && !quoted;
  }
}
