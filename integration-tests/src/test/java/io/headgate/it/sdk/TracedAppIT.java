// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.standin.SpanRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where our spans belong in the traces of an app that has an OpenTelemetry SDK. */
class TracedAppIT {

  private static SdkRun run;
  private static List<String> names;

  @BeforeAll
  static void runTheApp() throws IOException {
    run = SdkRun.of(TracedProbe.class, Map.of(), "io/opentelemetry/");
    names = new ArrayList<>(run.said().keySet());
    assertThat(run.logical()).hasSameSizeAs(names).hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk send", "jdk sendAsync", "okhttp execute", "urlconnection"})
  void callIsAChildOfTheAppsCurrentSpan(String client) {
    assertChild(client);
  }

  @Test
  void enqueuedCallIsAChildOfTheSpanThatWasCurrentThen() {
    assertChild("okhttp enqueue");
  }

  private static void assertChild(String client) {
    SpanRecord span = run.logical().get(names.indexOf(client));

    assertThat("200 " + span.traceId() + " " + span.parentSpanId())
        .isEqualTo(run.said().get(client));
  }

  @Test
  void traceparentOnTheRequestIsTheParentWhereNoSpanIsCurrent() {
    SpanRecord span = run.logical().get(names.indexOf("traceparent"));

    assertThat(span.traceId()).isEqualTo(TracedProbe.TRACE);
    assertThat(span.parentSpanId()).isEqualTo(TracedProbe.PARENT);
    assertThat(run.children(span)).hasSize(1);
  }

  @Test
  void callOutsideOfAnyTraceIsARoot() {
    SpanRecord span = run.logical().get(names.indexOf("neither"));

    assertThat(span.parentSpanId()).isEmpty();
    assertThat(run.logical().stream().filter(other -> other.traceId().equals(span.traceId())))
        .containsExactly(span);
  }

  @Test
  void requestsGoOutWithTheHeadersTheAppGaveThem() {
    assertThat(run.requests().get(0).header("traceparent")).isNull();
    assertThat(run.requests().get(names.indexOf("traceparent")).header("traceparent"))
        .isEqualTo("00-" + TracedProbe.TRACE + "-" + TracedProbe.PARENT + "-01");
  }
}
