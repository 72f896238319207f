// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import org.apache.http.auth.AuthProtocolState;
import org.apache.http.auth.AuthState;

/**
 * Says that logging in at the target has failed for good: the client then answers no challenge of a
 * host that is not the app's with what the app knows for its own. Proxies have a state of their
 * own.
 */
final class NoLogin extends AuthState {

  @Override
  public AuthProtocolState getState() {
    return AuthProtocolState.FAILURE;
  }
}
