// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.Sampling;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes how an answer is drawn, as far as Claude lets one say. */
final class SamplingWriter {

  /** The least {@code top_p} beside thinking. */
  private static final BigDecimal LEAST_TOP_P = new BigDecimal("0.95");

  private final Sampling sampling;
  private final Traits traits;
  private final Notes notes;

  SamplingWriter(Sampling sampling, Traits traits, Notes notes) {
    this.sampling = sampling;
    this.traits = traits;
    this.notes = notes;
  }

  /**
   * @param thinking whether the model thinks, which leaves less to say
   */
  void write(Map<String, @Nullable Object> body, boolean thinking) {
    BigDecimal temperature = sampling.temperature();
    if (temperature != null && thinking) {
      if (temperature.compareTo(BigDecimal.ONE) != 0) {
        notes.dropped("temperature");
      }
      temperature = null;
    }
    if (temperature != null) {
      body.put("temperature", temperature);
    }
    topP(body, temperature != null, thinking);
    if (sampling.topK() != null) {
      if (thinking) {
        notes.dropped("top_k");
      } else {
        body.put("top_k", sampling.topK());
      }
    }
    stop(body);
    others();
  }

  private void topP(Map<String, @Nullable Object> body, boolean beside, boolean thinking) {
    BigDecimal topP = sampling.topP();
    if (topP == null) {
      return;
    }
    boolean refused =
        thinking
            ? topP.compareTo(LEAST_TOP_P) < 0
            : beside && !traits.can(Traits.Feature.TOP_P_WITH_TEMPERATURE);
    if (!refused) {
      body.put("top_p", topP);
    } else if (topP.compareTo(BigDecimal.ONE) != 0) {
      notes.dropped("top_p");
    }
  }

  /** Blank ones are refused. */
  private void stop(Map<String, @Nullable Object> body) {
    List<@Nullable Object> stop = new ArrayList<>();
    for (String sequence : sampling.stop()) {
      if (sequence.isBlank()) {
        notes.dropped("stop");
      } else {
        stop.add(sequence);
      }
    }
    if (!stop.isEmpty()) {
      body.put("stop_sequences", stop);
    }
  }

  private void others() {
    if (sampling.seed() != null) {
      notes.dropped("seed");
    }
    if (says(sampling.frequencyPenalty())) {
      notes.dropped("frequency_penalty");
    }
    if (says(sampling.presencePenalty())) {
      notes.dropped("presence_penalty");
    }
    if (sampling.choices() != null && sampling.choices() > 1) {
      notes.dropped("n");
    }
    if (sampling.logprobs() || sampling.topLogprobs() != null) {
      notes.dropped("logprobs");
    }
    if (!sampling.logitBias().isEmpty()) {
      notes.dropped("logit_bias");
    }
  }

  private static boolean says(@Nullable BigDecimal penalty) {
    return penalty != null && penalty.signum() != 0;
  }
}
