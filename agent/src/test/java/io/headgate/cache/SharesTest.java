// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {

  @Test
  void sharesAreAllOfIt() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      BigDecimal number = BigDecimal.valueOf(random.nextInt(100_000), random.nextInt(8));
      long[] weights = random.longs(1 + random.nextInt(20), 1, 5_000).toArray();
      BigDecimal[] shares = Objects.requireNonNull(Shares.of(number, weights));
      assertThat(Arrays.stream(shares).reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(number);
      assertThat(shares).allMatch(share -> share.signum() >= 0);
      assertThat(shares).allMatch(share -> share.scale() == number.scale());
    }
  }

  @Test
  void sharesFollowTheWeights() {
    assertThat(Shares.of(100, new long[] {1, 1, 2})).containsExactly(25, 25, 50);
    assertThat(Shares.of(7, new long[] {3, 4})).containsExactly(3, 4);
    assertThat(Shares.of(1, new long[] {1, 3})).containsExactly(0, 1);
  }

  @Test
  void absurdNumbersAreNotShared() {
    assertThat(Shares.of(new BigDecimal("1e999999"), new long[] {1, 1})).isNull();
    assertThat(Shares.of(new BigDecimal("-1"), new long[] {1, 1})).isNull();
  }
}
