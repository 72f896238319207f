// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.RequestFacts;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import org.jspecify.annotations.Nullable;

/**
 * What one target is asked.
 *
 * @param accept what makes an answer acceptable; empty for nothing
 */
record Question(Endpoint endpoint, RequestFacts facts, GatewayRequest request, String accept) {

  /** The model asked, from the body or the path; null if neither names one. */
  @Nullable String model() {
    return facts.model() != null ? facts.model() : endpoint.model();
  }
}
