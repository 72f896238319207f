// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.cache.CacheCheck;
import io.headgate.config.ConfigCheck;
import io.headgate.config.ConfigLoader;
import io.headgate.expression.CelCompiler;
import io.headgate.expression.ExpressionCompiler;
import io.headgate.provider.ProviderCatalog;
import io.headgate.route.RouteCheck;

/** How configurations are read: with all who have something to say about them asked. */
final class Configurations {

  private Configurations() {}

  /** Opened only for a configuration that has an expression, and once for all of them. */
  private static final class Opened {
    static final ExpressionCompiler COMPILER = new CelCompiler(failure -> {});
  }

  static ConfigLoader loader() {
    ConfigCheck routes = new RouteCheck(() -> Opened.COMPILER);
    ConfigCheck cache = new CacheCheck(() -> Opened.COMPILER);
    return new ConfigLoader(
        ProviderCatalog.names(),
        System.getenv(),
        System.getProperties(),
        (config, problems) -> {
          routes.check(config, problems);
          cache.check(config, problems);
        });
  }
}
