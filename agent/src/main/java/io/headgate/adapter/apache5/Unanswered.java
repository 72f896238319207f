// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.io.IOException;

/** An asynchronous client has ended an exchange without an answer, and without a failure. */
final class Unanswered extends IOException {

  private static final long serialVersionUID = 1L;

  Unanswered() {
    super("the client ended the exchange without an answer");
  }
}
