// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The {@code OTEL_*} settings as our SDK can take them. They may be meant for another SDK in the
 * same process that has more on board, and where ours does not know a value it would refuse to
 * start; so the value is replaced, and said once.
 */
final class OtelSettings {

  private static final Set<String> SAMPLERS =
      Set.of(
          "always_on",
          "always_off",
          "traceidratio",
          "parentbased_always_on",
          "parentbased_always_off",
          "parentbased_traceidratio");

  private final Consumer<String> notices;

  OtelSettings(Consumer<String> notices) {
    this.notices = notices;
  }

  /** What holds where nothing is set. */
  static Map<String, String> defaults() {
    return Map.of(
        "otel.exporter.otlp.protocol", "http/protobuf",
        "otel.traces.exporter", "otlp",
        "otel.metrics.exporter", "otlp");
  }

  /** What replaces settings that our SDK cannot use. */
  Map<String, String> replacements(ConfigProperties config) {
    Map<String, String> replaced = new HashMap<>();
    for (String signal : List.of("", "traces.", "metrics.")) {
      protocol(config, "otel.exporter.otlp." + signal + "protocol", replaced);
    }
    exporter(config, "otel.traces.exporter", replaced);
    exporter(config, "otel.metrics.exporter", replaced);
    String sampler = config.getString("otel.traces.sampler");
    if (sampler != null && !SAMPLERS.contains(sampler)) {
      say("otel.traces.sampler", sampler, "parentbased_always_on");
      replaced.put("otel.traces.sampler", "parentbased_always_on");
      replaced.put("otel.traces.sampler.arg", "");
    }
    // We emit no logs and write no headers, and a file describes an SDK with other parts.
    replaced.put("otel.logs.exporter", "none");
    replaced.put("otel.propagators", "none");
    replaced.put("otel.config.file", "");
    replaced.put("otel.experimental.config.file", "");
    replaced.put("otel.java.enabled.resource.providers", "");
    replaced.put("otel.java.disabled.resource.providers", "");
    return replaced;
  }

  private void protocol(ConfigProperties config, String key, Map<String, String> replaced) {
    String protocol = config.getString(key);
    if (protocol != null && !protocol.equals("http/protobuf")) {
      say(key, protocol, "http/protobuf");
      replaced.put(key, "http/protobuf");
    }
  }

  private void exporter(ConfigProperties config, String key, Map<String, String> replaced) {
    List<String> wanted = config.getList(key);
    if (wanted.isEmpty() || wanted.equals(List.of("otlp")) || wanted.equals(List.of("none"))) {
      return;
    }
    String usable = wanted.contains("otlp") ? "otlp" : "none";
    say(key, String.join(",", wanted), usable);
    replaced.put(key, usable);
  }

  private void say(String key, String value, String instead) {
    String variable = key.toUpperCase(Locale.ROOT).replace('.', '_');
    notices.accept(variable + "=" + value + " is not supported; " + instead + " is used instead");
  }

  /** Where a signal goes, fit to be printed: host and port, neither user nor path. */
  static String endpoint(ConfigProperties config, String signal) {
    String own = config.getString("otel.exporter.otlp." + signal + ".endpoint");
    String text = own != null ? own : config.getString("otel.exporter.otlp.endpoint");
    return text == null ? "localhost:4318" : printable(text);
  }

  private static String printable(@Nullable String text) {
    try {
      URI uri = URI.create(String.valueOf(text));
      int port = Server.port(uri);
      return uri.getHost() == null ? "the collector" : uri.getHost() + (port < 0 ? "" : ":" + port);
    } catch (IllegalArgumentException e) {
      return "the collector";
    }
  }
}
