// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer, in no particular format.
 *
 * @param id the provider's; null if it gives none
 * @param model that answered, as the provider calls it; null if it does not say
 * @param choices in order of their indexes; one, mostly
 * @param usage {@link Usage} without counts if the provider told none
 */
public record ChatAnswer(
    @Nullable String id, @Nullable String model, List<Choice> choices, Usage usage) {

  public ChatAnswer {
    choices = List.copyOf(choices);
  }

  /**
   * One of the answers.
   *
   * @param stopSequence the one that came; null if there is none, or the provider does not say
   * @param logprobs of its tokens; empty if they were not asked for
   */
  public record Choice(
      List<Part> parts,
      StopReason stop,
      @Nullable String stopSequence,
      List<TokenLogprob> logprobs) {
    public Choice {
      parts = List.copyOf(parts);
      logprobs = List.copyOf(logprobs);
    }
  }

  /**
   * How likely a token was.
   *
   * @param logprob natural logarithm of the probability
   * @param top the alternatives, which have none themselves
   */
  public record TokenLogprob(String token, double logprob, List<TokenLogprob> top) {
    public TokenLogprob {
      top = List.copyOf(top);
    }
  }
}
