// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.concurrent.CompletionStage;

/**
 * One duty in a call's path: it observes, changes, repeats or answers the call. Runs on the
 * caller's thread on the way in, on whatever thread has the answer on the way back; never blocks.
 */
public interface Interceptor {
  CompletionStage<GatewayResponse> intercept(Chain chain);
}
