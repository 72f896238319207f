// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.RequestFacts;

/** Makes sense of bytes. Implemented by the dialects, so that the gateway itself knows none. */
public interface WireReader {

  /** What the request asks for; {@link RequestFacts#NONE} if its body is opaque. Never throws. */
  RequestFacts request(Endpoint endpoint, GatewayRequest request);

  /** A reader for the answer to that request. */
  ResponseReader response(
      Endpoint endpoint, RequestFacts request, int status, Headers responseHeaders);
}
