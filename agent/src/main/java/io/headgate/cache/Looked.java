// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Attempt;
import io.headgate.gateway.GatewayResponse;
import org.jspecify.annotations.Nullable;

/**
 * What the cache says to a call.
 *
 * @param kind what is to be done
 * @param answer its content is to be pulled, or closed; null unless answered
 * @param attempt never sent, it says where the answer once came from; null unless answered
 */
public record Looked(Kind kind, @Nullable GatewayResponse answer, @Nullable Attempt attempt) {

  static final Looked SEND = new Looked(Kind.SEND, null, null);
  static final Looked REFUSED = new Looked(Kind.REFUSED, null, null);

  /** What is to be done. */
  public enum Kind {
    /** There is an answer. */
    ANSWERED,
    /** The request is to be sent. */
    SEND,
    /** There is none, and nothing is to be sent. */
    REFUSED
  }

  static Looked answered(GatewayResponse answer, Attempt attempt) {
    return new Looked(Kind.ANSWERED, answer, attempt);
  }
}
