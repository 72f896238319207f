// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private final AtomicLong nanos = new AtomicLong();
  private final RetryBudget budget = new RetryBudget(nanos::get);

  private int retriesIn(int calls, double ratio) {
    int retries = 0;
    for (int i = 0; i < calls; i++) {
      budget.deposit(ratio);
      // Every call fails, and would be tried twice more.
      retries += budget.take() ? 1 : 0;
      retries += budget.take() ? 1 : 0;
    }
    return retries;
  }

  @Test
  void inAnOutageRetriesAreAFifthOfTheCalls() {
    assertThat(retriesIn(1000, 0.2)).isBetween(195, 200 + RetryBudget.RESERVE);
  }

  @Test
  void aQuietAppCanRetry() {
    assertThat(retriesIn(1, 0.2)).isEqualTo(2);
  }

  @Test
  void theReserveFillsByOneASecondUpToItsSize() {
    while (budget.take()) {
      assertThat(nanos.get()).isZero();
    }
    nanos.addAndGet(2_000_000_000L);
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();
    nanos.addAndGet(3_600_000_000_000L);
    int taken = 0;
    while (budget.take()) {
      taken++;
    }
    assertThat(taken).isEqualTo(RetryBudget.RESERVE);
  }

  @Test
  void aRatioOfZeroLeavesTheReserveOnly() {
    assertThat(retriesIn(1000, 0)).isEqualTo(RetryBudget.RESERVE);
  }
}
