// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.RequestFacts;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.route.Target;

/**
 * The call's request as one target gets it.
 *
 * @param target for health and messages; never with a {@code *}
 * @param facts what it asks for there
 * @param awaited whether other calls may come to wait for its answer
 */
record TargetRequest(
    Target target, Endpoint endpoint, GatewayRequest request, RequestFacts facts, boolean awaited) {

  /** For which nobody else waits. */
  TargetRequest(Target target, Endpoint endpoint, GatewayRequest request, RequestFacts facts) {
    this(target, endpoint, request, facts, false);
  }

  /** The same with other bytes. */
  TargetRequest with(GatewayRequest other, boolean othersWait) {
    return new TargetRequest(target, endpoint, other, facts, othersWait);
  }
}
