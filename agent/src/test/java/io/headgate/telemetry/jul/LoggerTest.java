// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry.jul;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoggerTest {

  private final List<String> written = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Lines lines = new Lines(written::add, nanos::get);
  private final Logger logger = Logger.of("io.opentelemetry.sdk.metrics.SdkMeter", lines);

  @Test
  void theSameLineIsWrittenOnceAMinute() {
    logger.log(Level.WARNING, "twice the same instrument");
    logger.log(Level.WARNING, "twice the same instrument");
    logger.warning("another");
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    logger.log(Level.WARNING, "twice the same instrument");

    assertThat(written)
        .containsExactly(
            "headgate: telemetry: twice the same instrument",
            "headgate: telemetry: another",
            "headgate: telemetry: twice the same instrument");
  }

  @Test
  void whatIsLessThanAWarningIsNotWritten() {
    logger.info("hello");
    logger.fine("hello");
    logger.log(Level.FINE, "hello", new Object[] {1});

    assertThat(written).isEmpty();
    assertThat(logger.isLoggable(Level.INFO)).isFalse();
    assertThat(logger.isLoggable(Level.SEVERE)).isTrue();
  }

  @Test
  void exportersAreLeftToThoseWhoWatchThem() {
    Logger exporter = Logger.of("io.opentelemetry.exporter.otlp.internal.HttpExporter", lines);
    exporter.log(Level.SEVERE, "failed", new IllegalStateException("no"));

    assertThat(written).isEmpty();
    assertThat(exporter.isLoggable(Level.SEVERE)).isFalse();
  }

  @Test
  void exceptionsAreNamedNotQuoted() {
    logger.log(Level.WARNING, "bad", new IllegalStateException("canary"));

    assertThat(written)
        .containsExactly("headgate: telemetry: bad (java.lang.IllegalStateException)");
  }
}
