// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Causes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * What {@code HttpClient.send} throws for what {@code sendAsync} fails with: an exception of the
 * same kind with the stack of the thread that called, the original one being its cause.
 */
final class Thrown {

  private Thrown() {}

  static Throwable by(Throwable failure) {
    Throwable cause = Causes.of(failure);
    String message = cause.getMessage();
    if (cause instanceof InterruptedException) {
      return cause;
    }
    if (cause instanceof IllegalArgumentException) {
      return new IllegalArgumentException(message, cause);
    }
    if (cause instanceof SecurityException) {
      return new SecurityException(message, cause);
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return new HttpConnectTimeoutException(message).initCause(cause);
    }
    if (cause instanceof HttpTimeoutException) {
      return new HttpTimeoutException(message).initCause(cause);
    }
    if (cause instanceof ConnectException) {
      return new ConnectException(message).initCause(cause);
    }
    if (cause instanceof SSLHandshakeException) {
      return new SSLHandshakeException(message).initCause(cause);
    }
    if (cause instanceof SSLException) {
      return new SSLException(message, cause);
    }
    if (cause instanceof ProtocolException) {
      return new ProtocolException(message).initCause(cause);
    }
    return new IOException(message, cause);
  }
}
