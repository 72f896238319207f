// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What an interceptor sees of the call: the request so far, the exchange, and the way on. */
public interface Chain {
  GatewayRequest request();

  Exchange exchange();

  /** Which try to get an answer this is; the first, at the app's own target, unless routed. */
  Attempt attempt();

  /**
   * The app's side, if the call can be sent more than once and may be kept waiting; null if it can
   * be sent once only, because of its client or its body.
   */
  @Nullable Caller caller();

  /** Goes on with this request, as part of the same attempt. */
  CompletionStage<GatewayResponse> proceed(GatewayRequest request);

  /**
   * Goes on with this request as another attempt. More than one attempt can be made only where
   * {@link #caller} is not null, and then each has a {@link Control} and comes back with a {@link
   * GatewayResponse#content}; those that are not returned are to be closed.
   */
  CompletionStage<GatewayResponse> proceed(GatewayRequest request, Attempt attempt);

  /**
   * Makes another call, of which the app knows nothing, through the app's client and all
   * interceptors: with an exchange, a trace and figures of its own. It goes on when the app gives
   * its call up or has its answer. To be made on a thread that may be kept waiting, never on the
   * app's. Only where {@link #caller} is not null; the answer is to be closed.
   */
  CompletionStage<GatewayResponse> aside(GatewayRequest request);
}
