// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.StopReason;

/** Why an answer ended, in Gemini's words ("FinishReason", Gemini API reference). */
final class StopWords {

  private StopWords() {}

  /**
   * What a word means.
   *
   * @param word in the provider's spelling; empty if there is none
   * @param called whether the answer calls functions: Gemini has no word for that
   */
  static StopReason read(String word, boolean called) {
    return switch (word) {
      case "STOP" -> called ? StopReason.TOOLS : StopReason.END;
      case "MAX_TOKENS" -> StopReason.LENGTH;
      case "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "MODEL_ARMOR",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION",
          "IMAGE_OTHER" ->
          StopReason.FILTER;
      case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS" ->
          StopReason.MALFORMED_CALL;
      case "MALFORMED_RESPONSE", "MISSING_THOUGHT_SIGNATURE" -> StopReason.ERROR;
      default -> StopReason.UNKNOWN;
    };
  }

  static String write(StopReason reason) {
    return switch (reason) {
      case END, STOP_SEQUENCE, TOOLS, PAUSE -> "STOP";
      case LENGTH, CONTEXT_FULL -> "MAX_TOKENS";
      case FILTER, REFUSAL -> "SAFETY";
      case MALFORMED_CALL -> "MALFORMED_FUNCTION_CALL";
      case ERROR -> "OTHER";
      // Google's SDKs go on at this one, and fail at all that tell of trouble.
      case UNKNOWN -> "FINISH_REASON_UNSPECIFIED";
    };
  }

  /** Whether an answer ended as it was to. */
  static boolean good(StopReason reason) {
    return reason == StopReason.END || reason == StopReason.TOOLS || reason == StopReason.UNKNOWN;
  }
}
