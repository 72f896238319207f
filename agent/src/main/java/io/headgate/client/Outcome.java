// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import org.jspecify.annotations.Nullable;

/**
 * What the app is to get.
 *
 * @param answer the status and the header fields to be delivered
 * @param content the body to be delivered, to be closed by whoever delivers it, unless it was read
 *     to its end
 * @param received the answer of the app's client that this is, be it with another head or another
 *     content; null if it is of our making
 * @param sameBody whether the content is what the client got, so that it is as long as that says
 */
public record Outcome<A>(
    GatewayResponse answer, Content content, @Nullable Received<A> received, boolean sameBody) {

  /** Whether the status and the header fields are what the client got. */
  public boolean sameHead() {
    Received<A> theirs = received;
    return theirs != null
        && theirs.status() == answer.status()
        && theirs.headers() == answer.headers();
  }
}
