// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import io.headgate.it.routing.Out;

/**
 * Asks the same whole and streamed, in both orders, and each once more. Part of the app; what it
 * tells of an answer is to be the same each time.
 */
final class BothWays {

  /** Asks once, and tells all there is of the answer, in the same words for either form. */
  interface Ask {
    String ask(String question) throws Exception;
  }

  private BothWays() {}

  static void ask(String kind, Ask whole, Ask streamed) {
    String first = "Question 1: what is the matter?";
    Out.call(kind + " 1 streamed", () -> streamed.ask(first));
    Out.call(kind + " 1 streamed again", () -> streamed.ask(first));
    Out.call(kind + " 1 whole", () -> whole.ask(first));
    String second = "Question 2: what is the matter?";
    Out.call(kind + " 2 whole", () -> whole.ask(second));
    Out.call(kind + " 2 whole again", () -> whole.ask(second));
    Out.call(kind + " 2 streamed", () -> streamed.ask(second));
  }
}
