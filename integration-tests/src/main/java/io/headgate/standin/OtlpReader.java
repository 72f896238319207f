// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns OTLP's protobuf messages into plain records. */
final class OtlpReader {

  private static final int KIND_PREFIX = "SPAN_KIND_".length();
  private static final int STATUS_PREFIX = "STATUS_CODE_".length();

  private OtlpReader() {}

  static List<SpanRecord> spans(byte[] message) throws InvalidProtocolBufferException {
    List<SpanRecord> spans = new ArrayList<>();
    for (ResourceSpans resourceSpans :
        ExportTraceServiceRequest.parseFrom(message).getResourceSpansList()) {
      Map<String, Object> resource = attributes(resourceSpans.getResource().getAttributesList());
      for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
        for (Span span : scopeSpans.getSpansList()) {
          spans.add(span(span, scopeSpans.getScope().getName(), resource));
        }
      }
    }
    return spans;
  }

  private static SpanRecord span(Span span, String scope, Map<String, Object> resource) {
    List<SpanRecord.Event> events = new ArrayList<>();
    for (Span.Event event : span.getEventsList()) {
      events.add(
          new SpanRecord.Event(
              event.getName(), event.getTimeUnixNano(), attributes(event.getAttributesList())));
    }
    return new SpanRecord(
        span.getName(),
        span.getKind().name().substring(KIND_PREFIX),
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        attributes(span.getAttributesList()),
        List.copyOf(events),
        span.getStatus().getCode().name().substring(STATUS_PREFIX),
        span.getStatus().getMessage(),
        scope,
        resource,
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano());
  }

  static List<MetricPoint> metrics(byte[] message) throws InvalidProtocolBufferException {
    List<MetricPoint> points = new ArrayList<>();
    for (ResourceMetrics resourceMetrics :
        ExportMetricsServiceRequest.parseFrom(message).getResourceMetricsList()) {
      Map<String, Object> resource = attributes(resourceMetrics.getResource().getAttributesList());
      for (ScopeMetrics scopeMetrics : resourceMetrics.getScopeMetricsList()) {
        for (Metric metric : scopeMetrics.getMetricsList()) {
          for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
            points.add(
                new MetricPoint(
                    metric.getName(),
                    metric.getUnit(),
                    "HISTOGRAM",
                    attributes(point.getAttributesList()),
                    point.getCount(),
                    point.getSum(),
                    List.copyOf(point.getExplicitBoundsList()),
                    List.copyOf(point.getBucketCountsList()),
                    resource));
          }
          numbers(metric, "SUM", metric.getSum().getDataPointsList(), resource, points);
          numbers(metric, "GAUGE", metric.getGauge().getDataPointsList(), resource, points);
        }
      }
    }
    return points;
  }

  private static void numbers(
      Metric metric,
      String kind,
      List<NumberDataPoint> from,
      Map<String, Object> resource,
      List<MetricPoint> to) {
    for (NumberDataPoint point : from) {
      to.add(
          new MetricPoint(
              metric.getName(),
              metric.getUnit(),
              kind,
              attributes(point.getAttributesList()),
              1,
              point.hasAsInt() ? point.getAsInt() : point.getAsDouble(),
              List.of(),
              List.of(),
              resource));
    }
  }

  private static Map<String, Object> attributes(List<KeyValue> keyValues) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (KeyValue keyValue : keyValues) {
      attributes.put(keyValue.getKey(), value(keyValue.getValue()));
    }
    return attributes;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE -> {
        List<Object> elements = new ArrayList<>();
        for (AnyValue element : value.getArrayValue().getValuesList()) {
          elements.add(value(element));
        }
        yield List.copyOf(elements);
      }
      case KVLIST_VALUE -> attributes(value.getKvlistValue().getValuesList());
      default -> value.toString();
    };
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
