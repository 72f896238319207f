// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sorts the reasons to end. One that came to its limit is good: who asks may think otherwise. */
final class Endings {

  /** Where answers at once have their reason, at the top or in each of their choices. */
  private static final List<String> NAMES =
      List.of(
          "finish_reason",
          "stop_reason",
          "stopReason",
          "finishReason",
          "completionReason",
          "done_reason");

  private static final List<String> CHOICES =
      List.of("choices", "results", "outputs", "generations", "completions");

  /**
   * What else is no good end: errors by whatever name (Cohere, OpenRouter, DeepSeek, vLLM, Bedrock,
   * Gemini), and Ollama's answers that are none, but load a model or drop it.
   */
  private static final Set<String> BAD =
      Set.of(
          "error",
          "error_limit",
          "timeout",
          "user_cancel",
          "cancelled",
          "abort",
          "network_error",
          "insufficient_system_resource",
          "malformed_model_output",
          "malformed_tool_use",
          "malformed_function_call",
          "load",
          "unload");

  private Endings() {}

  /** Whether a reason is a good one; none is. */
  static boolean good(@Nullable Object reason) {
    String why = Nodes.text(reason).toLowerCase(Locale.ROOT);
    return !JudgeFacts.filtered(why) && !BAD.contains(why);
  }

  /** Whether all reasons of an answer at once are good ones, in whatever format. */
  static boolean allGood(Map<String, @Nullable Object> whole) {
    if (!goodAt(whole)) {
      return false;
    }
    for (String name : CHOICES) {
      for (Object choice : Nodes.list(whole.get(name))) {
        Map<String, @Nullable Object> map = Nodes.map(choice);
        if (map != null && !goodAt(map)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean goodAt(Map<String, @Nullable Object> object) {
    for (String name : NAMES) {
      if (!good(object.get(name))) {
        return false;
      }
    }
    return true;
  }
}
