// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.Reasoning;
import io.headgate.json.Nodes;
import io.headgate.translate.Traits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How Amazon's own models are told to think (Amazon Nova 2 user guide, extended thinking). */
final class NovaThinking {

  private static final String MOST = "high";

  private NovaThinking() {}

  /** Whether the target is one of them. */
  static boolean applies(Traits traits) {
    return traits.model().contains("nova");
  }

  /** What one that is to think is told: it has to be told how much. */
  static Map<String, @Nullable Object> config(Reasoning wanted, Traits traits) {
    String word = ConverseEfforts.word(wanted, traits.efforts());
    return Nodes.object("type", "enabled", "maxReasoningEffort", word == null ? "medium" : word);
  }

  /** Whether it thinks so much that neither its output nor its sampling may be limited. */
  static boolean unlimited(@Nullable Object config) {
    Map<String, @Nullable Object> told = Nodes.map(config);
    return told != null && MOST.equals(told.get("maxReasoningEffort"));
  }
}
