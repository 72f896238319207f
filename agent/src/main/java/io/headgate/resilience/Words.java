// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import java.util.Locale;

/** Names of constants as people write them in a configuration. */
final class Words {

  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
