// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import io.headgate.chat.Cost;
import io.headgate.chat.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up one call in pico-USD. Sums are exact; they are rounded to nano-USD once, half up, and the
 * parts are rounded so that they add up to the total.
 */
final class Bill {

  private long input;
  private long output;
  private long cacheRead;
  private long cacheWrite;
  private long other;

  /** Whether some part has no price, or only the price of its provider's default. */
  private boolean rough;

  private boolean unpriced;

  private Bill() {}

  /**
   * What the usage costs by the tariff; null if something that was used has no price in it, and for
   * sums beyond 9 million USD, which no call costs.
   */
  static @Nullable Cost of(Usage usage, Tariff tariff) {
    Bill bill = new Bill();
    try {
      if (!bill.add(usage, tariff)) {
        return null;
      }
      return bill.cost(usage.estimated() || tariff.loose() || bill.rough, tariff.date());
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private boolean add(Usage usage, Tariff tariff) {
    if (tariff.free()) {
      return true;
    }
    Rates rates = tariff.ratesFor(Math.max(0, usage.input()));
    boolean used = usage.input() > 0 || usage.output() > 0;
    boolean byTokens =
        (usage.input() >= 0 || usage.output() >= 0) && !rates.isEmpty() && tokens(usage, rates);
    boolean byPieces = false;
    for (Map.Entry<Usage.Unit, Double> entry : usage.units().entrySet()) {
      Usage.Unit unit = entry.getKey();
      switch (unit) {
        case IMAGE, SECOND, CHARACTER -> {
          // Another measure of what the tokens measure: one of them is billed, never both.
          if (!byTokens || !used) {
            boolean priced = piece(unit, entry.getValue(), tariff.pieces());
            byPieces |=
                priced
                    || (unit == Usage.Unit.CHARACTER
                        && !byTokens
                        && spoken(entry.getValue(), rates));
          }
        }
        case SEARCH_UNIT -> {
          boolean known = piece(unit, entry.getValue(), tariff.pieces());
          byPieces |= known && (rates.isEmpty() || !used);
          rough |= !known;
        }
        case HOSTED_TOOL -> rough = true;
        case WEB_SEARCH -> rough |= !piece(unit, entry.getValue(), tariff.pieces());
        case REQUEST -> {
          // Below, for it is also true of calls whose usage does not say so.
        }
      }
    }
    double requests = usage.units().getOrDefault(Usage.Unit.REQUEST, 1.0);
    byPieces |= piece(Usage.Unit.REQUEST, requests, tariff.pieces()) && rates.isEmpty();
    return byTokens || byPieces;
  }

  /**
   * Adds speech that is billed by tokens of which nothing was told; false if it has no price.
   * OpenAI gives 1.5 cents for a minute of gpt-4o-mini-tts at 12 USD per 1,000,000 tokens, which is
   * 1250 tokens; some 900 characters are read in a minute.
   */
  private boolean spoken(double characters, Rates rates) {
    if (rates.isEmpty()) {
      return false;
    }
    Usage guess =
        Usage.builder()
            .input((long) Math.ceil(characters / 4))
            .output((long) Math.ceil(characters * 1250 / 900))
            .audioOutput((long) Math.ceil(characters * 1250 / 900))
            .build();
    rough = true;
    return tokens(guess, rates);
  }

  private boolean tokens(Usage usage, Rates rates) {
    long read = Math.max(0, usage.cacheRead());
    long write = Math.max(0, usage.cacheWrite());
    long writeHour = Math.max(0, usage.cacheWriteHour());
    long audioIn = Math.max(0, usage.audioInput());
    long imageIn = Math.max(0, usage.imageInput());
    long text = Math.max(0, usage.input() - read - write - writeHour - audioIn - imageIn);
    long think = Math.max(0, usage.reasoning());
    long audioOut = Math.max(0, usage.audioOutput());
    long imageOut = Math.max(0, usage.imageOutput());
    long textOut = Math.max(0, usage.output() - think - audioOut - imageOut);

    long in = part(text, rates.of(Rate.INPUT));
    in = Math.addExact(in, part(audioIn, rates.of(Rate.AUDIO_INPUT, Rate.INPUT)));
    in = Math.addExact(in, part(imageIn, rates.of(Rate.IMAGE_INPUT, Rate.INPUT)));
    long out = part(textOut, rates.of(Rate.OUTPUT));
    out = Math.addExact(out, part(think, rates.of(Rate.REASONING, Rate.OUTPUT)));
    out = Math.addExact(out, part(audioOut, rates.of(Rate.AUDIO_OUTPUT, Rate.OUTPUT)));
    out = Math.addExact(out, part(imageOut, rates.of(Rate.IMAGE_OUTPUT, Rate.OUTPUT)));
    long reads = part(read, rates.of(Rate.CACHE_READ, Rate.INPUT));
    long shortWrite = rates.of(Rate.CACHE_WRITE, Rate.INPUT);
    long hourWrite = rates.of(Rate.CACHE_WRITE_HOUR);
    long writes = part(write, shortWrite);
    writes =
        Math.addExact(writes, part(writeHour, hourWrite == Rates.NONE ? shortWrite : hourWrite));
    if (unpriced) {
      return false;
    }
    input = in;
    output = out;
    cacheRead = reads;
    cacheWrite = writes;
    rough |= usage.input() < 0;
    return true;
  }

  private long part(long tokens, long rate) {
    if (tokens == 0) {
      return 0;
    }
    unpriced |= rate == Rates.NONE;
    return Math.multiplyExact(tokens, rate);
  }

  /** Adds so many pieces; false if they have no price. */
  private boolean piece(Usage.Unit unit, double amount, PiecePrices pieces) {
    BigDecimal usd = pieces.of(unit);
    if (usd == null) {
      return false;
    }
    BigDecimal pico = BigDecimal.valueOf(amount).multiply(usd).movePointRight(12);
    other = Math.addExact(other, pico.setScale(0, RoundingMode.HALF_UP).longValueExact());
    rough |= pieces.rough().contains(unit);
    return true;
  }

  private Cost cost(boolean estimated, String date) {
    // Each part is the step its sum takes among the rounded running sums: the steps add up.
    long sum = input;
    long afterInput = nano(sum);
    sum = Math.addExact(sum, output);
    long afterOutput = nano(sum);
    sum = Math.addExact(sum, cacheRead);
    long afterRead = nano(sum);
    sum = Math.addExact(sum, cacheWrite);
    long afterWrite = nano(sum);
    sum = Math.addExact(sum, other);
    long total = nano(sum);
    return new Cost(
        total,
        afterInput,
        afterOutput - afterInput,
        afterRead - afterOutput,
        afterWrite - afterRead,
        total - afterWrite,
        estimated ? Cost.Source.ESTIMATED : Cost.Source.LOCAL,
        date);
  }

  private static long nano(long pico) {
    return Math.addExact(pico, 500) / 1000;
  }
}
