// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.function.BiConsumer;

/**
 * What a configuration must fulfil beyond what this package knows: that its expressions compile,
 * say. Asked at each loading, once the configuration has no mistakes that show without it.
 */
public interface ConfigCheck {

  /** Finds nothing wrong. */
  ConfigCheck NONE = (config, problems) -> {};

  /**
   * Looks for mistakes.
   *
   * @param problems takes the place of each, such as {@link StepSettings#at()}, and one line that
   *     starts with the key's full name and says what was expected
   */
  void check(Config config, BiConsumer<String, String> problems);
}
