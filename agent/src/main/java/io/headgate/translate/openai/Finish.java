// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.StopReason;
import io.headgate.json.Nodes;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a choice ended: the words of OpenAI, and those of the ones that copied it. */
final class Finish {

  /** Words in {@code stop_reason} that are no stop sequence. */
  private static final Set<String> NO_SEQUENCE =
      Set.of("stop", "end_turn", "eos", "eos_token", "max_tokens", "length", "tool_use");

  private static final Set<StopReason> CUT =
      EnumSet.of(StopReason.LENGTH, StopReason.FILTER, StopReason.CONTEXT_FULL, StopReason.ERROR);

  private Finish() {}

  /** Whether what came last may not be whole. */
  static boolean cut(StopReason reason) {
    return CUT.contains(reason);
  }

  /** What a word means; null and the empty one are no word. */
  static StopReason read(@Nullable Object word) {
    return switch (Nodes.text(word).toLowerCase(Locale.ROOT)) {
      case "stop", "end_turn", "eos", "eos_token", "complete", "completed" -> StopReason.END;
      case "stop_sequence" -> StopReason.STOP_SEQUENCE;
      case "length", "max_tokens", "model_length" -> StopReason.LENGTH;
      case "tool_calls", "function_call", "tool_call", "tool_use" -> StopReason.TOOLS;
      case "content_filter",
          "safety",
          "recitation",
          "blocklist",
          "prohibited_content",
          "sensitive" ->
          StopReason.FILTER;
      case "refusal" -> StopReason.REFUSAL;
      case "model_context_window_exceeded" -> StopReason.CONTEXT_FULL;
      case "malformed_function_call" -> StopReason.MALFORMED_CALL;
      case "error", "abort", "network_error", "insufficient_system_resource" -> StopReason.ERROR;
      default -> StopReason.UNKNOWN;
    };
  }

  /**
   * What a reason means in the light of what came before it. Some providers say that the model just
   * stopped though it called tools; what cut an answer short stays what it is.
   */
  static StopReason seen(StopReason reason, boolean calls, boolean refusal) {
    if (calls && (reason == StopReason.END || reason == StopReason.UNKNOWN)) {
      return StopReason.TOOLS;
    }
    boolean declined = refusal && (reason == StopReason.END || reason == StopReason.FILTER);
    return declined ? StopReason.REFUSAL : reason;
  }

  /** The stop sequence that came, as vLLM and SGLang tell it; null if none did. */
  static @Nullable String sequence(Map<String, @Nullable Object> choice) {
    for (String name : new String[] {"stop_reason", "matched_stop"}) {
      String text = Nodes.text(choice.get(name));
      if (!text.isEmpty() && !NO_SEQUENCE.contains(text)) {
        return text;
      }
    }
    return null;
  }

  /** The word of OpenAI's; there are no others than these. */
  static String written(StopReason reason, boolean calls, boolean legacy) {
    String called = legacy ? "function_call" : "tool_calls";
    return switch (reason) {
      case TOOLS, END, UNKNOWN -> calls ? called : "stop";
      case STOP_SEQUENCE, PAUSE, MALFORMED_CALL, ERROR -> "stop";
      case LENGTH, CONTEXT_FULL -> "length";
      case FILTER, REFUSAL -> "content_filter";
    };
  }
}
