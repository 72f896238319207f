// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The price lists in this jar, each read when its provider is first asked for. */
final class PriceLists {

  /** Providers that bill by another's list. */
  private static final Map<String, String> SAME_LIST = Map.of("anthropic-aws", "anthropic");

  private final Map<String, Optional<PriceList>> lists = new ConcurrentHashMap<>();

  /** The list of a provider by its short name; null if there is none. */
  @Nullable PriceList of(String provider) {
    Optional<PriceList> known = lists.get(provider);
    if (known == null) {
      known = Optional.ofNullable(load(SAME_LIST.getOrDefault(provider, provider)));
      // Read twice by two first calls at worst: no file is read under the map's lock.
      lists.put(provider, known);
    }
    return known.orElse(null);
  }

  private static @Nullable PriceList load(String provider) {
    for (int i = 0; i < provider.length(); i++) {
      char c = provider.charAt(i);
      // The name of a server of one's own is free text and must not become a path.
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
        return null;
      }
    }
    try {
      return PriceList.load(provider);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
