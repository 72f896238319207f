// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the body of a request. */
final class CohereRequestWriter {

  /** What {@code p}, {@code k} and penalties may be (Cohere API reference, Chat). */
  private static final BigDecimal LEAST_SHARE = new BigDecimal("0.01");

  private static final BigDecimal MOST_SHARE = new BigDecimal("0.99");
  private static final long MOST_COUNT = 500;

  private final Traits traits;
  private final Notes notes;

  CohereRequestWriter(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  Map<String, @Nullable Object> write(ChatRequest request) {
    Map<String, @Nullable Object> body =
        Nodes.object(
            "model",
            request.model(),
            "messages",
            new CohereMessages(traits, notes).write(request.system(), request.turns()));
    new CohereTools(traits, notes).write(request, body);
    format(request.format(), body);
    sampling(request.sampling(), body);
    thinking(request.reasoning(), body);
    homeless(request);
    body.put("stream", request.stream());
    return body;
  }

  private static void format(OutputFormat format, Map<String, @Nullable Object> body) {
    switch (format.kind()) {
      case TEXT -> {
        // What it is anyway.
      }
      case JSON -> body.put("response_format", Nodes.object("type", "json_object"));
      case SCHEMA ->
          body.put(
              "response_format",
              Nodes.object("type", "json_object", "json_schema", format.schema()));
    }
  }

  private void sampling(Sampling sampling, Map<String, @Nullable Object> body) {
    put(body, "max_tokens", sampling.maxTokens());
    put(body, "temperature", sampling.temperature());
    put(body, "p", share(sampling.topP()));
    put(body, "k", count(sampling.topK()));
    if (!sampling.stop().isEmpty()) {
      body.put("stop_sequences", new ArrayList<@Nullable Object>(sampling.stop()));
    }
    put(body, "seed", sampling.seed());
    put(body, "frequency_penalty", penalty("frequency_penalty", sampling.frequencyPenalty()));
    put(body, "presence_penalty", penalty("presence_penalty", sampling.presencePenalty()));
    if (sampling.logprobs()) {
      body.put("logprobs", true);
    }
    drop(sampling.topLogprobs() != null && sampling.topLogprobs() > 0, "top_logprobs");
    drop(sampling.choices() != null && sampling.choices() > 1, "n");
    drop(!sampling.logitBias().isEmpty(), "logit_bias");
  }

  /** Nobody notices the last hundredth; but left out, it would be 0.75. */
  private @Nullable BigDecimal share(@Nullable BigDecimal topP) {
    if (topP == null || topP.compareTo(MOST_SHARE) >= 0) {
      return topP == null ? null : MOST_SHARE;
    }
    return within("top_p", topP, LEAST_SHARE, MOST_SHARE);
  }

  private @Nullable Long count(@Nullable Long topK) {
    if (topK == null || (topK >= 0 && topK <= MOST_COUNT)) {
      return topK;
    }
    long clamped = topK < 0 ? 0 : MOST_COUNT;
    notes.changed("top_k", topK, clamped);
    return clamped;
  }

  private @Nullable BigDecimal penalty(String name, @Nullable BigDecimal penalty) {
    return penalty == null ? null : within(name, penalty, BigDecimal.ZERO, BigDecimal.ONE);
  }

  private BigDecimal within(String name, BigDecimal value, BigDecimal least, BigDecimal most) {
    BigDecimal clamped = value.max(least).min(most);
    if (clamped.compareTo(value) == 0) {
      return value;
    }
    notes.changed(name, value, clamped);
    return clamped;
  }

  private static void put(Map<String, @Nullable Object> body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  /** Cohere has no words for effort, but budgets of tokens; no limit if none is said. */
  private void thinking(Reasoning wanted, Map<String, @Nullable Object> body) {
    boolean on = wanted.mode() == Reasoning.Mode.ON;
    if (traits.reasoning() == Traits.ReasoningStyle.NONE) {
      drop(on, "thinking");
    } else if (on) {
      Map<String, @Nullable Object> thinking = Nodes.object("type", "enabled");
      put(thinking, "token_budget", wanted.budget());
      body.put("thinking", thinking);
    } else if (wanted.mode() == Reasoning.Mode.OFF) {
      body.put("thinking", Nodes.object("type", "disabled"));
    }
  }

  /** What Cohere has no place for. */
  private void homeless(ChatRequest request) {
    drop(request.user() != null, "user");
    drop(request.cacheKey() != null, "prompt_cache_key");
    drop(!request.metadata().isEmpty(), "metadata");
    String tier = request.serviceTier();
    drop(tier != null && !tier.equals("auto") && !tier.equals("default"), "service_tier");
  }

  private void drop(boolean lost, String name) {
    if (lost) {
      notes.dropped(name);
    }
  }
}
