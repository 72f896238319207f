// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import org.jspecify.annotations.Nullable;

/**
 * An OpenTelemetry whose SDK may still be on its way. Its spans are kept until then and started
 * with the time they really began at. It has no meters: {@link GenAiMetrics} asks the start-up.
 */
final class LateOpenTelemetry implements OpenTelemetry {

  private final Startup startup;

  LateOpenTelemetry(Startup startup) {
    this.startup = startup;
  }

  Startup startup() {
    return startup;
  }

  @Override
  public TracerProvider getTracerProvider() {
    return new Tracers(startup);
  }

  @Override
  public ContextPropagators getPropagators() {
    return ContextPropagators.noop();
  }

  private record Tracers(Startup startup) implements TracerProvider {
    @Override
    public Tracer get(String scope) {
      return new LateTracer(startup, scope, null);
    }

    @Override
    public Tracer get(String scope, String version) {
      return new LateTracer(startup, scope, version);
    }
  }

  private static final class LateTracer implements Tracer {
    private final Startup startup;
    private final String scope;
    private final @Nullable String version;
    private volatile @Nullable Tracer real;

    LateTracer(Startup startup, String scope, @Nullable String version) {
      this.startup = startup;
      this.scope = scope;
      this.version = version;
    }

    @Override
    public SpanBuilder spanBuilder(String name) {
      return startup.over()
          ? real().spanBuilder(name)
          : new LateSpanBuilder(startup, () -> real().spanBuilder(name));
    }

    /** Only once there is something to get it from. */
    private Tracer real() {
      Tracer known = real;
      if (known == null) {
        known =
            version == null
                ? startup.target().getTracer(scope)
                : startup.target().getTracer(scope, version);
        real = known;
      }
      return known;
    }
  }
}
