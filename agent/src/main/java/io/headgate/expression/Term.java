// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

/**
 * A part of an expression that has been read.
 *
 * @param section which one, such as {@code request.headers}; empty if the kind is another
 * @param selected whether it is a way into something, so that {@code has} can ask for it
 * @param start the index of its first character
 * @param end the index after its last character
 */
record Term(Node node, Kind kind, String section, boolean selected, int start, int end) {

  static Term value(Node node, Kind kind, int start, int end) {
    return new Term(node, kind, "", false, start, end);
  }

  static Term selected(Node node, Kind kind, int start, int end) {
    return new Term(node, kind, "", true, start, end);
  }

  static Term section(String section, int start, int end) {
    return new Term(new Node.Literal(null), Kind.SECTION, section, false, start, end);
  }
}
