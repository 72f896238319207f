// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import io.headgate.config.Globs;

/** A pattern in which {@code *} stands for any run of characters, slashes included. */
final class Glob {

  private Glob() {}

  static boolean matches(String pattern, String text) {
    return Globs.matches(pattern, text);
  }

  /** How many characters stand before the first {@code *}; the whole length if there is none. */
  static int literalPrefix(String pattern) {
    int star = pattern.indexOf('*');
    return star < 0 ? pattern.length() : star;
  }
}
