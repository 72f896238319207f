// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings, immutable. A reload makes a new one; a call sees one from start to end.
 *
 * @param source where it was read from, for messages; null if there is no file
 * @param mode whether anything but observing is allowed
 * @param fail what an unusable configuration means at start-up
 * @param environment the deployment environment, free text; empty if not set
 * @param providers what differs from the built-in catalogue, by provider name
 * @param pricing prices that beat the built-in list, in the order of the file
 * @param cache which answers are kept, in the order of the file; the first that matches counts
 * @param state where they are kept
 * @param traffic where calls go, and what happens when that fails
 */
public record Config(
    @Nullable String source,
    Mode mode,
    Fail fail,
    String environment,
    Map<String, ProviderSettings> providers,
    List<PriceSetting> pricing,
    List<CacheRule> cache,
    StateSettings state,
    Traffic traffic) {

  /** Without a cache. */
  public Config(
      @Nullable String source,
      Mode mode,
      Fail fail,
      String environment,
      Map<String, ProviderSettings> providers,
      List<PriceSetting> pricing,
      Traffic traffic) {
    this(
        source,
        mode,
        fail,
        environment,
        providers,
        pricing,
        List.of(),
        StateSettings.usual(""),
        traffic);
  }

  /** Without anything about traffic. */
  public Config(
      @Nullable String source,
      Mode mode,
      Fail fail,
      String environment,
      Map<String, ProviderSettings> providers,
      List<PriceSetting> pricing) {
    this(source, mode, fail, environment, providers, pricing, Traffic.NONE);
  }

  /** What Headgate may do to calls. */
  public enum Mode {
    /** Meter and trace only. */
    OBSERVE,
    /** Decide, record what was decided, and do nothing. */
    SHADOW,
    /** Do what the configuration says. */
    ENFORCE
  }

  /** What an unusable configuration means at start-up. */
  public enum Fail {
    /** One error on stderr; the app starts and runs untouched. */
    OPEN,
    /** The app does not start. */
    CLOSED
  }

  /** What holds when nothing is configured. */
  public static final Config OBSERVE_ONLY =
      new Config(null, Mode.OBSERVE, Fail.OPEN, "", Map.of(), List.of());

  /**
   * A time as the configuration writes them, such as {@code 30m} or {@code 7d}; null if a text is
   * none.
   */
  public static @Nullable Duration duration(String text) {
    return Durations.parse(text);
  }

  /** Whether any call is to be changed at all. */
  public boolean acts() {
    return mode == Mode.ENFORCE
        && (traffic.acts()
            || !cache.isEmpty()
            || providers.values().stream().anyMatch(ProviderSettings::acts));
  }

  public Config {
    providers = Map.copyOf(providers);
    pricing = List.copyOf(pricing);
    cache = List.copyOf(cache);
  }
}
