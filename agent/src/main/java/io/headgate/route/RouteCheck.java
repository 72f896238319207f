// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.config.Config;
import io.headgate.config.ConfigCheck;
import io.headgate.expression.ExpressionCompiler;
import io.headgate.provider.ProviderCatalog;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Finds the mistakes in routes that can be seen before the first call: texts that are no
 * expressions, and steps that could serve nobody.
 */
public final class RouteCheck implements ConfigCheck {

  private final Supplier<ExpressionCompiler> compiler;

  /**
   * @param compiler asked for at most once per check, and not if there is no expression
   */
  public RouteCheck(Supplier<ExpressionCompiler> compiler) {
    this.compiler = compiler;
  }

  /**
   * Checks a configuration.
   *
   * @param problems gets where each mistake was made, {@code headgate.yaml:3:7}, and what it is
   */
  @Override
  public void check(Config config, BiConsumer<String, String> problems) {
    var unused = CompiledRoutes.of(config.traffic(), compiler, problems);
    if (!config.traffic().routes().isEmpty()) {
      new FormatCheck(config, new ProviderCatalog(config), problems).check();
    }
  }
}
