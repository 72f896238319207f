// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import org.jspecify.annotations.Nullable;

/** Tells what the app will see of an answer that is put into another format for it. */
@FunctionalInterface
public interface AnswerText {

  /**
   * What it will see.
   *
   * @param streamed whether the answer is a stream
   * @param answer all of it, as the provider sent it, unpacked
   * @throws RuntimeException if it cannot be read
   */
  Seen of(boolean streamed, byte[] answer);

  /**
   * What conditions may ask for.
   *
   * @param text that of the first choice, reasoning and tool calls not included
   * @param finish why it ended, in the word of the app's format; null if that has none
   */
  record Seen(String text, @Nullable String finish) {}
}
