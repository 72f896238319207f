// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import org.jspecify.annotations.Nullable;

/**
 * What makes a call the one it is, for {@link CacheKeys}.
 *
 * @param endpoint where it goes
 * @param model the target's model; empty for none
 * @param request as made for the target
 * @param partition what keeps it apart from other callers' calls: {@link Partition}
 * @param accept the condition that its answer has to fulfil, as it is written; empty for none
 * @param custom the app's own key, which takes the place of path, query, header fields and body;
 *     null for the computed one
 */
record KeyParts(
    Endpoint endpoint,
    String model,
    GatewayRequest request,
    byte[] partition,
    String accept,
    @Nullable String custom) {

  /** Neither the partition nor the app's key. */
  @Override
  public String toString() {
    return endpoint.provider() + "/" + model + " " + request;
  }
}
