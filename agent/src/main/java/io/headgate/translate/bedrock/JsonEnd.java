// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

/** Finds where a JSON object that comes in pieces ends. */
final class JsonEnd {

  private int depth;
  private boolean opened;
  private boolean quoted;
  private boolean escaped;

  void take(CharSequence piece) {
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if (escaped) {
        escaped = false;
      } else if (quoted) {
        escaped = c == '\\';
        quoted = c != '"';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        opened = true;
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
  }

  /** Whether every bracket is closed again, and there was one. */
  boolean reached() {
    return opened && depth <= 0 && !quoted;
  }
}
