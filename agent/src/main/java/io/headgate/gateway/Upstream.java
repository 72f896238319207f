// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request through the app's own client, with its proxy, TLS, DNS, pool and timeouts.
 *
 * <p>The stage completes once the head of the answer is there, on the thread that has it, and
 * everything chained to it runs before the first byte of the body is handed to the app: that is
 * when taps are hung. It fails with the client's own exception; {@code send} itself never throws. A
 * blocking client may complete it on the calling thread, before or after {@code send} returns.
 */
public interface Upstream {
  CompletionStage<GatewayResponse> send(GatewayRequest request);

  /**
   * The way to send more than one request for this call, whose answers come to us first; null if
   * there is none, as for a request body that flows past us unseen. Either this or {@link #send} is
   * used for a call, never both.
   */
  default @Nullable Attempts attempts() {
    return null;
  }
}
