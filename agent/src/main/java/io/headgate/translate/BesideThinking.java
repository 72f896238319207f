// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Sampling;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.translate.Traits.Feature;
import java.math.BigDecimal;
import java.util.List;

/** Fits what may not stand beside thinking: it gives way, or thinking does. */
final class BesideThinking {

  private static final BigDecimal NEARLY_ALL = new BigDecimal("0.95");

  private final Traits traits;
  private final Notes notes;

  BesideThinking(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  /** Changes what thinking excludes; whether the target may think beside the rest. */
  boolean fit(ChatRequest.Builder request) {
    List<Turn> turns = request.turns;
    boolean forced = request.toolChoice.kind() == ToolChoice.Kind.REQUIRED;
    boolean begun = !turns.isEmpty() && turns.get(turns.size() - 1).role() == Turn.Role.ASSISTANT;
    if (forced && !traits.can(Feature.FORCED_TOOL_WHILE_THINKING) && FitReasoning.always(traits)) {
      notes.changed("tool_choice", "required", "auto");
      request.toolChoice = ToolChoice.AUTO;
      forced = false;
    }
    if ((forced && !traits.can(Feature.FORCED_TOOL_WHILE_THINKING))
        || (begun && !traits.can(Feature.SAMPLING_WHILE_THINKING))) {
      return false;
    }
    if (!traits.can(Feature.SAMPLING_WHILE_THINKING)) {
      sampling(request);
    }
    return true;
  }

  private void sampling(ChatRequest.Builder request) {
    Sampling.Builder sampling = request.sampling.toBuilder();
    BigDecimal temperature = sampling.temperature;
    if (temperature != null && temperature.compareTo(BigDecimal.ONE) != 0) {
      notes.dropped("temperature");
      sampling.temperature = null;
    }
    if (sampling.topK != null) {
      notes.dropped("top_k");
      sampling.topK = null;
    }
    BigDecimal topP = sampling.topP;
    if (topP != null && topP.compareTo(NEARLY_ALL) < 0) {
      notes.dropped("top_p");
      sampling.topP = null;
    }
    request.sampling = sampling.build();
  }
}
