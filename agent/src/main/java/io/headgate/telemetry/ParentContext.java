// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.Captured;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Finds the span that a call belongs under. Asked on the thread that makes the call, since later
 * ones know nothing of it. In order: the context of the OpenTelemetry we share with the app's
 * agent; the current span of the OpenTelemetry API the app itself uses; {@code traceparent}, B3 or
 * Datadog headers on the request; else the call is a root. Nothing is written to the request.
 */
public final class ParentContext {

  /** What the parent span describes. */
  private static final ContextKey<OtherGenAi.Described> COVERED =
      ContextKey.named("headgate-covered");

  private final boolean shared;
  private final OtherGenAi others;
  private final AppSpans appSpans = new AppSpans();

  /**
   * @param shared whether our OpenTelemetry is one that the app's agent provides
   */
  public ParentContext(boolean shared) {
    this(shared, shared ? OtherGenAi.ofAgent() : new OtherGenAi(() -> null));
  }

  ParentContext(boolean shared, OtherGenAi others) {
    this.shared = shared;
    this.others = others;
  }

  /**
   * Whether the span of this context, as it was found for a call, is another agent's for the very
   * same call.
   *
   * @param model null if it is not known
   */
  static boolean covered(Context parent, String operation, @Nullable String model) {
    OtherGenAi.Described described = parent.get(COVERED);
    return described != null && described.is(operation, model);
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

  /** What is current on this thread, if others' spans are to become children of it; else null. */
  public @Nullable Object current() {
    try {
      return shared ? Context.current() : null;
    } catch (Throwable t) {
      return null; // Their spans have another parent then.
    }
  }

  /** Makes what {@link #current} gave current on this thread, until it is closed. Never throws. */
  @SuppressWarnings("MustBeClosedChecker") // Closed by whoever gets it.
  public Ingress.Resumed resume(Object trace) {
    try {
      if (trace instanceof Context context) {
        Scope scope = context.makeCurrent();
        return scope::close;
      }
    } catch (Throwable t) {
      // Their spans have another parent then.
    }
    return Ingress.Resumed.NOTHING;
  }

  /** The context for the span of a call: what was captured where it was made, or what is here. */
  Context of(Exchange exchange) {
    Object parent = exchange.callSite().parent();
    if (parent instanceof Captured captured) {
      parent = captured.parent();
    }
    if (!(parent instanceof Context context)) {
      return capture(exchange.original().headers(), exchange.callSite().loader());
    }
    if (shared) {
      // Brought here by the other agent; it may have more in it by now, which its spans count on.
      Context here = Context.current();
      if (span(here).isValid() && span(here).equals(span(context))) {
        OtherGenAi.Described covered = context.get(COVERED);
        return covered == null ? here : here.with(COVERED, covered);
      }
    }
    return context;
  }

  private static SpanContext span(Context context) {
    return Span.fromContext(context).getSpanContext();
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
      if (span(base).isValid()) {
        OtherGenAi.Described described = others.call();
        return described == null && base.get(COVERED) == null
            ? base
            : base.with(COVERED, described == null ? OtherGenAi.Described.NOTHING : described);
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
