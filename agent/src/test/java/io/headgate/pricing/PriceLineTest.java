// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PriceLineTest {

  private static final LocalDate DAY = LocalDate.of(2026, 8, 22);

  @Test
  void readsEveryKindOfColumn() {
    Price price =
        PriceLine.parse(
            "m\tin 2 out 8 read 0.5\tbatch in 1 out 4\tover 100 in 4\tuntil 2026-01-01 in 3"
                + "\tfrom 2027-01-01 out 9\tper image~ 0.04 search-k 10\treleased 2025-01-01"
                + "\talso n o\tdisputed");
    assertThat(price.base().of(Rate.INPUT)).isEqualTo(2_000_000);
    assertThat(price.base().of(Rate.CACHE_READ)).isEqualTo(500_000);
    assertThat(price.variants()).containsOnlyKeys(Variant.BATCH);
    assertThat(price.tiers()).hasSize(1);
    assertThat(price.changes()).hasSize(2);
    assertThat(price.pieces().of(Usage.Unit.WEB_SEARCH))
        .isEqualByComparingTo(new BigDecimal("0.01"));
    assertThat(price.pieces().rough()).containsExactly(Usage.Unit.IMAGE);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> PriceLine.parse("m\tin 2\tbulk in 1")).hasMessageContaining("bulk");
    assertThatThrownBy(() -> PriceLine.parse("m\tinput 2")).hasMessageContaining("input");
    assertThatThrownBy(() -> PriceLine.parse("m\t-\tper page 2")).hasMessageContaining("page");
    assertThatThrownBy(() -> PriceLine.parse("m")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pricesHoldOnTheirDays() {
    Price price =
        PriceLine.parse(
            "m\tin 2\tuntil 2024-01-01 in 5\tuntil 2025-01-01 in 4"
                + "\tfrom 2027-01-01 in 3\tfrom 2028-01-01 in 1");
    assertThat(inputOn(price, "2023-12-31")).isEqualTo(5_000_000);
    assertThat(inputOn(price, "2024-01-01")).isEqualTo(4_000_000);
    assertThat(inputOn(price, "2025-01-01")).isEqualTo(2_000_000);
    assertThat(inputOn(price, "2026-12-31")).isEqualTo(2_000_000);
    assertThat(inputOn(price, "2027-01-01")).isEqualTo(3_000_000);
    assertThat(inputOn(price, "2030-01-01")).isEqualTo(1_000_000);
  }

  @Test
  void variantsAndTiersMoveWithTheBasePrice() {
    Price price =
        PriceLine.parse("m\tin 2 out 8\tbatch in 1 out 4\tover 100 in 3\tfrom 2027-01-01 in 4");
    LocalDate later = LocalDate.of(2027, 1, 1);
    Tariff batch = price.tariff(Variant.BATCH, later, 0, "");
    assertThat(batch.ratesFor(1).of(Rate.INPUT)).isEqualTo(2_000_000);
    assertThat(batch.ratesFor(1).of(Rate.OUTPUT)).isEqualTo(4_000_000);
    Tariff standard = price.tariff(Variant.STANDARD, later, 0, "");
    assertThat(standard.ratesFor(101).of(Rate.INPUT)).isEqualTo(6_000_000);
  }

  @Test
  void theHighestTierExceededCounts() {
    Tariff tariff =
        PriceLine.parse("m\tin 1 out 5\tover 100 in 2\tover 200 in 3")
            .tariff(Variant.STANDARD, DAY, 0, "");
    assertThat(tariff.ratesFor(100).of(Rate.INPUT)).isEqualTo(1_000_000);
    assertThat(tariff.ratesFor(101).of(Rate.INPUT)).isEqualTo(2_000_000);
    assertThat(tariff.ratesFor(200).of(Rate.INPUT)).isEqualTo(2_000_000);
    assertThat(tariff.ratesFor(201).of(Rate.INPUT)).isEqualTo(3_000_000);
    assertThat(tariff.ratesFor(201).of(Rate.OUTPUT)).isEqualTo(5_000_000);
  }

  @Test
  void aVariantIsCompletedInProportion() {
    Tariff batch =
        PriceLine.parse("m\tin 3 out 15 read 0.3 write1h 6 think 20\tbatch in 1.5 out 7.5")
            .tariff(Variant.BATCH, DAY, 0, "");
    assertThat(batch.loose()).isFalse();
    assertThat(batch.ratesFor(0).of(Rate.CACHE_READ)).isEqualTo(150_000);
    assertThat(batch.ratesFor(0).of(Rate.CACHE_WRITE_HOUR)).isEqualTo(3_000_000);
    assertThat(batch.ratesFor(0).of(Rate.REASONING)).isEqualTo(10_000_000);
    assertThat(batch.ratesFor(0).of(Rate.CACHE_WRITE)).isEqualTo(Rates.NONE);
  }

  @Test
  void aVariantWithoutAPriceIsTheStandardOneAndLoose() {
    Price price = PriceLine.parse("m\tin 3 out 15");
    Tariff flex = price.tariff(Variant.FLEX, DAY, 0, "");
    assertThat(flex.loose()).isTrue();
    assertThat(flex.ratesFor(0).of(Rate.INPUT)).isEqualTo(3_000_000);
    Tariff batch = price.tariff(Variant.BATCH, DAY, 500_000, "");
    assertThat(batch.loose()).isFalse();
    assertThat(batch.ratesFor(0).of(Rate.INPUT)).isEqualTo(1_500_000);
  }

  private static long inputOn(Price price, String day) {
    return price.tariff(Variant.STANDARD, LocalDate.parse(day), 0, "").ratesFor(0).of(Rate.INPUT);
  }
}
