// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.config.Config;
import io.headgate.gateway.Chain;

/** What an interceptor of ours may do to a call. */
final class Duty {

  private Duty() {}

  /** Whether calls may be changed at all, and the app has not asked that this one be left alone. */
  static boolean changes(Config config, Chain chain) {
    return config.mode() == Config.Mode.ENFORCE && !chain.exchange().options().bypass();
  }

  /** Whether the attempt goes to another provider than the one the app called. */
  static boolean atAnotherProvider(Chain chain) {
    return !chain.attempt().endpoint().provider().equals(chain.exchange().endpoint().provider());
  }
}
