// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.ApiKey;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
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
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP CLIENT span for each attempt to reach a provider, below the logical call's span. The
 * innermost interceptor: it sees the request as it leaves, and it counts the attempts of the
 * exchange. No {@code gen_ai} attribute, query or header value is ever written here.
 */
public final class AttemptInterceptor implements Interceptor {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private final Tracer tracer;
  private final GenAiMetrics metrics;
  private final AttemptOutcomes outcomes = new AttemptOutcomes();
  private final boolean shared;
  private final StreamWatch watch;
  private final LongSupplier clock;

  /**
   * @param shared whether the OpenTelemetry is the app's too, so that spans below ours shall find
   *     the attempt's span current
   * @param clock nanoseconds, from any origin
   */
  public AttemptInterceptor(
      OpenTelemetry otel,
      GenAiMetrics metrics,
      boolean shared,
      StreamWatch watch,
      LongSupplier clock) {
    this.tracer = otel.getTracer(GenAiAttributes.SCOPE);
    this.metrics = metrics;
    this.shared = shared;
    this.watch = watch;
    this.clock = clock;
  }

  @Override
  public CompletionStage<GatewayResponse> intercept(Chain chain) {
    Exchange exchange = chain.exchange();
    Object kept = exchange.trace();
    LogicalCall call = kept instanceof LogicalCall logical ? logical : null;
    Context parent =
        call != null ? call.context() : kept instanceof Context given ? given : Context.root();
    Attempt sent = chain.attempt();
    exchange.sending(sent);
    Span span =
        exchange.options().log()
            ? begin(chain.request(), parent, sent)
            : GenAiInterceptor.unrecorded(parent);
    AttemptCall attempt = attempt(span, parent.with(span), call, sent, chain.request().uri());
    CompletionStage<GatewayResponse> stage;
    Scope scope = shared ? attempt.context().makeCurrent() : Scope.noop();
    try {
      stage = chain.proceed(chain.request());
    } catch (Throwable t) {
      attempt.accept(null, t);
      throw t;
    } finally {
      scope.close();
    }
    return stage.whenComplete(attempt);
  }

  private AttemptCall attempt(
      Span span, Context context, @Nullable LogicalCall call, Attempt sent, URI uri) {
    if (call == null || sent.control() == null) {
      return new AttemptCall(span, context, call, sent, outcomes, metrics, watch, clock);
    }
    JudgedAttempt judged =
        new JudgedAttempt(span, context, call, sent, uri, outcomes, metrics, watch, clock);
    call.began(judged);
    return judged;
  }

  private Span begin(GatewayRequest request, Context parent, Attempt sent) {
    int number = sent.number();
    String method = METHODS.contains(request.method()) ? request.method() : GenAiAttributes.OTHER;
    URI uri = request.uri();
    SpanBuilder builder =
        tracer
            .spanBuilder(method.equals(GenAiAttributes.OTHER) ? "HTTP" : method)
            .setSpanKind(SpanKind.CLIENT)
            .setParent(parent)
            .setAttribute(GenAiAttributes.HTTP_METHOD, method);
    String url = Server.url(uri);
    if (url != null) {
      builder.setAttribute(GenAiAttributes.URL_FULL, url);
      builder.setAttribute(GenAiAttributes.SERVER_ADDRESS, Server.address(uri));
      int port = Server.port(uri);
      if (port >= 0) {
        builder.setAttribute(GenAiAttributes.SERVER_PORT, (long) port);
      }
    }
    if (number > 1) {
      builder.setAttribute(GenAiAttributes.HTTP_RESEND_COUNT, (long) number - 1);
    }
    builder.setAttribute(GenAiAttributes.ATTEMPT_NUMBER, (long) number);
    String target = sent.endpoint().provider();
    String model = sent.control() == null ? null : sent.model();
    builder.setAttribute(
        GenAiAttributes.ATTEMPT_TARGET, model == null ? target : target + "/" + model);
    ApiKey key = sent.key();
    if (key != null) {
      builder.setAttribute(GenAiAttributes.ATTEMPT_KEY, key.alias());
    }
    return builder.startSpan();
  }
}
