// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of calls: where they go, and what happens when that fails.
 *
 * @param metadata the sources of each value, in the order they are asked
 * @param models aliases and prefixes
 * @param timeout for all calls, unless something nearer says otherwise
 * @param retry null if nothing is sent twice
 * @param breaker null if no target is ever left alone
 * @param routes in the order of the file; the first that matches counts
 * @param rewrites by name
 * @param answerAsAsked whether the model named in an answer is the one the app asked for
 */
public record Traffic(
    Map<String, List<MetadataSource>> metadata,
    Models models,
    TimeoutSettings timeout,
    @Nullable RetrySettings retry,
    @Nullable BreakerSettings breaker,
    List<RouteSettings> routes,
    Map<String, RewriteSettings> rewrites,
    boolean answerAsAsked) {

  /** What holds when nothing is configured. */
  public static final Traffic NONE =
      new Traffic(
          Map.of(), Models.NONE, TimeoutSettings.NONE, null, null, List.of(), Map.of(), true);

  /** Whether any of it may send a call elsewhere, cut it short or send it again. */
  public boolean acts() {
    return !models.entries().isEmpty()
        || !routes.isEmpty()
        || !timeout.equals(TimeoutSettings.NONE)
        || retry != null
        || breaker != null;
  }

  public Traffic {
    // The order of the file is kept: spans list values in it.
    metadata = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    routes = List.copyOf(routes);
    rewrites = Map.copyOf(rewrites);
  }
}
