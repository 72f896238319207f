// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.BreakerSettings;
import io.headgate.resilience.Breaker.State;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private static final BreakerSettings SETTINGS =
      new BreakerSettings(0.5, 4, Duration.ofSeconds(10), Duration.ofSeconds(30), 2);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Breaker breaker = new Breaker(SETTINGS, nanos::get);

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(breaker.admit()).isTrue();
      breaker.failed();
    }
  }

  private void succeed(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(breaker.admit()).isTrue();
      breaker.succeeded();
    }
  }

  @Test
  void staysClosedWithTooFewCalls() {
    fail(3);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void opensAtTheRate() {
    succeed(2);
    fail(1);
    assertThat(breaker.admit()).isTrue();
    assertThat(breaker.failed()).isTrue();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.available()).isFalse();
    assertThat(breaker.admit()).isFalse();
  }

  @Test
  void whatWasCountedAgesAlsoWhenTheWindowChanges() {
    fail(3);
    breaker.settings(
        new BreakerSettings(0.5, 4, Duration.ofSeconds(1000), Duration.ofSeconds(30), 2));
    pass(2000);
    fail(3);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    breaker.settings(SETTINGS);
    pass(11);
    fail(3);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void aLongerWindowKeepsWhatWasCounted() {
    fail(3);
    breaker.settings(
        new BreakerSettings(0.5, 4, Duration.ofSeconds(1000), Duration.ofSeconds(30), 2));
    pass(50);
    fail(1);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void asManyHaveToSucceedAsWereAskedFor() {
    breaker.settings(
        new BreakerSettings(0.5, 4, Duration.ofSeconds(10), Duration.ofSeconds(30), 100));
    fail(4);
    pass(30);
    succeed(99);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    succeed(1);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void staysClosedBelowTheRate() {
    succeed(5);
    fail(4);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void forgetsWhatLeftTheWindow() {
    fail(3);
    pass(11);
    fail(1);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void countsWhatIsStillInTheWindow() {
    fail(2);
    pass(5);
    fail(2);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void letsAFewProbeAfterAWhile() {
    fail(4);
    pass(29);
    assertThat(breaker.admit()).isFalse();
    pass(1);
    assertThat(breaker.available()).isTrue();
    assertThat(breaker.admit()).isTrue();
    assertThat(breaker.admit()).isTrue();
    assertThat(breaker.admit()).isFalse();
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void opensAgainWhenAProbeFails() {
    fail(4);
    pass(30);
    fail(1);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.admit()).isFalse();
    pass(30);
    assertThat(breaker.admit()).isTrue();
  }

  @Test
  void opensUpStepByStepOnceProbesSucceed() {
    fail(4);
    pass(30);
    succeed(2);
    int admitted = 0;
    while (breaker.admit()) {
      admitted++;
    }
    assertThat(admitted).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      breaker.succeeded();
    }
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    fail(3);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void whatSaysNothingOfTheTargetGivesItsPlaceBack() {
    fail(4);
    pass(30);
    for (int i = 0; i < 10; i++) {
      assertThat(breaker.admit()).isTrue();
      breaker.released();
    }
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }
}
