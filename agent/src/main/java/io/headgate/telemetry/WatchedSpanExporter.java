// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/** A span exporter whose results are watched. */
final class WatchedSpanExporter implements SpanExporter {

  private final SpanExporter exporter;
  private final ExportState state;

  WatchedSpanExporter(SpanExporter exporter, ExportState state) {
    this.exporter = exporter;
    this.state = state;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    return state.watch(exporter.export(spans));
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    state.close();
    return exporter.shutdown();
  }

  @Override
  public String toString() {
    return exporter.toString();
  }
}
