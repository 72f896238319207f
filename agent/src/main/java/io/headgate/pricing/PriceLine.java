// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import io.headgate.chat.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads one line of a price list; see {@link PriceList} for the format. */
final class PriceLine {

  private final Map<Variant, Rates> variants = new EnumMap<>(Variant.class);
  private final List<Price.Tier> tiers = new ArrayList<>(2);
  private final List<Price.Change> changes = new ArrayList<>(1);
  private PiecePrices pieces = PiecePrices.NONE;

  private PriceLine() {}

  /** Throws {@link IllegalArgumentException} if the line is not of the format. */
  static Price parse(String line) {
    return new PriceLine().read(line.split("\t", -1));
  }

  private Price read(String[] columns) {
    if (columns.length < 2) {
      throw new IllegalArgumentException("a line needs a model and its prices: " + columns[0]);
    }
    for (int i = 2; i < columns.length; i++) {
      column(columns[i].split(" ", -1));
    }
    Rates base = columns[1].equals("-") ? Rates.EMPTY : rates(columns[1].split(" ", -1), 0);
    return new Price(base, variants, tiers, changes, pieces);
  }

  private void column(String[] words) {
    switch (words[0]) {
      case "batch", "priority", "flex", "fast" ->
          variants.put(Variant.valueOf(words[0].toUpperCase(Locale.ROOT)), rates(words, 1));
      case "over" -> tiers.add(new Price.Tier(Long.parseLong(words[1]), rates(words, 2)));
      case "until" ->
          changes.add(new Price.Change(LocalDate.parse(words[1]), true, rates(words, 2)));
      case "from" ->
          changes.add(new Price.Change(LocalDate.parse(words[1]), false, rates(words, 2)));
      case "per" -> pieces = pieces(words);
      case "also", "released", "single", "disputed" -> {
        // For the list and for whoever refreshes it.
      }
      default -> throw new IllegalArgumentException("unknown column: " + words[0]);
    }
  }

  private static Rates rates(String[] words, int start) {
    Rates rates = Rates.EMPTY;
    for (int i = start; i < words.length; i += 2) {
      Rate kind = Rate.of(words[i]);
      if (kind == null) {
        throw new IllegalArgumentException("unknown kind of token: " + words[i]);
      }
      rates = rates.with(kind, pico(new BigDecimal(words[i + 1])));
    }
    return rates;
  }

  /** USD per 1,000,000 tokens as pico-USD per token; finer steps than a millionth are rounded. */
  static long pico(BigDecimal usdPerMillion) {
    return usdPerMillion.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static PiecePrices pieces(String[] words) {
    Map<Usage.Unit, BigDecimal> usd = new EnumMap<>(Usage.Unit.class);
    Set<Usage.Unit> rough = EnumSet.noneOf(Usage.Unit.class);
    for (int i = 1; i < words.length; i += 2) {
      boolean tilde = words[i].endsWith("~");
      String name = tilde ? words[i].substring(0, words[i].length() - 1) : words[i];
      BigDecimal price = new BigDecimal(words[i + 1]);
      Usage.Unit unit =
          switch (name) {
            case "image" -> Usage.Unit.IMAGE;
            case "second" -> Usage.Unit.SECOND;
            case "query" -> Usage.Unit.SEARCH_UNIT;
            case "request" -> Usage.Unit.REQUEST;
            case "mchar" -> Usage.Unit.CHARACTER;
            case "search-k" -> Usage.Unit.WEB_SEARCH;
            default -> throw new IllegalArgumentException("unknown piece: " + name);
          };
      int scale = unit == Usage.Unit.CHARACTER ? 6 : unit == Usage.Unit.WEB_SEARCH ? 3 : 0;
      usd.put(unit, price.movePointLeft(scale));
      if (tilde) {
        rough.add(unit);
      }
    }
    return new PiecePrices(usd, rough);
  }
}
