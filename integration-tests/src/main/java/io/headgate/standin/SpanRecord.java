// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One span as it was exported.
 *
 * @param kind {@code CLIENT}, {@code SERVER}, {@code INTERNAL}, {@code PRODUCER}, {@code CONSUMER}
 *     or {@code UNSPECIFIED}
 * @param traceId in hex
 * @param spanId in hex
 * @param parentSpanId in hex; empty for a root
 * @param attributes String, Boolean, Long, Double, or a List of these
 * @param status {@code UNSET}, {@code OK} or {@code ERROR}
 * @param scope name of the instrumentation scope
 * @param resource attributes of the resource
 * @param startNanos since the epoch
 * @param endNanos since the epoch
 */
public record SpanRecord(
    String name,
    String kind,
    String traceId,
    String spanId,
    String parentSpanId,
    Map<String, Object> attributes,
    List<Event> events,
    String status,
    String statusMessage,
    String scope,
    Map<String, Object> resource,
    long startNanos,
    long endNanos) {

  /** An event on a span; {@code timeNanos} since the epoch. */
  public record Event(String name, long timeNanos, Map<String, Object> attributes) {}

  public @Nullable Object attribute(String key) {
    return attributes.get(key);
  }

  /** An attribute as text; null if it is not there. */
  public @Nullable String text(String key) {
    Object value = attributes.get(key);
    return value == null ? null : value.toString();
  }

  /** A whole number; -1 if it is not there. */
  public long number(String key) {
    return attributes.get(key) instanceof Number number ? number.longValue() : -1;
  }

  /** A decimal number; not a number if it is not there. */
  public double decimal(String key) {
    return attributes.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  public double durationMillis() {
    return (endNanos - startNanos) / 1e6;
  }

  public boolean isChildOf(SpanRecord other) {
    return parentSpanId.equals(other.spanId) && traceId.equals(other.traceId);
  }
}
