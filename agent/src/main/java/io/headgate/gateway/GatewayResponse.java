// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

/**
 * The head of an answer, and its body while it flows.
 *
 * @param protocol {@code 1.1} or {@code 2}, as {@code network.protocol.version} wants it; empty if
 *     the client does not tell
 */
public record GatewayResponse(int status, Headers headers, String protocol, LiveBody body) {

  public boolean successful() {
    return status >= 200 && status < 300;
  }
}
