// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.RequestFacts;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.route.Target;
import io.headgate.translate.Translation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The call's request as one target gets it.
 *
 * @param target for health and messages; never with a {@code *}
 * @param facts what it asks for there
 * @param translation the way back for an answer in another format than the app's; null if it is in
 *     the app's
 * @param dropped what of the app's request is not in it, because the target has no place for it
 * @param awaited whether other calls may come to wait for its answer
 */
record TargetRequest(
    Target target,
    Endpoint endpoint,
    GatewayRequest request,
    RequestFacts facts,
    @Nullable Translation translation,
    List<String> dropped,
    boolean awaited) {

  TargetRequest {
    dropped = List.copyOf(dropped);
  }

  /** For which nobody else waits. */
  TargetRequest(
      Target target,
      Endpoint endpoint,
      GatewayRequest request,
      RequestFacts facts,
      @Nullable Translation translation,
      List<String> dropped) {
    this(target, endpoint, request, facts, translation, dropped, false);
  }

  /** The same with other bytes. */
  TargetRequest with(GatewayRequest other, boolean othersWait) {
    return new TargetRequest(target, endpoint, other, facts, translation, dropped, othersWait);
  }
}
