// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import io.headgate.chat.Cost;
import io.headgate.chat.Usage;
import io.headgate.config.PriceSetting;
import io.headgate.config.ProviderSettings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells what calls cost. A provider's own figure wins, then the prices the user configured, then
 * the lists in this jar. For any thread; a model's first call may read its provider's list from the
 * jar, later ones look up one map. A reload of the settings makes a new catalogue.
 */
public final class PriceCatalog {

  /** More models than an app has; fewer than a bad one could make us remember. */
  private static final int REMEMBERED = 1024;

  /** Longer names are no names. */
  private static final int LONGEST_NAME = 512;

  private final OwnPrices own;
  private final Map<String, ProviderSettings> providers;
  private final PriceLists lists = new PriceLists();
  private final ModelMatcher matcher = new ModelMatcher(lists);
  private volatile Day day = new Day(LocalDate.MIN, new ConcurrentHashMap<>());

  private record Key(
      String provider,
      String biller,
      @Nullable String region,
      @Nullable String requestModel,
      @Nullable String responseModel,
      Variant variant) {}

  /** The tariffs looked up for one day: prices change at midnight, UTC. */
  private record Day(LocalDate date, Map<Key, Tariff> tariffs) {}

  /**
   * @param pricing prices that beat the lists, in the order of the file
   * @param providers settings by provider name; their {@code free} beats the lists too, and their
   *     deployments tell which model a call is for
   */
  public PriceCatalog(List<PriceSetting> pricing, Map<String, ProviderSettings> providers) {
    this.own = new OwnPrices(pricing, providers);
    this.providers = Map.copyOf(providers);
  }

  /**
   * What a call cost; null if that is unknown, which is not the same as nothing.
   *
   * @param today the day of the call, UTC
   */
  public @Nullable Cost cost(PriceQuery query, LocalDate today) {
    if (query.providerCostNanoUsd() >= 0) {
      return new Cost(query.providerCostNanoUsd(), 0, 0, 0, 0, 0, Cost.Source.PROVIDER, "");
    }
    if (query.usage().isEmpty()) {
      return null;
    }
    return Bill.of(query.usage(), tariff(query, today));
  }

  /**
   * What a call cost by prices that came with the call itself; null if it is not known what it
   * used.
   *
   * @param usdPerMillion prices by kind, {@code input}, {@code cached-input}, {@code cache-write},
   *     {@code output}, in USD for a million tokens; one that is not there is nothing
   */
  public static @Nullable Cost cost(Usage usage, Map<String, Double> usdPerMillion) {
    return usage.isEmpty() ? null : Bill.of(usage, OwnPrices.tariff(usdPerMillion));
  }

  private Tariff tariff(PriceQuery query, LocalDate today) {
    if (tooLong(query.requestModel()) || tooLong(query.responseModel())) {
      return Tariff.UNKNOWN;
    }
    Variant variant = query.batch() ? Variant.BATCH : Variant.of(query.serviceTier());
    Key key =
        new Key(
            query.provider(),
            Vendors.biller(query.provider(), query.telemetryName()),
            query.region(),
            query.requestModel(),
            query.responseModel(),
            variant);
    Day current = day;
    if (!current.date().equals(today) || current.tariffs().size() >= REMEMBERED) {
      current = new Day(today, new ConcurrentHashMap<>());
      day = current;
    }
    Tariff known = current.tariffs().get(key);
    if (known == null) {
      known = lookUp(key, today);
      current.tariffs().put(key, known);
    }
    return known;
  }

  /**
   * Whether a model has a price, in the settings or in the provider's list. Not remembered, so that
   * names asked about do not drive out those that are paid for.
   */
  public boolean knows(String provider, String model) {
    return !tooLong(model)
        && (own.find(provider, model, null) != null || matcher.find(provider, model, null) != null);
  }

  /** How many tariffs are remembered, for checks. */
  int remembered() {
    return day.tariffs().size();
  }

  private static boolean tooLong(@Nullable String name) {
    return name != null && name.length() > LONGEST_NAME;
  }

  private Tariff lookUp(Key key, LocalDate today) {
    Tariff configured = own.find(key.provider(), key.requestModel(), key.responseModel());
    if (configured == null && !key.biller().equals(key.provider())) {
      configured = own.find(key.biller(), key.requestModel(), key.responseModel());
    }
    if (configured != null) {
      return configured;
    }
    String deployed = deployed(key);
    ModelMatcher.Match match = null;
    if (deployed != null) {
      // What the answer says was served holds, if that has a price; else what the settings say.
      match = key.responseModel() == null ? null : find(key, key.responseModel());
      if (match == null) {
        configured = own.find(key.provider(), deployed, null);
        if (configured != null) {
          return configured;
        }
        match = find(key, deployed);
      }
    }
    if (match == null) {
      match = matcher.find(key.biller(), key.region(), key.requestModel(), key.responseModel());
    }
    if (match == null) {
      return Tariff.UNKNOWN;
    }
    PriceList list = match.list();
    if (match.free()) {
      return Tariff.flat(Rates.FREE, list.date());
    }
    Price price = PriceLine.parse(match.line());
    Tariff tariff = price.tariff(key.variant(), today, list.batchMillionths(), list.date());
    if (match.searches()) {
      tariff = tariff.with(searching(tariff.pieces()));
    }
    return match.loose() ? tariff.loosely() : tariff;
  }

  /** The model that the settings say is behind the name in the request; null if they do not. */
  private @Nullable String deployed(Key key) {
    ProviderSettings settings = providers.get(key.provider());
    return settings == null || key.requestModel() == null
        ? null
        : settings.deployments().get(key.requestModel());
  }

  private ModelMatcher.@Nullable Match find(Key key, String model) {
    return matcher.find(key.biller(), key.region(), null, model);
  }

  /** A model name that asks for a web search makes every request one. */
  private static PiecePrices searching(PiecePrices pieces) {
    BigDecimal search = pieces.of(Usage.Unit.WEB_SEARCH);
    if (search == null || pieces.of(Usage.Unit.REQUEST) != null) {
      return pieces;
    }
    Map<Usage.Unit, BigDecimal> usd = new EnumMap<>(pieces.usd());
    usd.put(Usage.Unit.REQUEST, search);
    return new PiecePrices(usd, pieces.rough());
  }
}
