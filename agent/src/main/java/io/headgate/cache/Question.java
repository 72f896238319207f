// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.RequestFacts;
import io.headgate.gateway.AnswerText;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import org.jspecify.annotations.Nullable;

/**
 * What one target is asked.
 *
 * @param accept what makes an answer acceptable; empty for nothing
 * @param text what the app will see of an answer; null if it gets it as it is
 */
record Question(
    Endpoint endpoint,
    RequestFacts facts,
    GatewayRequest request,
    String accept,
    @Nullable AnswerText text) {

  /** The model asked, from the body or the path; null if neither names one. */
  @Nullable String model() {
    return facts.model() != null ? facts.model() : endpoint.model();
  }
}
