// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.headgate.gateway.Ingress;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {

  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private final Map<String, String> settings = new HashMap<>();
  private volatile int status = 200;
  private HttpServer collector;

  @BeforeEach
  void startCollector() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          bodies.merge(
              exchange.getRequestURI().getPath(),
              new String(body, StandardCharsets.ISO_8859_1),
              String::concat);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    collector.start();
    settings.put(
        "otel.exporter.otlp.endpoint",
        "http://user:canary@127.0.0.1:" + collector.getAddress().getPort());
    settings.put("otel.java.exporter.otlp.retry.disabled", "true");
  }

  @AfterEach
  void stop() {
    collector.stop(0);
    GlobalOpenTelemetry.resetForTest();
  }

  private Telemetry open() {
    return Telemetry.open("staging", settings, notices::add, (stage, fault) -> faults.add(fault));
  }

  @Test
  void ownSdkExportsSpansAndMetricsAndLeavesTheGlobalAlone() {
    Telemetry telemetry = open();
    OpenTelemetry otel = telemetry.openTelemetry();
    assertThat(telemetry.sdk(60_000)).isNotNull();
    otel.getTracer("t").spanBuilder("chat canary-span").startSpan().end();
    flush(telemetry);
    assertThat(bodies).as("metrics without a measurement").doesNotContainKey("/v1/metrics");
    new GenAiMetrics(otel, (provider, model) -> true).internalError("test");
    flush(telemetry);
    telemetry.close();

    assertThat(faults).isEmpty();
    assertThat(telemetry.shared()).isFalse();
    assertThat(GlobalOpenTelemetry.isSet()).isFalse();
    assertThat(bodies.get("/v1/traces")).contains("chat canary-span", "staging", "headgate");
    assertThat(bodies.get("/v1/metrics"))
        .contains("headgate.internal.errors")
        .doesNotContain("processedSpans", "otlp.exporter", "otel.sdk");
    assertThat(bodies).doesNotContainKey("/v1/logs");
    assertThat(notices).isEmpty();
  }

  @Test
  void callsDoNotWaitForTheSdkAndAreExportedAllTheSame() {
    CountDownLatch called = new CountDownLatch(1);
    settings.put("otel.metrics.exporter", "none");
    settings.put("otel.exporter.otlp.protocol", "grpc");
    // Told while the SDK is being built, which goes on only after the call.
    Telemetry telemetry =
        Telemetry.open(
            "staging", settings, line -> await(called), (stage, fault) -> faults.add(fault));
    telemetry.openTelemetry().getTracer("t").spanBuilder("canary-early").startSpan().end();
    assertThat(telemetry.sdk(0)).isNull();
    called.countDown();
    flush(telemetry);
    telemetry.close();

    assertThat(faults).isEmpty();
    assertThat(bodies.get("/v1/traces")).contains("canary-early");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void exportsAreNotTakenForCalls() {
    List<String> handled = new CopyOnWriteArrayList<>();
    settings.put("otel.metrics.exporter", "none");
    Telemetry telemetry = open();
    Thread probe = Telemetry.threads("probe").newThread(() -> handled.add("" + Ingress.bypassed()));
    probe.start();
    join(probe);
    telemetry.close();

    assertThat(handled).containsExactly("true");
  }

  @Test
  void aCollectorThatRefusesIsToldOncePerChange() {
    settings.put("otel.metrics.exporter", "none");
    Telemetry telemetry = open();
    OpenTelemetrySdk sdk = telemetry.sdk(60_000);
    status = 500;
    export(sdk);
    export(sdk);
    status = 200;
    export(sdk);
    export(sdk);
    telemetry.close();

    String port = "127.0.0.1:" + collector.getAddress().getPort();
    assertThat(notices)
        .containsExactly(
            "spans are not accepted by " + port + " and are dropped until they are",
            "spans are accepted by " + port + " again");
  }

  /** Before closing, which gives up after a second and a busy machine may need longer. */
  private static void flush(Telemetry telemetry) {
    OpenTelemetrySdk sdk = telemetry.sdk(60_000);
    sdk.getSdkTracerProvider().forceFlush().join(30, TimeUnit.SECONDS);
    sdk.getSdkMeterProvider().forceFlush().join(30, TimeUnit.SECONDS);
  }

  private static void export(OpenTelemetrySdk sdk) {
    sdk.getTracer("t").spanBuilder("s").startSpan().end();
    sdk.getSdkTracerProvider().forceFlush().join(30, TimeUnit.SECONDS);
  }

  @Test
  void settingsMeantForOtherSdksAreReplacedAndTold() {
    settings.put("otel.exporter.otlp.protocol", "grpc");
    settings.put("otel.traces.exporter", "otlp,zipkin");
    settings.put("otel.metrics.exporter", "prometheus");
    settings.put("otel.traces.sampler", "jaeger_remote");
    settings.put("otel.propagators", "xray");
    settings.put("otel.config.file", "missing.yaml");
    Telemetry telemetry = open();
    telemetry.openTelemetry().getTracer("t").spanBuilder("still-here").startSpan().end();
    flush(telemetry);
    telemetry.close();

    assertThat(faults).isEmpty();
    assertThat(bodies.get("/v1/traces")).contains("still-here");
    assertThat(notices)
        .containsExactlyInAnyOrder(
            "OTEL_EXPORTER_OTLP_PROTOCOL=grpc is not supported; http/protobuf is used instead",
            "OTEL_TRACES_EXPORTER=otlp,zipkin is not supported; otlp is used instead",
            "OTEL_METRICS_EXPORTER=prometheus is not supported; none is used instead",
            "OTEL_TRACES_SAMPLER=jaeger_remote is not supported; parentbased_always_on is used"
                + " instead");
  }

  @Test
  void aDisabledSdkEmitsNothing() {
    settings.put("otel.sdk.disabled", "true");
    Telemetry telemetry = open();
    telemetry.openTelemetry().getTracer("t").spanBuilder("s").startSpan().end();
    telemetry.close();

    assertThat(faults).isEmpty();
    assertThat(bodies).isEmpty();
  }

  @Test
  void nonsenseInTheSettingsLeavesTheAppWithoutTelemetry() {
    settings.put("otel.bsp.schedule.delay", "soon");
    Telemetry telemetry = open();

    assertThat(telemetry.sdk(60_000)).isNull();
    assertThat(faults).hasSize(1);
    assertThat(notices).isEmpty();
    assertThat(telemetry.openTelemetry().getTracer("t").spanBuilder("s").startSpan().isRecording())
        .isFalse();
    telemetry.close();
  }

  @Test
  void anotherAgentsOpenTelemetryIsUsedWhereThereIsOne() {
    OpenTelemetrySdk host = OpenTelemetrySdk.builder().build();
    GlobalOpenTelemetry.set(host);
    Telemetry telemetry = open();

    assertThat(telemetry.shared()).isTrue();
    assertThat(telemetry.openTelemetry()).isSameAs(GlobalOpenTelemetry.get());
    telemetry.close();
    assertThat(host.getSdkTracerProvider().get("t").spanBuilder("s").startSpan().isRecording())
        .isTrue();
    host.close();
  }

  @Test
  void openingKeepsAnInterruptForTheApp() {
    Thread.currentThread().interrupt();
    Telemetry telemetry = open();
    assertThat(telemetry.sdk(60_000)).isNotNull();
    assertThat(Thread.interrupted()).isTrue();
    telemetry.close();
  }

  @Test
  void threadsInheritNothing() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("app");
    List<String> seen = new CopyOnWriteArrayList<>();
    Thread thread = Telemetry.threads("t").newThread(() -> seen.add("" + local.get()));
    ClassLoader loader = thread.getContextClassLoader();
    thread.start();
    thread.join();

    assertThat(seen).containsExactly("null");
    assertThat(thread.isDaemon()).isTrue();
    assertThat(loader).isSameAs(Telemetry.class.getClassLoader());
  }

  @Test
  void servicesAreNamedByJarOrMainClass() {
    String spaced = "/opt/my app/shop-1.2.jar";
    assertThat(ServiceName.ofCommand(spaced + " --port 8080", spaced)).isEqualTo("shop-1.2");
    assertThat(ServiceName.ofCommand(spaced + " x", spaced + File.pathSeparator + "/a/agent.jar"))
        .isEqualTo("shop-1.2");
    assertThat(ServiceName.ofCommand("shop.war", "shop.war")).isEqualTo("shop");
    assertThat(ServiceName.ofCommand("apps\\shop.jar", "apps\\shop.jar")).isEqualTo("shop");
    assertThat(ServiceName.ofCommand("apps/shop.jar 1", null)).isEqualTo("shop");
    assertThat(ServiceName.ofCommand("com.acme.Shop /data/plugin.jar", "lib.jar"))
        .isEqualTo("Shop");
    assertThat(ServiceName.ofCommand("com.acme/com.acme.Shop", "")).isEqualTo("Shop");
    assertThat(ServiceName.ofCommand(" ", "")).isNull();
    assertThat(ServiceName.ofCommand(null, null)).isNull();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
