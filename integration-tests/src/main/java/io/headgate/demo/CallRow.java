// SPDX-License-Identifier: Apache-2.0
package io.headgate.demo;

import io.headgate.standin.SpanRecord;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call's span says, read by the published attribute names only. Counts that were not sent
 * are -1, amounts not a number.
 *
 * @param answered the model that answered; null if none did
 * @param error null if the call went well
 * @param firstChunkMillis not a number if the call was not streamed
 * @param estimated whether tokens were counted on this side because the host sent none
 */
record CallRow(
    String operation,
    String provider,
    String model,
    @Nullable String answered,
    @Nullable String error,
    boolean streamed,
    long input,
    long cached,
    long output,
    double cost,
    boolean estimated,
    double millis,
    double firstChunkMillis,
    String traceId) {

  /** One row for each logical call, in the order they were made; attempts have no row. */
  static List<CallRow> of(List<SpanRecord> spans) {
    return spans.stream()
        .filter(span -> span.attribute("gen_ai.operation.name") != null)
        .sorted(Comparator.comparingLong(SpanRecord::startNanos))
        .map(CallRow::of)
        .toList();
  }

  private static CallRow of(SpanRecord span) {
    return new CallRow(
        or(span.text("gen_ai.operation.name"), "?"),
        or(span.text("gen_ai.provider.name"), "?"),
        or(span.text("gen_ai.request.model"), "?"),
        span.text("gen_ai.response.model"),
        span.status().equals("ERROR") ? or(span.text("error.type"), "error") : null,
        Boolean.TRUE.equals(span.attribute("gen_ai.request.stream")),
        span.number("gen_ai.usage.input_tokens"),
        span.number("gen_ai.usage.cache_read.input_tokens"),
        span.number("gen_ai.usage.output_tokens"),
        span.decimal("gen_ai.usage.cost"),
        "estimated".equals(span.text("headgate.cost.source")),
        span.durationMillis(),
        span.decimal("gen_ai.response.time_to_first_chunk") * 1000,
        span.traceId());
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
