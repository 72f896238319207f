// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Sampling;
import io.headgate.translate.Traits.Feature;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fits how an answer is drawn and how long it may get. */
final class FitSampling {

  /** For models of which no limit is known: all of them write that much. */
  static final long COMMON_LIMIT = 4096;

  private static final long SHORTEST = 16;
  private static final BigDecimal NEARLY_ALL = new BigDecimal("0.99");

  private final Traits traits;
  private final Notes notes;

  FitSampling(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  void fit(ChatRequest.Builder request) {
    Sampling.Builder sampling = request.sampling.toBuilder();
    limit(sampling);
    temperature(sampling);
    stop(sampling);
    if (sampling.topK != null && refused(Feature.TOP_K, "top_k")) {
      sampling.topK = null;
    }
    if (sampling.seed != null && refused(Feature.SEED, "seed")) {
      sampling.seed = null;
    }
    sampling.frequencyPenalty = penalty(sampling.frequencyPenalty, "frequency_penalty");
    sampling.presencePenalty = penalty(sampling.presencePenalty, "presence_penalty");
    if ((sampling.logprobs || sampling.topLogprobs != null) && !traits.can(Feature.LOGPROBS)) {
      if (sampling.logprobs || !Long.valueOf(0).equals(sampling.topLogprobs)) {
        notes.dropped("logprobs");
      }
      sampling.logprobs = false;
      sampling.topLogprobs = null;
    }
    if (!sampling.logitBias.isEmpty() && refused(Feature.LOGIT_BIAS, "logit_bias")) {
      sampling.logitBias = Map.of();
    }
    if (sampling.choices != null && !traits.can(Feature.CHOICES)) {
      if (sampling.choices > 1) {
        throw new Ineligible(traits.model() + " gives one answer at a time");
      }
      sampling.choices = null;
    }
    request.sampling = sampling.build();
  }

  private void limit(Sampling.Builder sampling) {
    if (!traits.can(Feature.MAX_TOKENS)) {
      if (sampling.maxTokens != null) {
        notes.dropped("max_tokens");
        sampling.maxTokens = null;
      }
      return;
    }
    Long wanted = sampling.maxTokens;
    if (wanted != null && wanted <= 0) {
      // What some servers read as no limit, and Anthropic as a cache to warm up.
      notes.dropped("max_tokens");
      sampling.maxTokens = null;
      wanted = null;
    }
    if (wanted == null) {
      if (traits.can(Feature.MAX_TOKENS_REQUIRED)) {
        sampling.maxTokens = traits.maxOutput() > 0 ? traits.maxOutput() : COMMON_LIMIT;
      }
      return;
    }
    long limit = wanted;
    if (traits.maxOutput() > 0 && limit > traits.maxOutput()) {
      limit = traits.maxOutput();
    }
    if (limit < SHORTEST && !traits.can(Feature.SHORT_OUTPUT)) {
      limit = SHORTEST;
    }
    if (limit != wanted) {
      notes.changed("max_tokens", wanted, limit);
      sampling.maxTokens = limit;
    }
  }

  private void temperature(Sampling.Builder sampling) {
    BigDecimal temperature = sampling.temperature;
    if (temperature != null) {
      BigDecimal most = BigDecimal.valueOf(traits.maxTemperature()).stripTrailingZeros();
      if (!traits.can(Feature.TEMPERATURE)) {
        drop("temperature", temperature.compareTo(BigDecimal.ONE) == 0);
        sampling.temperature = null;
      } else if (temperature.compareTo(most) > 0) {
        BigDecimal clamped = new BigDecimal(most.toPlainString());
        notes.changed("temperature", temperature, clamped.toPlainString());
        sampling.temperature = clamped;
      }
    }
    if (sampling.topP != null) {
      boolean together = traits.can(Feature.TOP_P_WITH_TEMPERATURE);
      boolean goes = !traits.can(Feature.TOP_P) || (sampling.temperature != null && !together);
      if (goes) {
        drop("top_p", sampling.topP.compareTo(NEARLY_ALL) >= 0);
        sampling.topP = null;
      }
    }
  }

  private void stop(Sampling.Builder sampling) {
    if (sampling.stop.isEmpty()) {
      return;
    }
    List<String> left = new ArrayList<>();
    boolean lost = false;
    for (String stop : sampling.stop) {
      if (stop.isEmpty() || left.contains(stop)) {
        continue;
      }
      boolean taken =
          traits.can(Feature.STOP)
              && left.size() < traits.maxStops()
              && (traits.can(Feature.BLANK_STOPS) || !stop.isBlank());
      if (taken) {
        left.add(stop);
      }
      lost |= !taken;
    }
    if (lost) {
      notes.dropped("stop");
    }
    sampling.stop = left;
  }

  private @Nullable BigDecimal penalty(@Nullable BigDecimal penalty, String name) {
    if (penalty == null || traits.can(Feature.PENALTIES)) {
      return penalty;
    }
    drop(name, penalty.signum() == 0);
    return null;
  }

  private boolean refused(Feature feature, String name) {
    boolean refused = !traits.can(feature);
    drop(name, !refused);
    return refused;
  }

  private void drop(String name, boolean silently) {
    if (!silently) {
      notes.dropped(name);
    }
  }
}
