// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The head of an answer, and its body while it flows.
 *
 * @param protocol {@code 1.1} or {@code 2}, as {@code network.protocol.version} wants it; empty if
 *     the client does not tell
 * @param body what sees the bytes on their way to the app
 * @param content where the bytes are pulled from; null if the client pushes them to the app, and
 *     the adapter them past the body
 */
public record GatewayResponse(
    int status, Headers headers, String protocol, LiveBody body, @Nullable Content content) {

  /** An answer that the client itself gives to the app. */
  public GatewayResponse(int status, Headers headers, String protocol, LiveBody body) {
    this(status, headers, protocol, body, null);
  }

  /** An answer that is pulled. */
  public static GatewayResponse of(int status, Headers headers, String protocol, Content content) {
    return new GatewayResponse(status, headers, protocol, content.body(), content);
  }

  public boolean successful() {
    return status >= 200 && status < 300;
  }

  public GatewayResponse withHeaders(Headers newHeaders) {
    return new GatewayResponse(status, newHeaders, protocol, body, content);
  }

  /** Nobody is going to read it: lets go of it and tells the taps. Safe to call at any time. */
  public void abandon() {
    Content pulled = content;
    if (pulled != null) {
      pulled.close();
    } else {
      body.error(null);
    }
  }
}
