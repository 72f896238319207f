// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Sampling;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes {@code generationConfig}. */
final class ConfigWriter {

  /** Seeds have 32 bits. */
  private static final long SEEDS = Integer.MAX_VALUE;

  /** Penalties are less than 2 ("GenerationConfig", Vertex AI reference). */
  private static final BigDecimal MOST_PENALTY = new BigDecimal("1.99");

  private static final BigDecimal LEAST_PENALTY = new BigDecimal("-2");

  private ConfigWriter() {}

  static Map<String, @Nullable Object> config(
      ChatRequest request, Traits traits, GeminiModel model, Notes notes) {
    Sampling sampling = request.sampling();
    Map<String, @Nullable Object> config = Nodes.object();
    put(config, "maxOutputTokens", sampling.maxTokens());
    put(config, "temperature", sampling.temperature());
    put(config, "topP", sampling.topP());
    put(config, "topK", sampling.topK());
    Long choices = sampling.choices();
    put(config, "candidateCount", choices != null && choices == 1 ? null : choices);
    if (!sampling.stop().isEmpty()) {
      config.put("stopSequences", Nodes.array(sampling.stop().toArray()));
    }
    put(config, "seed", seed(sampling.seed(), notes));
    put(config, "presencePenalty", penalty("presence_penalty", sampling.presencePenalty(), notes));
    put(
        config,
        "frequencyPenalty",
        penalty("frequency_penalty", sampling.frequencyPenalty(), notes));
    if (sampling.logprobs()) {
      config.put("responseLogprobs", true);
      Long top = sampling.topLogprobs();
      put(config, "logprobs", top == null || top < 1 ? null : top);
    }
    if (!sampling.logitBias().isEmpty()) {
      notes.dropped("logit_bias");
    }
    format(request.format(), model, config, notes);
    put(
        config,
        "thinkingConfig",
        ThinkingWriter.config(request.reasoning(), traits, model, sampling.maxTokens(), notes));
    return config;
  }

  /** Whether the format has to be asked for in words: these models refuse it beside functions. */
  static boolean inWords(ChatRequest request, GeminiModel model) {
    return request.format().kind() != OutputFormat.Kind.TEXT
        && !request.tools().isEmpty()
        && !model.takesJsonWithTools();
  }

  private static void format(
      OutputFormat format, GeminiModel model, Map<String, @Nullable Object> config, Notes notes) {
    if (format.kind() == OutputFormat.Kind.TEXT) {
      return;
    }
    config.put("responseMimeType", "application/json");
    Map<String, @Nullable Object> schema = format.schema();
    if (schema == null) {
      return;
    }
    if (model.takesJsonSchema()) {
      config.put("responseJsonSchema", schema);
    } else {
      config.put("responseSchema", SchemaCleaner.clean(schema, true, "response_format", notes));
    }
  }

  private static @Nullable BigDecimal penalty(
      String name, @Nullable BigDecimal penalty, Notes notes) {
    if (penalty == null) {
      return null;
    }
    BigDecimal clamped = penalty.max(LEAST_PENALTY).min(MOST_PENALTY);
    if (clamped.compareTo(penalty) == 0) {
      return penalty;
    }
    notes.changed(name, penalty, clamped);
    return clamped;
  }

  private static @Nullable Long seed(@Nullable Long seed, Notes notes) {
    if (seed == null || (seed >= Integer.MIN_VALUE && seed <= Integer.MAX_VALUE)) {
      return seed;
    }
    long folded = Math.floorMod(seed, SEEDS);
    notes.changed("seed", seed, folded);
    return folded;
  }

  private static void put(
      Map<String, @Nullable Object> config, String name, @Nullable Object value) {
    if (value != null) {
      config.put(name, value);
    }
  }
}
