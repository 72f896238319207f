// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Usage;
import io.headgate.gateway.Headers;

/** What a LiteLLM proxy tells beside the body, whoever made it. */
final class LiteLlmHeaders {

  private LiteLlmHeaders() {}

  /**
   * What the call cost, in nano-USD, or {@link Usage#UNKNOWN}. Nothing counts as unknown: it is
   * also what the proxy says of models that it has no price for.
   */
  static long cost(Headers headers) {
    String value = headers.first("x-litellm-response-cost");
    if (value == null) {
      return Usage.UNKNOWN;
    }
    try {
      double usd = Double.parseDouble(value.trim());
      return usd > 0 && usd < 1e6 ? Math.round(usd * 1e9) : Usage.UNKNOWN;
    } catch (NumberFormatException e) {
      // Python's None, for one.
      return Usage.UNKNOWN;
    }
  }
}
