// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A span that began before there was an SDK to begin it. What is done to it is done again to the
 * real one, in the same order and at the same times. It has no context until the real one has.
 */
final class LateSpan implements Span {

  private final Startup startup;
  private volatile @Nullable Span real;

  LateSpan(Startup startup) {
    this.startup = startup;
  }

  /** The real span has begun. */
  void begin(Span span) {
    real = span;
  }

  /** Not the real one as soon as there is one: what was done before may still wait. */
  private LateSpan step(Consumer<Span> step) {
    Span span = real;
    if (span != null && startup.over()) {
      step.accept(span);
    } else {
      startup.run(() -> now(step));
    }
    return this;
  }

  private void now(Consumer<Span> step) {
    Span span = real;
    if (span != null) {
      step.accept(span);
    }
  }

  @Override
  public <T> Span setAttribute(AttributeKey<T> key, @Nullable T value) {
    return value == null ? this : step(span -> span.setAttribute(key, value));
  }

  @Override
  public Span addEvent(String name, Attributes attributes) {
    Instant now = Instant.now();
    return step(span -> span.addEvent(name, attributes, now));
  }

  @Override
  public Span addEvent(String name, Attributes attributes, long timestamp, TimeUnit unit) {
    return step(span -> span.addEvent(name, attributes, timestamp, unit));
  }

  @Override
  public Span setStatus(StatusCode code, String description) {
    return step(span -> span.setStatus(code, description));
  }

  @Override
  public Span recordException(Throwable exception, Attributes attributes) {
    return step(span -> span.recordException(exception, attributes));
  }

  @Override
  public Span updateName(String name) {
    return step(span -> span.updateName(name));
  }

  @Override
  public void end() {
    Instant now = Instant.now();
    step(span -> span.end(now));
  }

  @Override
  public void end(long timestamp, TimeUnit unit) {
    step(span -> span.end(timestamp, unit));
  }

  @Override
  public SpanContext getSpanContext() {
    Span span = real;
    return span == null ? SpanContext.getInvalid() : span.getSpanContext();
  }

  /** Not known yet whether it will be, so all is told. */
  @Override
  public boolean isRecording() {
    Span span = real;
    return span == null || span.isRecording();
  }
}
