// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import io.headgate.it.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What runs of apps with a cache have in common. */
final class CacheRun {

  private static final String PROVIDERS =
      """
      providers:
        openai: {base-url: "%1$s/openai/v1"}
        anthropic: {base-url: "%1$s/anthropic"}
        gemini: {base-url: "%1$s/gemini"}
        cohere: {base-url: "%1$s/cohere"}
        ollama: {base-url: "%1$s/ollama"}
      """;

  private CacheRun() {}

  /** A configuration that leads all providers to one host. */
  static Path config(Path dir, String host, String more) throws IOException {
    return Files.writeString(dir.resolve("cache.yaml"), PROVIDERS.formatted(host) + more);
  }

  /** Everything is cached for an hour, in the directory {@code state} below the given one. */
  static String onDisk(Path dir) {
    return """
        cache:
          - ttl: 1h
        state: {type: disk, path: "%s"}
        """
        .formatted(dir.resolve("state"));
  }

  /** What the app said, by call, in order. */
  static Map<String, String> said(ForkedJvm.Result result) {
    Map<String, String> said = new LinkedHashMap<>();
    result
        .orThrow()
        .out()
        .lines()
        .filter(line -> line.startsWith("CALL "))
        .forEach(
            line -> {
              int tab = line.indexOf('\t');
              said.put(line.substring(5, tab), line.substring(tab + 1));
            });
    return said;
  }
}
