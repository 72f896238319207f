// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Attempt;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import java.util.concurrent.CompletionStage;

/**
 * The cache's part in one call to one target. {@link #look} comes first; if the request is to be
 * sent then, either {@link #began} or {@link #failed} follows, whatever happens: other calls may be
 * waiting for it.
 */
public interface CacheSlot {

  /**
   * Looks for an answer. Fails only with what the client would throw, when the app gives the call
   * up while this waits.
   */
  CompletionStage<Looked> look();

  /** What is to be sent: the request itself, or less of it. To be asked after {@link #look}. */
  GatewayRequest request();

  /**
   * A good answer has begun. Gives what the app is to get in its place: the same, while it is
   * recorded; or, if less was asked for than the app did, the whole. The stage does not fail.
   */
  CompletionStage<GatewayResponse> began(GatewayResponse answer, Attempt attempt);

  /** Whether other calls may come to wait for the answer. To be asked after {@link #look}. */
  default boolean awaited() {
    return false;
  }

  /** There is no good answer. */
  void failed();
}
