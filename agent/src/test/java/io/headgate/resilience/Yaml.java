// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.config.Config;
import io.headgate.config.ConfigLoader;
import io.headgate.expression.CelCompiler;
import io.headgate.provider.ProviderCatalog;
import io.headgate.route.RouteCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Configurations as users write them. */
final class Yaml {

  private Yaml() {}

  static Config config(String... lines) {
    try {
      Path file = Files.createTempFile("headgate", ".yaml");
      try {
        Files.writeString(file, String.join("\n", lines));
        return new ConfigLoader(
                ProviderCatalog.names(),
                Map.of("KEY_A", "key-a-secret-aaaaaaaa", "KEY_B", "key-b-secret-bbbbbbbb"),
                new Properties(),
                new RouteCheck(() -> new CelCompiler(failure -> {})))
            .load("config=" + file)
            .config();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
