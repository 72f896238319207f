// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is drawn, and how long it may get. Null is the provider's default.
 *
 * @param maxTokens the most tokens of output, thinking included
 * @param choices how many answers are wanted
 * @param logprobs whether the probability of each token is wanted
 * @param topLogprobs of how many alternatives, too
 * @param logitBias by token, as OpenAI counts them
 */
public record Sampling(
    @Nullable Long maxTokens,
    @Nullable BigDecimal temperature,
    @Nullable BigDecimal topP,
    @Nullable Long topK,
    List<String> stop,
    @Nullable Long seed,
    @Nullable BigDecimal frequencyPenalty,
    @Nullable BigDecimal presencePenalty,
    @Nullable Long choices,
    boolean logprobs,
    @Nullable Long topLogprobs,
    Map<String, BigDecimal> logitBias) {

  public static final Sampling NONE = builder().build();

  public Sampling {
    stop = List.copyOf(stop);
    logitBias = Map.copyOf(logitBias);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with all of this. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.maxTokens = maxTokens;
    builder.temperature = temperature;
    builder.topP = topP;
    builder.topK = topK;
    builder.stop = stop;
    builder.seed = seed;
    builder.frequencyPenalty = frequencyPenalty;
    builder.presencePenalty = presencePenalty;
    builder.choices = choices;
    builder.logprobs = logprobs;
    builder.topLogprobs = topLogprobs;
    builder.logitBias = logitBias;
    return builder;
  }

  /** Gathers what a reader finds. */
  public static final class Builder {
    public @Nullable Long maxTokens;
    public @Nullable BigDecimal temperature;
    public @Nullable BigDecimal topP;
    public @Nullable Long topK;
    public List<String> stop = List.of();
    public @Nullable Long seed;
    public @Nullable BigDecimal frequencyPenalty;
    public @Nullable BigDecimal presencePenalty;
    public @Nullable Long choices;
    public boolean logprobs;
    public @Nullable Long topLogprobs;
    public Map<String, BigDecimal> logitBias = Map.of();

    private Builder() {}

    public Sampling build() {
      return new Sampling(
          maxTokens,
          temperature,
          topP,
          topK,
          stop,
          seed,
          frequencyPenalty,
          presencePenalty,
          choices,
          logprobs,
          topLogprobs,
          logitBias);
    }
  }
}
