// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.concurrent.CompletionStage;

/**
 * Sends requests whose answers the app may never see, through the app's own client like {@link
 * Upstream}. Any number of them, one at a time.
 *
 * <p>The answer's {@link GatewayResponse#content} is not null: its bytes are pulled from there, by
 * whoever judges the answer and then, if it is the one the call ends with, by the adapter for the
 * app. Nothing reaches the app before the call's own stage is complete, and what reaches it then is
 * that stage's answer: its status, its headers, its content, wherever these came from.
 */
public interface Attempts extends Caller {

  /**
   * Sends one. The stage completes with the head of the answer, or fails with the client's own
   * exception; neither the method nor the stage's dependents reach the app. A blocking client
   * returns a stage that is done, unless the control is {@linkplain Control#shareable shareable}:
   * then the request is sent, and its content read, by threads of ours, and the stages of both are
   * to be waited for by {@link #await}. Fails without sending once the call is {@link #abandoned},
   * unless the control is {@linkplain Control#shared shared}: then it is sent whatever has become
   * of the call, from any thread, even if another attempt is under way.
   *
   * @param control says within what time to connect, and is told how to break the attempt off
   */
  CompletionStage<GatewayResponse> send(GatewayRequest request, Control control);
}
