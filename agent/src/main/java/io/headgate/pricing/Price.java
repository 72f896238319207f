// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that one line of a price list says of a model.
 *
 * @param base standard prices
 * @param variants prices of other ways of being served; they may name only some kinds
 * @param tiers prices of large prompts, ascending; what they do not name stays as it is
 * @param changes base prices of other times; what they do not name stays as it is
 * @param pieces prices of things billed by the piece
 */
record Price(
    Rates base,
    Map<Variant, Rates> variants,
    List<Tier> tiers,
    List<Change> changes,
    PiecePrices pieces) {

  /** Prices of prompts with more tokens than that. */
  record Tier(long over, Rates rates) {}

  /**
   * Prices of another time.
   *
   * @param past whether they held before the date, rather than hold from it on (UTC)
   */
  record Change(LocalDate date, boolean past, Rates rates) {}

  Price {
    variants = Map.copyOf(variants);
    tiers = List.copyOf(tiers);
    changes = List.copyOf(changes);
  }

  /**
   * What holds for one way of being served on one day.
   *
   * @param batchMillionths the factor by which the provider prices every batch call, in millionths;
   *     0 if it has none
   * @param listDate the date of the list
   */
  Tariff tariff(Variant variant, LocalDate today, long batchMillionths, String listDate) {
    Rates standard = at(today);
    Rates own = variants.get(variant);
    Rates served = standard;
    boolean loose = false;
    if (own != null) {
      served = own.completedFrom(base).movedLike(base, standard);
    } else if (variant == Variant.BATCH && batchMillionths > 0) {
      served = standard.times(batchMillionths);
    } else {
      loose = variant != Variant.STANDARD;
    }
    List<Tariff.Step> steps = new ArrayList<>(1 + tiers.size());
    steps.add(new Tariff.Step(0, served));
    for (Tier tier : tiers) {
      Rates above =
          served.equals(standard)
              ? standard.changedBy(tier.rates().movedLike(base, standard))
              : served.movedLike(base, base.changedBy(tier.rates()));
      steps.add(new Tariff.Step(tier.over(), above));
    }
    return new Tariff(steps, pieces, loose, listDate);
  }

  private Rates at(LocalDate today) {
    Change latest = null;
    Change before = null;
    for (Change change : changes) {
      if (change.past()) {
        boolean holds = today.isBefore(change.date());
        if (holds && (before == null || change.date().isBefore(before.date()))) {
          before = change;
        }
      } else if (!today.isBefore(change.date())
          && (latest == null || change.date().isAfter(latest.date()))) {
        latest = change;
      }
    }
    Change change = before != null ? before : latest;
    return change == null ? base : base.changedBy(change.rates());
  }
}
