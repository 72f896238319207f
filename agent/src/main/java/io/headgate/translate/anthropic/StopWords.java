// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.StopReason;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why an answer ended (Anthropic API reference, stop reasons). */
final class StopWords {

  private StopWords() {}

  /**
   * @param calls whether tools are called, which some compatible servers do not say here
   */
  static StopReason read(@Nullable Object word, boolean calls) {
    return switch (Nodes.text(word)) {
      case "end_turn" -> calls ? StopReason.TOOLS : StopReason.END;
      case "stop_sequence" -> StopReason.STOP_SEQUENCE;
      case "max_tokens" -> StopReason.LENGTH;
      case "tool_use" -> StopReason.TOOLS;
      case "pause_turn" -> StopReason.PAUSE;
      case "refusal" -> StopReason.REFUSAL;
      case "model_context_window_exceeded" -> StopReason.CONTEXT_FULL;
      default -> StopReason.UNKNOWN;
    };
  }

  /** Why it ended in view of what is in it. */
  static StopReason seen(StopReason reason, boolean calls, boolean refused) {
    return switch (reason) {
      case END -> refused ? StopReason.REFUSAL : calls ? StopReason.TOOLS : reason;
      case UNKNOWN, ERROR, MALFORMED_CALL -> calls ? StopReason.TOOLS : StopReason.END;
      // Whoever looks for the calls would find none.
      case TOOLS -> calls ? reason : StopReason.END;
      case STOP_SEQUENCE, LENGTH, FILTER, REFUSAL, PAUSE, CONTEXT_FULL -> reason;
    };
  }

  private static String word(StopReason reason) {
    return switch (reason) {
      case END, UNKNOWN, ERROR, MALFORMED_CALL -> "end_turn";
      case STOP_SEQUENCE -> "stop_sequence";
      case LENGTH -> "max_tokens";
      case TOOLS -> "tool_use";
      case FILTER, REFUSAL -> "refusal";
      case PAUSE -> "pause_turn";
      case CONTEXT_FULL -> "model_context_window_exceeded";
    };
  }

  /**
   * The members of an answer that say why it ended.
   *
   * @param asked the stop sequences of the request: if one came, and there is but one, it was that
   * @param refusal in what words the model declined; empty if in none
   */
  static Map<String, @Nullable Object> write(
      StopReason reason, @Nullable String sequence, List<String> asked, String refusal) {
    String came = null;
    if (reason == StopReason.STOP_SEQUENCE) {
      came = sequence == null && asked.size() == 1 ? asked.get(0) : sequence;
    }
    Map<String, @Nullable Object> members =
        Nodes.object("stop_reason", word(reason), "stop_sequence", came);
    if (reason == StopReason.REFUSAL) {
      members.put(
          "stop_details",
          Nodes.object(
              "type",
              "refusal",
              "category",
              null,
              "explanation",
              refusal.isEmpty() ? null : refusal));
    }
    return members;
  }
}
