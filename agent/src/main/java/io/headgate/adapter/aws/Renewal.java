// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import java.time.Clock;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Signs as the app signed. Thread-safe. */
interface Renewal {

  /**
   * The request with a signature.
   *
   * @param request without one
   * @param body its whole body
   * @param clock what the provider takes for the time
   * @throws Exception if the app's signer cannot do it
   */
  SdkHttpRequest sign(SdkHttpRequest request, byte[] body, Clock clock) throws Exception;
}
