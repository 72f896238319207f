// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.Headers;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the trace a request already belongs to from its headers: W3C Trace Context, B3 in both
 * forms, Datadog's. What is malformed is as if it were not there.
 */
final class TraceHeaders {

  private static final String NO_HIGH_BITS = "0000000000000000";

  private TraceHeaders() {}

  static @Nullable SpanContext read(Headers headers) {
    SpanContext found = w3c(headers);
    if (found == null) {
      found = b3Single(headers.first("b3"));
    }
    if (found == null) {
      found = b3Multi(headers);
    }
    return found == null ? datadog(headers) : found;
  }

  /** {@code 00-<trace>-<span>-<flags>}; later versions may go on after the flags. */
  private static @Nullable SpanContext w3c(Headers headers) {
    String header = headers.first("traceparent");
    if (header == null) {
      return null;
    }
    String text = header.trim();
    if (text.length() < 55
        || text.charAt(2) != '-'
        || text.charAt(35) != '-'
        || text.charAt(52) != '-'
        || text.startsWith("ff")
        || (text.length() > 55 && (text.startsWith("00") || text.charAt(55) != '-'))) {
      return null;
    }
    int high = Character.digit(text.charAt(53), 16);
    int low = Character.digit(text.charAt(54), 16);
    if (high < 0 || low < 0) {
      return null;
    }
    return context(
        text.substring(3, 35),
        text.substring(36, 52),
        TraceFlags.fromByte((byte) (high << 4 | low)),
        state(headers.all("tracestate")));
  }

  private static TraceState state(List<String> headers) {
    if (headers.isEmpty()) {
      return TraceState.getDefault();
    }
    String[] members = String.join(",", headers).split(",", -1);
    TraceStateBuilder builder = TraceState.builder();
    // The builder puts each entry in front of the others, and drops what is malformed.
    for (int i = Math.min(members.length, 32) - 1; i >= 0; i--) {
      int equals = members[i].indexOf('=');
      if (equals > 0) {
        builder.put(
            members[i].substring(0, equals).trim(), members[i].substring(equals + 1).trim());
      }
    }
    return builder.build();
  }

  /** {@code <trace>-<span>[-<sampled>[-<parent>]]}; a lone sampling decision names no span. */
  private static @Nullable SpanContext b3Single(@Nullable String header) {
    if (header == null) {
      return null;
    }
    String[] parts = header.trim().split("-", -1);
    return parts.length < 2 ? null : b3(parts[0], parts[1], parts.length > 2 ? parts[2] : null);
  }

  private static @Nullable SpanContext b3Multi(Headers headers) {
    String trace = headers.first("x-b3-traceid");
    String span = headers.first("x-b3-spanid");
    if (trace == null || span == null) {
      return null;
    }
    boolean debug = "1".equals(headers.first("x-b3-flags"));
    return b3(trace.trim(), span.trim(), debug ? "d" : headers.first("x-b3-sampled"));
  }

  /** An absent decision leaves it to the receiver, and we sample by default. */
  private static @Nullable SpanContext b3(String trace, String span, @Nullable String sampled) {
    boolean refused = sampled != null && (sampled.equals("0") || sampled.equalsIgnoreCase("false"));
    String full = trace.length() == 16 ? NO_HIGH_BITS + trace : trace;
    return context(
        full.toLowerCase(Locale.ROOT),
        span.toLowerCase(Locale.ROOT),
        flags(!refused),
        TraceState.getDefault());
  }

  /** Decimal numbers; the trace's upper half, if any, is in the tag {@code _dd.p.tid}. */
  private static @Nullable SpanContext datadog(Headers headers) {
    String trace = headers.first("x-datadog-trace-id");
    String span = headers.first("x-datadog-parent-id");
    if (trace == null || span == null) {
      return null;
    }
    try {
      String priority = headers.first("x-datadog-sampling-priority");
      boolean refused = priority != null && Integer.parseInt(priority.trim()) <= 0;
      return context(
          highBits(headers.first("x-datadog-tags")) + hex(trace),
          hex(span),
          flags(!refused),
          TraceState.getDefault());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String highBits(@Nullable String tags) {
    if (tags != null) {
      for (String tag : tags.split(",", -1)) {
        String trimmed = tag.trim();
        if (trimmed.startsWith("_dd.p.tid=") && trimmed.length() == 26) {
          return trimmed.substring(10);
        }
      }
    }
    return NO_HIGH_BITS;
  }

  private static String hex(String decimal) {
    return SpanId.fromLong(Long.parseUnsignedLong(decimal.trim()));
  }

  private static TraceFlags flags(boolean sampled) {
    return sampled ? TraceFlags.getSampled() : TraceFlags.getDefault();
  }

  private static @Nullable SpanContext context(
      String trace, String span, TraceFlags flags, TraceState state) {
    return TraceId.isValid(trace) && SpanId.isValid(span)
        ? SpanContext.createFromRemoteParent(trace, span, flags, state)
        : null;
  }
}
