// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.concurrent.CompletionStage;

/** What an interceptor sees of the call: the request so far, the exchange, and the way on. */
public interface Chain {
  GatewayRequest request();

  Exchange exchange();

  /** Goes on with this request. May be called again for another attempt. */
  CompletionStage<GatewayResponse> proceed(GatewayRequest request);
}
