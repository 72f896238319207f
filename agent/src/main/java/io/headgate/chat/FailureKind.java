// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

/** Why an attempt gave no answer that is fit for the app. */
public enum FailureKind {
  /** No connection, or it broke before the head of the answer: refused, reset, DNS, TLS. */
  CONNECT,
  /** One of the timers ran out. */
  TIMEOUT,
  /** A stream began, but its first content did not come within the first-token time. */
  SLOW_STREAM,
  /** 429, or an error in the answer that means the same. */
  RATE_LIMIT,
  /** A 429 that waiting does not mend: the account has no money or no quota left. */
  QUOTA,
  /** 529, or an error in the answer that says that the provider is overloaded. */
  OVERLOADED,
  /** Any other 5xx, or an error in the answer that means the same. */
  SERVER_ERROR,
  /** The key is not accepted: 401 or 403. */
  AUTH,
  /** The input is longer than the model takes. */
  CONTEXT_WINDOW,
  /** The provider refused the input or the output for its content. */
  CONTENT_FILTER,
  /** A success without any content. */
  EMPTY,
  /** A success that is not JSON, or a stream that ended before its end. */
  INVALID_JSON,
  /** Any other 4xx, the app's own making. */
  CLIENT_ERROR,
  /** The app gave the call up, by cancelling, by interrupting, or by a timeout of its own. */
  CANCELLED
}
