// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Cost;
import io.headgate.chat.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BillTest {

  private static final LocalDate DAY = LocalDate.of(2026, 8, 22);
  private static final int RUNS = 20_000;

  @Test
  void everyKindOfTokenHasItsPrice() {
    Tariff tariff =
        tariff(
            "in 1 out 2 read 0.1 write 1.25 write1h 2.5 think 3 audio-in 10 audio-out 20"
                + " image-in 5 image-out 40");
    Usage usage =
        Usage.builder()
            .input(1000)
            .cacheRead(100)
            .cacheWrite(50)
            .cacheWriteHour(20)
            .audioInput(30)
            .imageInput(200)
            .output(500)
            .reasoning(100)
            .audioOutput(40)
            .imageOutput(60)
            .build();
    Cost cost = cost(usage, tariff);
    assertThat(cost.input()).isEqualTo((600 + 30 * 10 + 200 * 5) * 1000L);
    assertThat(cost.cacheRead()).isEqualTo(100 * 100L);
    assertThat(cost.cacheWrite()).isEqualTo(50 * 1250L + 20 * 2500L);
    assertThat(cost.output()).isEqualTo((300 * 2 + 100 * 3 + 40 * 20 + 60 * 40) * 1000L);
    assertThat(cost.other()).isZero();
    assertThat(cost.source()).isEqualTo(Cost.Source.LOCAL);
  }

  @Test
  void kindsWithoutAPriceOfTheirOwnCostWhatPlainOnesDo() {
    Usage usage =
        Usage.builder()
            .input(1000)
            .cacheRead(100)
            .cacheWrite(50)
            .cacheWriteHour(20)
            .audioInput(30)
            .imageInput(200)
            .output(500)
            .reasoning(100)
            .audioOutput(40)
            .imageOutput(60)
            .build();
    assertThat(cost(usage, tariff("in 1 out 2")).total()).isEqualTo(2_000_000);
    assertThat(cost(usage, tariff("in 1 out 2 write 4")).total()).isEqualTo(2_000_000 + 70 * 3000);
  }

  @Test
  void partsThatExceedTheWholeDoNotMakeItNegative() {
    Usage usage = Usage.builder().input(10).cacheRead(50).output(5).reasoning(9).build();
    Cost cost = cost(usage, tariff("in 1 out 2 read 0.5"));
    assertThat(cost.input()).isZero();
    assertThat(cost.cacheRead()).isEqualTo(25_000);
    assertThat(cost.output()).isEqualTo(18_000);
  }

  @Test
  void whatWasUsedWithoutAPriceIsUnknownAndNotNothing() {
    assertThat(Bill.of(tokens(10, 5), tariff("in 1"))).isNull();
    assertThat(Bill.of(tokens(10, 5), tariff("out 1"))).isNull();
    assertThat(Bill.of(tokens(0, 0), Tariff.UNKNOWN)).isNull();
    assertThat(Bill.of(tokens(10, 0), tariff("in 1"))).isNotNull();
    assertThat(Bill.of(images(1), tariff("in 1 out 1"))).isNull();
  }

  @Test
  void tokensOrPiecesAreBilledButNotBoth() {
    Tariff tariff = parsed("m\tin 5 out 40\tper image~ 0.042");
    Usage both = Usage.builder().input(100).output(1000).unit(Usage.Unit.IMAGE, 1).build();
    assertThat(cost(both, tariff).total()).isEqualTo(500_000 + 40_000_000);
    assertThat(cost(images(2), tariff).total()).isEqualTo(84_000_000);
    assertThat(cost(images(2), tariff).source()).isEqualTo(Cost.Source.ESTIMATED);
  }

  @Test
  void piecesArePricedEach() {
    Usage seconds = Usage.builder().unit(Usage.Unit.SECOND, 12.5).build();
    assertThat(cost(seconds, parsed("m\t-\tper second 0.0001")).total()).isEqualTo(1_250_000);
    Usage characters = Usage.builder().unit(Usage.Unit.CHARACTER, 200).build();
    assertThat(cost(characters, parsed("m\t-\tper mchar 15")).total()).isEqualTo(3_000_000);
    Usage search = Usage.builder().unit(Usage.Unit.SEARCH_UNIT, 3).build();
    assertThat(cost(search, parsed("m\t-\tper query 0.002")).total()).isEqualTo(6_000_000);
    Usage web = Usage.builder().input(10).output(0).unit(Usage.Unit.WEB_SEARCH, 2).build();
    Cost cost = cost(web, parsed("m\tin 1 out 1\tper search-k 10"));
    assertThat(cost.other()).isEqualTo(20_000_000);
    assertThat(cost.total()).isEqualTo(20_010_000);
  }

  @Test
  void aSearchWithoutAPriceMakesTheRestAnEstimate() {
    Usage web = Usage.builder().input(10).output(0).unit(Usage.Unit.WEB_SEARCH, 2).build();
    assertThat(cost(web, tariff("in 1 out 1")).source()).isEqualTo(Cost.Source.ESTIMATED);
  }

  @Test
  void aFeePerRequestIsAddedOnce() {
    Tariff tariff = parsed("m\tin 1 out 1\tper request 0.005");
    assertThat(cost(tokens(10, 0), tariff).other()).isEqualTo(5_000_000);
    Usage told = Usage.builder().input(10).output(0).unit(Usage.Unit.REQUEST, 2).build();
    assertThat(cost(told, tariff).other()).isEqualTo(10_000_000);
  }

  @Test
  void countsOfOurOwnAndHalfKnownCountsAreEstimates() {
    Tariff tariff = tariff("in 1 out 1");
    Usage guessed = Usage.builder().input(10).output(2).estimated(true).build();
    assertThat(cost(guessed, tariff).source()).isEqualTo(Cost.Source.ESTIMATED);
    Usage half = Usage.builder().output(2).build();
    assertThat(cost(half, tariff).source()).isEqualTo(Cost.Source.ESTIMATED);
    assertThat(cost(tokens(10, 2), tariff.loosely()).source()).isEqualTo(Cost.Source.ESTIMATED);
  }

  @Test
  void roundsHalfUpOnce() {
    // 0.0028 USD per million is 2.8 nano-USD a token; halves come from 0.0005 steps.
    assertThat(cost(tokens(1, 0), tariff("in 0.0028")).total()).isEqualTo(3);
    assertThat(cost(tokens(1, 0), tariff("in 0.0005")).total()).isEqualTo(1);
    assertThat(cost(tokens(1, 0), tariff("in 0.000499")).total()).isZero();
    Cost cost = cost(tokens(1, 1), tariff("in 0.0004 out 0.0004"));
    assertThat(cost.total()).isEqualTo(1);
    assertThat(cost.input() + cost.output()).isEqualTo(1);
  }

  @Test
  void absurdCountsAreUnknown() {
    long most = 1_000_000_000_000L;
    assertThat(Bill.of(tokens(most, most), tariff("in 600 out 600"))).isNull();
  }

  @Test
  void equalsExactArithmeticForRandomCalls() {
    Random random = new Random(42);
    for (int run = 0; run < RUNS; run++) {
      Rates rates = randomRates(random);
      Usage usage = randomUsage(random);
      Cost cost = cost(usage, Tariff.flat(rates, "d"));
      assertThat(cost.total()).as("%s %s", usage, rates).isEqualTo(reference(usage, rates));
      assertThat(cost.input() + cost.output() + cost.cacheRead() + cost.cacheWrite() + cost.other())
          .isEqualTo(cost.total());
      assertThat(cost.input()).isNotNegative();
      assertThat(cost.output()).isNotNegative();
      assertThat(cost.cacheRead()).isNotNegative();
      assertThat(cost.cacheWrite()).isNotNegative();
    }
  }

  @Test
  void moreTokensNeverCostLess() {
    Random random = new Random(43);
    for (int run = 0; run < RUNS; run++) {
      Tariff tariff = Tariff.flat(randomRates(random), "d");
      Usage less = randomUsage(random);
      Usage more =
          Usage.builder()
              .input(less.input() + random.nextInt(1000))
              .cacheRead(less.cacheRead())
              .cacheWrite(less.cacheWrite())
              .cacheWriteHour(less.cacheWriteHour())
              .audioInput(less.audioInput())
              .output(less.output() + random.nextInt(1000))
              .reasoning(less.reasoning())
              .build();
      assertThat(cost(more, tariff).total()).isGreaterThanOrEqualTo(cost(less, tariff).total());
    }
  }

  private static Usage randomUsage(Random random) {
    return Usage.builder()
        .input(random.nextInt(1_000_000))
        .cacheRead(random.nextInt(400_000))
        .cacheWrite(random.nextInt(50_000))
        .cacheWriteHour(random.nextInt(50_000))
        .audioInput(random.nextInt(10_000))
        .output(random.nextInt(200_000))
        .reasoning(random.nextInt(100_000))
        .build();
  }

  private static Rates randomRates(Random random) {
    Rates rates =
        Rates.EMPTY
            .with(Rate.INPUT, random.nextInt(600_000_000))
            .with(Rate.OUTPUT, random.nextInt(600_000_000));
    for (Rate kind : Rate.values()) {
      if (kind != Rate.INPUT && kind != Rate.OUTPUT && random.nextBoolean()) {
        rates = rates.with(kind, random.nextInt(600_000_000));
      }
    }
    return rates;
  }

  private static long reference(Usage u, Rates r) {
    BigDecimal sum = BigDecimal.ZERO;
    long uncached =
        Math.max(
            0, u.input() - u.cacheRead() - u.cacheWrite() - u.cacheWriteHour() - u.audioInput());
    sum = sum.add(product(uncached, r.of(Rate.INPUT)));
    sum = sum.add(product(u.audioInput(), r.of(Rate.AUDIO_INPUT, Rate.INPUT)));
    sum = sum.add(product(u.cacheRead(), r.of(Rate.CACHE_READ, Rate.INPUT)));
    long write = r.of(Rate.CACHE_WRITE, Rate.INPUT);
    long hour = r.of(Rate.CACHE_WRITE_HOUR);
    sum = sum.add(product(u.cacheWrite(), write));
    sum = sum.add(product(u.cacheWriteHour(), hour == Rates.NONE ? write : hour));
    sum = sum.add(product(Math.max(0, u.output() - u.reasoning()), r.of(Rate.OUTPUT)));
    sum = sum.add(product(u.reasoning(), r.of(Rate.REASONING, Rate.OUTPUT)));
    return sum.movePointLeft(3).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static BigDecimal product(long tokens, long price) {
    return BigDecimal.valueOf(tokens).multiply(BigDecimal.valueOf(price));
  }

  private static Usage tokens(long input, long output) {
    return Usage.builder().input(input).output(output).build();
  }

  private static Usage images(int count) {
    return Usage.builder().unit(Usage.Unit.IMAGE, count).build();
  }

  private static Tariff tariff(String rates) {
    return parsed("m\t" + rates);
  }

  private static Tariff parsed(String line) {
    return PriceLine.parse(line).tariff(Variant.STANDARD, DAY, 0, "2026-08-22");
  }

  private static Cost cost(Usage usage, Tariff tariff) {
    Cost cost = Bill.of(usage, tariff);
    assertThat(cost).isNotNull();
    return cost;
  }
}
