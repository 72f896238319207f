// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer said of itself.
 *
 * @param id the provider's id of the answer
 * @param model the model that really answered
 * @param finishReasons one per choice, in the provider's own words, in the order of the choices
 * @param usage what was used; {@link Usage#isEmpty()} when nothing is known
 * @param serviceTier the tier that served the call, which decides the price
 * @param systemFingerprint the backend configuration the provider names
 * @param errorType the provider's own error code or type, when the answer is an error
 * @param providerCostNanoUsd what the provider says it cost, in nano-USD, or {@link Usage#UNKNOWN}
 * @param parsed whether the body was understood to its end; false for HTML, truncated or malformed
 *     bodies
 */
public record ResponseFacts(
    @Nullable String id,
    @Nullable String model,
    List<String> finishReasons,
    Usage usage,
    @Nullable String serviceTier,
    @Nullable String systemFingerprint,
    @Nullable String errorType,
    long providerCostNanoUsd,
    boolean parsed) {

  /** Nothing is known of the answer. */
  public static final ResponseFacts NONE =
      new ResponseFacts(
          null, null, List.of(), Usage.builder().build(), null, null, null, Usage.UNKNOWN, false);

  public ResponseFacts {
    finishReasons = List.copyOf(finishReasons);
  }

  /** The same with another reason why it ended; none if that is null. */
  public ResponseFacts withFinish(@Nullable String reason) {
    return new ResponseFacts(
        id,
        model,
        reason == null ? List.of() : List.of(reason),
        usage,
        serviceTier,
        systemFingerprint,
        errorType,
        providerCostNanoUsd,
        parsed);
  }

  /** Whether anything was read that only an answer of the format tells. */
  public boolean begun() {
    return id != null || model != null || !usage.isEmpty();
  }

  /** Whether the answer came to its own end, as far as it tells. */
  public boolean ended() {
    return parsed || !finishReasons.isEmpty();
  }
}
