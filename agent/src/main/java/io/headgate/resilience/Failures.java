// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.FailureKind;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What kind of failure an exception or a status is. */
final class Failures {

  private Failures() {}

  /**
   * What a client's exception means, thrown before there was an answer or in the middle of one. The
   * clients' own types are known by name: they cannot be seen from here.
   */
  static FailureKind of(Throwable failure) {
    if (failure instanceof TimedOut) {
      return FailureKind.TIMEOUT;
    }
    String type = failure.getClass().getSimpleName();
    if (failure instanceof InterruptedException
        || failure instanceof CancellationException
        || type.equals("ClosedByInterruptException")) {
      return FailureKind.CANCELLED;
    }
    if (type.equals("HttpConnectTimeoutException")
        || failure instanceof ConnectException
        || (failure instanceof SocketTimeoutException && message(failure).contains("connect"))) {
      return FailureKind.CONNECT;
    }
    if (failure instanceof SocketTimeoutException || type.equals("HttpTimeoutException")) {
      return FailureKind.TIMEOUT;
    }
    if (failure instanceof InterruptedIOException) {
      return message(failure).contains("timeout") ? FailureKind.TIMEOUT : FailureKind.CANCELLED;
    }
    return FailureKind.CONNECT;
  }

  /** Whether trying the same target again cannot help: nobody becomes trusted by asking twice. */
  static boolean hopeless(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }

  /** What a status means when nobody has read what came with it. */
  static FailureKind of(int status) {
    return switch (status) {
      case 401, 403 -> FailureKind.AUTH;
      case 402 -> FailureKind.QUOTA;
      case 429 -> FailureKind.RATE_LIMIT;
      case 529 -> FailureKind.OVERLOADED;
      default -> status >= 500 ? FailureKind.SERVER_ERROR : FailureKind.CLIENT_ERROR;
    };
  }

  /** Whether a failure says that the target is not well, rather than the request. */
  static boolean countsAgainstTarget(FailureKind kind) {
    return switch (kind) {
      case CONNECT,
          TIMEOUT,
          SLOW_STREAM,
          RATE_LIMIT,
          QUOTA,
          OVERLOADED,
          SERVER_ERROR,
          EMPTY,
          INVALID_JSON ->
          true;
      case AUTH, CONTEXT_WINDOW, CONTENT_FILTER, CLIENT_ERROR, CANCELLED -> false;
    };
  }
}
