// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Value.Entry;
import io.headgate.config.Value.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code pricing}. */
final class PriceBinder {
  private static final String PATTERN = "a pattern such as openai/gpt-4o or vllm/*";
  private static final String AMOUNT = "USD per 1M tokens, such as 2.50";
  private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000);
  private static final int MAX_SCALE = 9;
  private static final int MAX_LENGTH = 32;

  private final ConfigBinder binder;
  private final Collection<String> providers = new TreeSet<>();
  private final Problems problems;

  PriceBinder(
      ConfigBinder binder,
      Collection<String> builtIn,
      Collection<String> configured,
      Problems problems) {
    this.binder = binder;
    this.problems = problems;
    providers.addAll(builtIn);
    // Those that turn out to be mistakes too: one message about a wrong name is enough.
    providers.addAll(configured);
  }

  List<PriceSetting> bind(Section pricing) {
    List<PriceSetting> settings = new ArrayList<>();
    for (Map.Entry<String, Entry> entry : pricing.entries().entrySet()) {
      String pattern = entry.getKey();
      String at = entry.getValue().keyAt();
      String path = "pricing." + pattern;
      Section prices = binder.section(entry.getValue().value(), path, "input: and output:");
      binder.checkKeys(prices, Vocabulary.PRICE, path);
      boolean known = isPattern(pattern, at);
      BigDecimal input = amount(prices, path, "input");
      BigDecimal cachedInput = amount(prices, path, "cached-input");
      BigDecimal cacheWrite = amount(prices, path, "cache-write");
      BigDecimal output = amount(prices, path, "output");
      require(prices, input, at, path, "input");
      require(prices, output, at, path, "output");
      if (known && input != null && output != null) {
        settings.add(new PriceSetting(pattern, input, cachedInput, cacheWrite, output));
      }
    }
    return settings;
  }

  private boolean isPattern(String pattern, String at) {
    int slash = pattern.indexOf('/');
    if (slash <= 0 || slash == pattern.length() - 1) {
      problems.add(at, "pricing: expected " + PATTERN + ", found " + Problems.quote(pattern));
      return false;
    }
    String provider = pattern.substring(0, slash);
    if (provider.indexOf('*') >= 0 || providers.contains(provider)) {
      return true;
    }
    String nearest = Names.nearest(provider, providers);
    problems.add(
        at,
        "unknown provider "
            + Problems.quote(provider)
            + " in pricing; "
            + (nearest == null
                ? "expected " + PATTERN
                : "did you mean " + Problems.quote(nearest) + "?"));
    return false;
  }

  private void require(
      Section prices, @Nullable BigDecimal amount, String at, String path, String key) {
    Value written = prices.get(key);
    if (amount == null && (written == null || Value.isBlank(written))) {
      problems.add(at, path + ": " + key + " is missing; write 0 if it costs nothing");
    }
  }

  private @Nullable BigDecimal amount(Section prices, String path, String key) {
    Scalar scalar = binder.scalar(prices.get(key), path + "." + key, AMOUNT);
    if (scalar == null) {
      return null;
    }
    BigDecimal amount = number(scalar.value());
    if (amount == null) {
      problems.add(
          scalar.at(), scalar.path() + ": expected " + AMOUNT + ", found " + scalar.shown());
    } else if (amount.signum() < 0 || amount.compareTo(MAX) > 0 || amount.scale() > MAX_SCALE) {
      problems.add(
          scalar.at(),
          scalar.path()
              + ": expected 0 to 1000000 with at most 9 decimals, found "
              + scalar.shown());
    } else {
      return amount;
    }
    return null;
  }

  private static @Nullable BigDecimal number(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return number.signum() == 0 ? BigDecimal.ZERO : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
