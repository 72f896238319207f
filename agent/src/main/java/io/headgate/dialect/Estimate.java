// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import io.headgate.chat.Usage;

/**
 * Fills in what a provider did not tell, marked as estimated. What it told stays, but for an output
 * that it told before the end of a stream: that is only a lower bound.
 */
final class Estimate {

  private Estimate() {}

  /** About four characters of an alphabet are one token; a wide character is about one. */
  static long tokens(long narrow, long wide) {
    return (narrow + 3) / 4 + wide;
  }

  /**
   * @param inputTokens estimated from the text of the request
   * @param outputTokens estimated from the text of the answer
   * @param streamed whether the answer came as a stream that began well
   * @param ended whether the answer said that it ended
   */
  static void fill(
      Usage.Builder usage,
      Operation operation,
      long inputTokens,
      long outputTokens,
      boolean streamed,
      boolean ended) {
    boolean chat = operation == Operation.CHAT || operation == Operation.TEXT_COMPLETION;
    boolean embeddings = operation == Operation.EMBEDDINGS;
    if (!embeddings && !(chat && (streamed || outputTokens > 0 || usage.output() >= 0))) {
      return;
    }
    // Nothing is not a count of input: servers that do not know it yet write 0.
    if (usage.input() <= 0 && inputTokens > 0) {
      usage.input(inputTokens).estimated(true);
    }
    if (!chat) {
      return;
    }
    boolean partial = streamed && !ended;
    if (usage.output() < 0 || (usage.output() == 0 && outputTokens > 0) || partial) {
      usage.output(Math.max(usage.output(), outputTokens)).estimated(true);
    }
  }
}
