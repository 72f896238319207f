// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.config.ConfigLoader;
import io.headgate.expression.CelCompiler;
import io.headgate.provider.ProviderCatalog;
import io.headgate.route.RouteCheck;

/** How configurations are read: with all who have something to say about them asked. */
final class Configurations {

  private Configurations() {}

  static ConfigLoader loader() {
    // Opened only for a configuration that has an expression.
    RouteCheck routes = new RouteCheck(() -> new CelCompiler(failure -> {}));
    return new ConfigLoader(
        ProviderCatalog.names(), System.getenv(), System.getProperties(), routes);
  }
}
