// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import java.util.List;

/**
 * The prices that hold for one model, served in one way, on one day.
 *
 * @param steps prices from a prompt size on; the first has size 0, sizes ascend
 * @param pieces prices of things billed by the piece
 * @param loose whether the model or the way of serving was matched by likeness only
 * @param date the date of the list it is from; empty if it is from no list
 */
record Tariff(List<Step> steps, PiecePrices pieces, boolean loose, String date) {

  /** No price is known: bills by it come to null. */
  static final Tariff UNKNOWN = flat(Rates.EMPTY, "");

  /**
   * Prices of the whole request if its prompt is larger than a size.
   *
   * @param over input tokens, cached ones included
   */
  record Step(long over, Rates rates) {}

  Tariff {
    steps = List.copyOf(steps);
  }

  static Tariff flat(Rates rates, String date) {
    return new Tariff(List.of(new Step(0, rates)), PiecePrices.NONE, false, date);
  }

  /** Whether all is given away. */
  boolean free() {
    return steps.get(0).rates().equals(Rates.FREE);
  }

  /**
   * The token prices for a prompt of that size.
   *
   * @param promptTokens all input tokens, cached ones included
   */
  Rates ratesFor(long promptTokens) {
    int step = steps.size() - 1;
    while (step > 0 && promptTokens <= steps.get(step).over()) {
      step--;
    }
    return steps.get(step).rates();
  }

  Tariff with(PiecePrices otherPieces) {
    return new Tariff(steps, otherPieces, loose, date);
  }

  Tariff loosely() {
    return loose ? this : new Tariff(steps, pieces, true, date);
  }
}
