// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import org.jspecify.annotations.Nullable;

/**
 * @param text as it was written
 * @param value of a string or number
 * @param start the index of its first character
 * @param end the index after its last character
 */
record Token(Type type, String text, @Nullable Object value, int start, int end) {

  enum Type {
    NAME,
    STRING,
    NUMBER,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return type == Type.SYMBOL && text.equals(symbol);
  }

  boolean isName(String name) {
    return type == Type.NAME && text.equals(name);
  }
}
