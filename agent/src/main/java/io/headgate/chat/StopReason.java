// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

/** Why an answer ended. */
public enum StopReason {
  END,
  /** A stop sequence came. */
  STOP_SEQUENCE,
  /** As long as it was allowed to be. */
  LENGTH,
  /** Tools are to be called. */
  TOOLS,
  /** The provider's filters cut it. */
  FILTER,
  /** The model declined. */
  REFUSAL,
  /** A hosted tool takes longer; the app is to send it again. */
  PAUSE,
  /** Nothing more fits into the model's context. */
  CONTEXT_FULL,
  /** The model called a tool in a way that cannot be read. */
  MALFORMED_CALL,
  /** Something failed. */
  ERROR,
  /** A word we do not know, or none. */
  UNKNOWN
}
