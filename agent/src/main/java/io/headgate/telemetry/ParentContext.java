// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.Captured;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.Headers;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Finds the span that a call belongs under. Asked on the thread that makes the call, since later
 * ones know nothing of it. In order: the context of the OpenTelemetry we share with the app's
 * agent; the current span of the OpenTelemetry API the app itself uses; {@code traceparent}, B3 or
 * Datadog headers on the request; else the call is a root. Nothing is written to the request.
 */
public final class ParentContext {

  private final boolean shared;
  private final AppSpans appSpans = new AppSpans();

  /**
   * @param shared whether our OpenTelemetry is one that the app's agent provides
   */
  public ParentContext(boolean shared) {
    this.shared = shared;
  }

  /** Whether our spans shall be current while they run, so that others' become their children. */
  public boolean shared() {
    return shared;
  }

  /**
   * The current span of this thread, for a call that another thread will run; null if there is
   * none.
   *
   * @param loader through which the app's own OpenTelemetry API can be found
   */
  public @Nullable Object ofThread(@Nullable ClassLoader loader) {
    Context found = capture(Headers.EMPTY, loader);
    return found == Context.root() ? null : found;
  }

  /** The context for the span of a call: what was captured where it was made, or what is here. */
  Context of(Exchange exchange) {
    Object parent = exchange.callSite().parent();
    if (parent instanceof Captured captured) {
      parent = captured.parent();
    }
    return parent instanceof Context context
        ? context
        : capture(exchange.original().headers(), exchange.callSite().loader());
  }

  /**
   * The context for a new span.
   *
   * @param loader through which the app's own OpenTelemetry API can be found
   */
  Context capture(Headers headers, @Nullable ClassLoader loader) {
    Context base = Context.root();
    if (shared) {
      base = Context.current();
      if (Span.fromContext(base).getSpanContext().isValid()) {
        return base;
      }
    }
    SpanContext found = appSpans.current(loader);
    if (found == null) {
      ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
      if (ofThread != loader) {
        found = appSpans.current(ofThread);
      }
    }
    if (found == null) {
      found = TraceHeaders.read(headers);
    }
    return found == null ? base : base.with(Span.wrap(found));
  }
}
