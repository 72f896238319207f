// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.Operation;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Interceptor;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * One CLIENT span for each logical call, and the {@code gen_ai.client.*} metrics. The outermost
 * interceptor, so that a call answered without a provider has its span too; its tap is therefore
 * the last, and finds what the meter's tap has written.
 *
 * <p>Where another agent has a span for the same call already, that one gets what we know instead,
 * and the two metrics that such an agent measures too are left to it.
 *
 * <p>Calls that run no model (files, model lists, unknown paths) get no such span: backends take
 * every span with a {@code gen_ai} attribute for a generation. They have their attempt's HTTP span,
 * and those to unknown paths are counted in {@code headgate.requests.unknown}.
 */
public final class GenAiInterceptor implements Interceptor {

  private final Tracer tracer;
  private final GenAiMetrics metrics;
  private final ParentContext parents;
  private final StreamWatch watch;
  private final LongSupplier clock;

  /**
   * @param clock nanoseconds, from any origin
   */
  public GenAiInterceptor(
      OpenTelemetry otel,
      GenAiMetrics metrics,
      ParentContext parents,
      StreamWatch watch,
      LongSupplier clock) {
    this.tracer = otel.getTracer(GenAiAttributes.SCOPE);
    this.metrics = metrics;
    this.parents = parents;
    this.watch = watch;
    this.clock = clock;
  }

  @Override
  public CompletionStage<GatewayResponse> intercept(Chain chain) {
    Exchange exchange = chain.exchange();
    Endpoint endpoint = exchange.endpoint();
    Exchange origin = exchange.origin();
    LogicalCall around = origin != null && origin.trace() instanceof LogicalCall of ? of : null;
    Context parent = around != null ? around.context() : parents.of(exchange);
    boolean covered =
        around == null
            && ParentContext.covered(
                parent, endpoint.operation().text(), exchange.requestFacts().model());
    exchange.forgetLoader();
    if (!endpoint.operation().usesModel()) {
      exchange.trace(parent);
      if (endpoint.operation() == Operation.UNKNOWN) {
        metrics.unknownRequest(endpoint.telemetryName());
      }
      return chain.proceed(chain.request());
    }
    LogicalCall call = begin(exchange, parent, covered);
    exchange.trace(call);
    CompletionStage<GatewayResponse> stage;
    Scope scope = parents.shared() ? call.context().makeCurrent() : Scope.noop();
    try {
      stage = chain.proceed(chain.request());
    } catch (Throwable t) {
      call.accept(null, t);
      throw t;
    } finally {
      scope.close();
    }
    // The derived stage, not the given one: its dependants run after ours, so the tap is in time.
    return stage.whenComplete(call);
  }

  /**
   * @param covered whether the parent's span is another agent's for this very call
   */
  private LogicalCall begin(Exchange exchange, Context parent, boolean covered) {
    long before = Math.max(0, System.nanoTime() - exchange.startedNanos());
    long now = clock.getAsLong();
    Endpoint endpoint = exchange.endpoint();
    String operation = endpoint.operation().text();
    boolean log = exchange.options().log();
    if (covered) {
      Span theirs = log ? Span.fromContext(parent) : unrecorded(parent);
      return new LogicalCall(exchange, theirs, false, parent, metrics, watch, clock, now, before);
    }
    Span span = log ? span(exchange, parent, operation) : unrecorded(parent);
    // No time that is told of the span may have begun before it.
    long begun = clock.getAsLong();
    if (span.isRecording()) {
      SpanAttributes.request(span, endpoint, exchange.requestFacts());
    }
    return new LogicalCall(
        exchange, span, true, parent, metrics, watch, clock, begun, before + begun - now);
  }

  /** A span that nobody sees, in the place of one; what is below it is below its parent. */
  static Span unrecorded(Context parent) {
    return Span.wrap(Span.fromContext(parent).getSpanContext());
  }

  private Span span(Exchange exchange, Context parent, String operation) {
    Endpoint endpoint = exchange.endpoint();
    String model = exchange.model();
    // What samplers may decide by; all else comes once the span is known to be recorded.
    SpanBuilder builder =
        tracer
            .spanBuilder(model == null ? operation : operation + " " + model)
            .setSpanKind(SpanKind.CLIENT)
            .setParent(parent)
            .setAttribute(GenAiAttributes.OPERATION_NAME, operation)
            .setAttribute(GenAiAttributes.PROVIDER_NAME, endpoint.telemetryName());
    if (model != null) {
      builder.setAttribute(GenAiAttributes.REQUEST_MODEL, model);
    }
    URI uri = exchange.original().uri();
    String address = Server.address(uri);
    if (!address.isEmpty()) {
      builder.setAttribute(GenAiAttributes.SERVER_ADDRESS, address);
      int port = Server.port(uri);
      if (port >= 0) {
        builder.setAttribute(GenAiAttributes.SERVER_PORT, (long) port);
      }
    }
    return builder.startSpan();
  }
}
