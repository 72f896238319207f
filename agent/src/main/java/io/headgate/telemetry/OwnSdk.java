// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Builds the SDK that is ours alone: known to no global, flushed by nobody but us. */
final class OwnSdk {

  /** The SDK's meters for itself: what they tell of our exporter is no news of the app. */
  private static final List<String> SELF_METERS =
      List.of(
          "io.opentelemetry.sdk.trace",
          "io.opentelemetry.sdk.metrics",
          "io.opentelemetry.exporters.otlp-http");

  private final String environment;
  private final Map<String, String> overrides;
  private final Consumer<String> notices;

  OwnSdk(String environment, Map<String, String> overrides, Consumer<String> notices) {
    this.environment = environment;
    this.overrides = overrides;
    this.notices = notices;
  }

  OpenTelemetrySdk build() {
    OtelSettings settings = new OtelSettings(notices);
    return AutoConfiguredOpenTelemetrySdk.builder()
        .setComponentLoader(new Components())
        .disableShutdownHook()
        .addPropertiesSupplier(OtelSettings::defaults)
        .addPropertiesCustomizer(config -> overrides)
        .addPropertiesCustomizer(settings::replacements)
        .addResourceCustomizer((resource, config) -> resource.merge(about(resource)))
        .addMeterProviderCustomizer((builder, config) -> withoutSelf(builder))
        .addSpanExporterCustomizer(
            (exporter, config) ->
                new WatchedSpanExporter(exporter, state("spans", "traces", config)))
        .addMetricExporterCustomizer(
            (exporter, config) ->
                new WatchedMetricExporter(exporter, state("metrics", "metrics", config)))
        .build()
        .getOpenTelemetrySdk();
  }

  private ExportState state(String what, String signal, ConfigProperties config) {
    return new ExportState(what, OtelSettings.endpoint(config, signal), notices);
  }

  private Resource about(Resource resource) {
    ResourceBuilder builder = Resource.builder().put("telemetry.distro.name", "headgate");
    String version = OwnSdk.class.getPackage().getImplementationVersion();
    if (version != null) {
      builder.put("telemetry.distro.version", version);
    }
    AttributeKey<String> key = AttributeKey.stringKey("deployment.environment.name");
    if (!environment.isEmpty() && resource.getAttribute(key) == null) {
      builder.put(key, environment);
    }
    return builder.build();
  }

  private static SdkMeterProviderBuilder withoutSelf(SdkMeterProviderBuilder builder) {
    View drop = View.builder().setAggregation(Aggregation.drop()).build();
    for (String meter : SELF_METERS) {
      builder.registerView(InstrumentSelector.builder().setMeterName(meter).build(), drop);
    }
    return builder;
  }
}
