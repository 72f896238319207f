// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Headers;
import io.opentelemetry.api.trace.SpanContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeadersTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void readsTraceContextWithItsState() {
    SpanContext found =
        read(
            "TraceParent",
            "00-" + TRACE + "-" + SPAN + "-01",
            "tracestate",
            "a=1, b=2",
            "tracestate",
            "c=3");

    assertThat(found.getTraceId()).isEqualTo(TRACE);
    assertThat(found.getSpanId()).isEqualTo(SPAN);
    assertThat(found.isSampled()).isTrue();
    assertThat(found.isRemote()).isTrue();
    assertThat(found.getTraceState().asMap().keySet()).containsExactly("a", "b", "c");
  }

  @Test
  void respectsADecisionNotToSample() {
    assertThat(read("traceparent", "00-" + TRACE + "-" + SPAN + "-00").isSampled()).isFalse();
    assertThat(read("b3", TRACE + "-" + SPAN + "-0").isSampled()).isFalse();
    assertThat(
            read("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-sampled", "false").isSampled())
        .isFalse();
    assertThat(
            read(
                    "x-datadog-trace-id",
                    "1",
                    "x-datadog-parent-id",
                    "2",
                    "x-datadog-sampling-priority",
                    "-1")
                .isSampled())
        .isFalse();
  }

  @Test
  void readsALaterVersionOfTraceContext() {
    assertThat(read("traceparent", "01-" + TRACE + "-" + SPAN + "-01-more").getSpanId())
        .isEqualTo(SPAN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-zz",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-xaf7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void ignoresMalformedTraceContext(String header) {
    assertThat(TraceHeaders.read(Headers.ofFlat("traceparent", header))).isNull();
  }

  @Test
  void readsBothFormsOfB3() {
    assertThat(read("b3", "8448EB211C80319C-" + SPAN + "-1").getTraceId())
        .isEqualTo("00000000000000008448eb211c80319c");
    SpanContext multi = read("X-B3-TraceId", TRACE, "X-B3-SpanId", SPAN, "X-B3-Flags", "1");
    assertThat(multi.getTraceId()).isEqualTo(TRACE);
    assertThat(multi.isSampled()).isTrue();
    assertThat(TraceHeaders.read(Headers.ofFlat("b3", "0"))).isNull();
  }

  @Test
  void readsDatadogWithTheUpperHalfOfTheTrace() {
    SpanContext found =
        read(
            "x-datadog-trace-id",
            "9532127138774266268",
            "x-datadog-parent-id",
            "13235353014750950193",
            "x-datadog-tags",
            "_dd.p.dm=-1,_dd.p.tid=0af7651916cd43dd");

    assertThat(found.getTraceId()).isEqualTo(TRACE);
    assertThat(found.getSpanId()).isEqualTo(SPAN);
    assertThat(
            TraceHeaders.read(
                Headers.ofFlat("x-datadog-trace-id", "many", "x-datadog-parent-id", "2")))
        .isNull();
  }

  @Test
  void traceContextBeatsTheOthers() {
    assertThat(
            read("b3", SPAN + "-" + SPAN, "traceparent", "00-" + TRACE + "-" + SPAN + "-01")
                .getTraceId())
        .isEqualTo(TRACE);
  }

  private static SpanContext read(String... headers) {
    SpanContext found = TraceHeaders.read(Headers.ofFlat(headers));
    assertThat(found).isNotNull();
    return found;
  }
}
