// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

/** Tells what the app will see as the text of an answer that is put into another format for it. */
@FunctionalInterface
public interface AnswerText {

  /**
   * The text of the first choice, reasoning and tool calls not included.
   *
   * @param streamed whether the answer is a stream
   * @param answer all of it, as the provider sent it, unpacked
   */
  String of(boolean streamed, byte[] answer);
}
