// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.internal.OtlpMetricExporterProvider;
import io.opentelemetry.exporter.otlp.internal.OtlpSpanExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.ResourceProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import java.util.List;

/**
 * The parts the SDK may plug together, by name instead of by looking through the class path: what
 * lies there is the app's, and looking costs time at the first call.
 */
final class Components implements ComponentLoader {

  private final HttpSenderProvider senders = new BypassedSenders();

  @Override
  public <T> Iterable<T> load(Class<T> spi) {
    if (spi == HttpSenderProvider.class) {
      return List.of(spi.cast(senders));
    }
    if (spi == ConfigurableSpanExporterProvider.class) {
      return List.of(spi.cast(new OtlpSpanExporterProvider()));
    }
    if (spi == ConfigurableMetricExporterProvider.class) {
      return List.of(spi.cast(new OtlpMetricExporterProvider()));
    }
    if (spi == ResourceProvider.class) {
      return List.of(spi.cast(new ServiceName()));
    }
    return List.of();
  }
}
