// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Notes what a span is to begin with, for a builder that is not there yet. */
final class LateSpanBuilder implements SpanBuilder {

  private final Startup startup;
  private final Supplier<SpanBuilder> real;
  private final List<Consumer<SpanBuilder>> steps = new ArrayList<>();
  private boolean timed;

  LateSpanBuilder(Startup startup, Supplier<SpanBuilder> real) {
    this.startup = startup;
    this.real = real;
  }

  private LateSpanBuilder step(Consumer<SpanBuilder> step) {
    steps.add(step);
    return this;
  }

  @Override
  public SpanBuilder setParent(Context context) {
    return step(builder -> builder.setParent(context));
  }

  @Override
  public SpanBuilder setNoParent() {
    return step(SpanBuilder::setNoParent);
  }

  @Override
  public SpanBuilder addLink(SpanContext context) {
    return step(builder -> builder.addLink(context));
  }

  @Override
  public SpanBuilder addLink(SpanContext context, Attributes attributes) {
    return step(builder -> builder.addLink(context, attributes));
  }

  @Override
  public SpanBuilder setAttribute(String key, @Nullable String value) {
    return value == null ? this : setAttribute(AttributeKey.stringKey(key), value);
  }

  @Override
  public SpanBuilder setAttribute(String key, long value) {
    return setAttribute(AttributeKey.longKey(key), value);
  }

  @Override
  public SpanBuilder setAttribute(String key, double value) {
    return setAttribute(AttributeKey.doubleKey(key), value);
  }

  @Override
  public SpanBuilder setAttribute(String key, boolean value) {
    return setAttribute(AttributeKey.booleanKey(key), value);
  }

  @Override
  public <T> SpanBuilder setAttribute(AttributeKey<T> key, @Nullable T value) {
    return value == null ? this : step(builder -> builder.setAttribute(key, value));
  }

  @Override
  public SpanBuilder setSpanKind(SpanKind kind) {
    return step(builder -> builder.setSpanKind(kind));
  }

  @Override
  public SpanBuilder setStartTimestamp(long timestamp, TimeUnit unit) {
    timed = true;
    return step(builder -> builder.setStartTimestamp(timestamp, unit));
  }

  @Override
  public Span startSpan() {
    if (!startup.admitsSpan()) {
      return Span.getInvalid();
    }
    if (!timed) {
      Instant now = Instant.now();
      step(builder -> builder.setStartTimestamp(now));
    }
    LateSpan span = new LateSpan(startup);
    startup.run(() -> span.begin(built()));
    return span;
  }

  private Span built() {
    SpanBuilder builder = real.get();
    for (Consumer<SpanBuilder> step : steps) {
      step.accept(builder);
    }
    return builder.startSpan();
  }
}
