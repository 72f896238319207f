// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.List;
import java.util.Map;

/**
 * One point of a metric.
 *
 * @param kind {@code SUM}, {@code GAUGE} or {@code HISTOGRAM}
 * @param count how many values a histogram took; 1 for the other kinds
 * @param sum of a histogram's values; the value for the other kinds
 * @param bounds upper bounds of a histogram's buckets, without the last one; else empty
 * @param buckets counts, one more than there are bounds; else empty
 */
public record MetricPoint(
    String name,
    String unit,
    String kind,
    Map<String, Object> attributes,
    long count,
    double sum,
    List<Double> bounds,
    List<Long> buckets,
    Map<String, Object> resource) {}
