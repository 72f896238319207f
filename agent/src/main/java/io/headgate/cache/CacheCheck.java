// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.config.Config;
import io.headgate.config.ConfigCheck;
import io.headgate.expression.ExpressionCompiler;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Finds the texts in cache rules that are no expressions. */
public final class CacheCheck implements ConfigCheck {

  private final Supplier<ExpressionCompiler> compiler;

  /**
   * @param compiler asked for at most once per check, and not if there is no expression
   */
  public CacheCheck(Supplier<ExpressionCompiler> compiler) {
    this.compiler = compiler;
  }

  @Override
  public void check(Config config, BiConsumer<String, String> problems) {
    var unused = CompiledRules.of(config.cache(), compiler, problems);
  }
}
