// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import org.jspecify.annotations.Nullable;

/**
 * The app's authenticator where a request goes to another origin than the app's own: the way there
 * is the app's, so its proxy gets the app's answer, but what the app keeps for its server is for
 * nobody else.
 */
final class ProxyLogin extends Authenticator {

  private final Authenticator own;

  ProxyLogin(Authenticator own) {
    this.own = own;
  }

  @Override
  protected @Nullable PasswordAuthentication getPasswordAuthentication() {
    return getRequestorType() == RequestorType.PROXY
        ? own.requestPasswordAuthenticationInstance(
            getRequestingHost(),
            getRequestingSite(),
            getRequestingPort(),
            getRequestingProtocol(),
            getRequestingPrompt(),
            getRequestingScheme(),
            getRequestingURL(),
            RequestorType.PROXY)
        : null;
  }
}
