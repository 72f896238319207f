// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import io.headgate.config.PriceSetting;
import io.headgate.config.ProviderSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prices a user configured. An exact pattern beats one with {@code *}, a longer literal prefix
 * beats a shorter one, and among equals the first in the file wins. Names compare without case.
 */
final class OwnPrices {

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, ProviderSettings> providers;

  private record Entry(String pattern, Tariff tariff) {
    boolean exact() {
      return pattern.indexOf('*') < 0;
    }
  }

  OwnPrices(List<PriceSetting> settings, Map<String, ProviderSettings> providers) {
    for (PriceSetting setting : settings) {
      Rates rates =
          Rates.EMPTY
              .with(Rate.INPUT, PriceLine.pico(setting.input()))
              .with(Rate.CACHE_READ, optional(setting.cachedInput()))
              .with(Rate.CACHE_WRITE, optional(setting.cacheWrite()))
              .with(Rate.OUTPUT, PriceLine.pico(setting.output()));
      entries.add(new Entry(setting.pattern().toLowerCase(Locale.ROOT), Tariff.flat(rates, "")));
    }
    this.providers = Map.copyOf(providers);
  }

  /** Prices by the names they have in the configuration. */
  static Tariff tariff(Map<String, Double> usdPerMillion) {
    return Tariff.flat(
        Rates.EMPTY
            .with(Rate.INPUT, given(usdPerMillion, "input", 0))
            .with(Rate.CACHE_READ, given(usdPerMillion, "cached-input", Rates.NONE))
            .with(Rate.CACHE_WRITE, given(usdPerMillion, "cache-write", Rates.NONE))
            .with(Rate.OUTPUT, given(usdPerMillion, "output", 0)),
        "");
  }

  private static long given(Map<String, Double> prices, String kind, long otherwise) {
    Double price = prices.get(kind);
    // Nobody pays a million dollars for a million tokens; it would not fit a figure either.
    return price == null || !(price <= 1e6) ? otherwise : PriceLine.pico(BigDecimal.valueOf(price));
  }

  private static long optional(@Nullable BigDecimal price) {
    return price == null ? Rates.NONE : PriceLine.pico(price);
  }

  /** The tariff for a call by either of its model names; null if the user configured none. */
  @Nullable Tariff find(String provider, @Nullable String requested, @Nullable String answered) {
    Entry best = null;
    for (Entry entry : entries) {
      boolean better = best == null || beats(entry, best);
      if (better && (matches(entry, provider, requested) || matches(entry, provider, answered))) {
        best = entry;
      }
    }
    if (best != null) {
      return best.tariff();
    }
    ProviderSettings settings = providers.get(provider);
    return settings != null && settings.free() ? Tariff.flat(Rates.FREE, "") : null;
  }

  private static boolean beats(Entry entry, Entry best) {
    if (entry.exact() != best.exact()) {
      return entry.exact();
    }
    return Glob.literalPrefix(entry.pattern()) > Glob.literalPrefix(best.pattern())
        && !best.exact();
  }

  private static boolean matches(Entry entry, String provider, @Nullable String model) {
    if (model == null) {
      return false;
    }
    String raw = (provider + "/" + model.trim()).toLowerCase(Locale.ROOT);
    return Glob.matches(entry.pattern(), raw)
        || Glob.matches(entry.pattern(), provider + "/" + ModelName.plain(model));
  }
}
