// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.StopReason;
import io.headgate.json.Nodes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why an answer ended, in Bedrock's words and ours. */
final class ConverseStops {

  /** The path by which Claude's stop sequence is asked for. */
  static final String SEQUENCE_PATH = "/stop_sequence";

  private static final String FIELDS = "additionalModelResponseFields";

  private ConverseStops() {}

  /**
   * Our reason.
   *
   * @param calls whether tools are called: some models say that they ended although they do
   */
  static StopReason reason(@Nullable Object word, boolean calls) {
    StopReason reason =
        switch (Nodes.text(word)) {
          case "end_turn" -> StopReason.END;
          case "tool_use" -> StopReason.TOOLS;
          case "max_tokens" -> StopReason.LENGTH;
          case "stop_sequence" -> StopReason.STOP_SEQUENCE;
          case "guardrail_intervened", "content_filtered" -> StopReason.FILTER;
          case "malformed_tool_use" -> StopReason.MALFORMED_CALL;
          case "malformed_model_output" -> StopReason.ERROR;
          case "model_context_window_exceeded" -> StopReason.CONTEXT_FULL;
          default -> StopReason.UNKNOWN;
        };
    return reason == StopReason.END && calls ? StopReason.TOOLS : reason;
  }

  /** Bedrock's word; one of those that its SDKs know. */
  static String word(StopReason reason, boolean calls) {
    return switch (reason) {
      case END, PAUSE, UNKNOWN -> calls ? "tool_use" : "end_turn";
      case STOP_SEQUENCE -> "stop_sequence";
      case LENGTH -> "max_tokens";
      // Without a call that could be run, the app would wait for none.
      case TOOLS -> calls ? "tool_use" : "malformed_tool_use";
      case FILTER, REFUSAL -> "content_filtered";
      case CONTEXT_FULL -> "model_context_window_exceeded";
      case MALFORMED_CALL -> "malformed_tool_use";
      case ERROR -> "malformed_model_output";
    };
  }

  /** The stop sequence that came, where it was asked for. */
  static @Nullable String sequence(Map<String, @Nullable Object> told) {
    return Nodes.textOrNull(Nodes.map(told, FIELDS).get("stop_sequence"));
  }

  /** Tells the stop sequence if the app asked for it. */
  static void tell(
      Map<String, @Nullable Object> out,
      Map<String, @Nullable Object> body,
      @Nullable String said) {
    if (Nodes.list(body.get("additionalModelResponseFieldPaths")).contains(SEQUENCE_PATH)) {
      out.put(FIELDS, Nodes.object("stop_sequence", said));
    }
  }
}
