// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.Cost;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.CallFailure;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.ContentTransform;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.Routing;
import io.headgate.gateway.TransformedSource;
import io.headgate.gateway.WireError;
import io.headgate.resilience.Outcome.Grade;
import io.headgate.translate.StreamTranslation;
import io.headgate.translate.Translation;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes of a plan's outcome what the app gets. */
final class Delivery {

  private static final String STAINLESS = "x-stainless-retry-count";

  private final RoutingTools tools;
  private final Exchange exchange;
  private final Headers asked;
  private final boolean ours;

  /**
   * @param asked the request's fields
   * @param ours whether trying again is what our configuration decides on
   */
  Delivery(RoutingTools tools, Exchange exchange, Headers asked, boolean ours) {
    this.ours = ours;
    this.tools = tools;
    this.exchange = exchange;
    this.asked = asked;
  }

  CompletionStage<GatewayResponse> deliver(Outcome outcome) {
    Attempt attempt = outcome.attempt();
    if (attempt != null) {
      exchange.served(attempt);
    }
    GatewayResponse response = outcome.response();
    Content content = outcome.content();
    if (response != null && content != null) {
      Translation translation = response.content() == null ? null : outcome.translation();
      return translation == null
          ? CompletableFuture.completedFuture(safe(outcome, response, content))
          : translated(translation, response, content, attempt)
              .handle((made, failure) -> translated(outcome, made, failure))
              .thenCompose(next -> next);
    }
    return failed(outcome, outcome.failure());
  }

  private CompletionStage<TranslatedAnswer.Made> translated(
      Translation translation,
      GatewayResponse response,
      Content content,
      @Nullable Attempt attempt) {
    try {
      return new TranslatedAnswer(tools, translation).of(response, content, attempt);
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    }
  }

  /** Bytes in a format that the app does not speak are never its answer. */
  private CompletionStage<GatewayResponse> translated(
      Outcome outcome, TranslatedAnswer.@Nullable Made made, @Nullable Throwable failure) {
    if (made == null) {
      Throwable cause = failure == null ? new IllegalStateException() : Causes.of(failure);
      Attempt attempt = outcome.attempt();
      if (attempt != null) {
        attempt.failure(Failures.of(cause));
        tools.listener().attemptFailed(attempt.endpoint().provider(), Failures.of(cause));
      }
      outcome.close();
      return failed(outcome, cause);
    }
    try {
      return CompletableFuture.completedFuture(answer(outcome, made.response(), made));
    } catch (Throwable t) {
      tools.faults().fault("delivery", t);
      outcome.close();
      WireError error =
          new WireError(WireError.Kind.UPSTREAM, "the answer could not be translated");
      return CompletableFuture.completedFuture(own(error, outcome));
    }
  }

  private CompletionStage<GatewayResponse> failed(Outcome outcome, @Nullable Throwable failure) {
    WireError own = failure == null ? outcome.error() : own(failure);
    if (own != null) {
      return CompletableFuture.completedFuture(own(own, outcome));
    }
    Routing routing = exchange.routing();
    exchange.routing(new Routing(routing.route(), routing.arm(), outcome.step(), "failed"));
    return CompletableFuture.failedFuture(
        new CallFailure(
            failure != null ? failure : new IllegalStateException("nothing came of the call")));
  }

  private GatewayResponse safe(Outcome outcome, GatewayResponse response, Content content) {
    try {
      return answer(outcome, response, new TranslatedAnswer.Made(response, content, null));
    } catch (Throwable t) {
      // Part of it may have been read: nobody but this content has all of it.
      tools.faults().fault("delivery", t);
      return unchanged(response, content);
    }
  }

  private static GatewayResponse unchanged(GatewayResponse response, Content content) {
    return response.content() == null
        ? response
        : GatewayResponse.of(response.status(), response.headers(), response.protocol(), content);
  }

  /**
   * What to say instead of throwing. Our own timers have no exception that the app could know; and
   * SDKs that we can tell not to try again, which would multiply our attempts by theirs, are told
   * so by an answer, because an exception cannot say it.
   */
  private @Nullable WireError own(Throwable failure) {
    if (failure instanceof TimedOut timedOut) {
      return new WireError(WireError.Kind.TIMEOUT, String.valueOf(timedOut.getMessage()));
    }
    if (asked.first(STAINLESS) == null || !ours) {
      return null;
    }
    switch (Failures.of(failure)) {
      case CANCELLED -> {
        return null;
      }
      case TIMEOUT -> {
        return new WireError(
            WireError.Kind.TIMEOUT,
            "no answer in time, after "
                + exchange.attempts()
                + (exchange.attempts() == 1 ? " attempt" : " attempts"));
      }
      default -> {
        return new WireError(
            WireError.Kind.UPSTREAM,
            "no connection to the provider, after "
                + exchange.attempts()
                + (exchange.attempts() == 1 ? " attempt" : " attempts"));
      }
    }
  }

  /** An answer of our own, in the words of the format that the app speaks. */
  GatewayResponse own(WireError error, Outcome outcome) {
    WireFormat format = exchange.endpoint().format();
    Headers headers =
        described(tools.editor().errorHeaders(format, error), outcome, null)
            .with("x-should-retry", "false");
    byte[] body = tools.editor().error(format, error);
    int status = outcome.ownStatus() > 0 ? outcome.ownStatus() : tools.editor().status(error);
    return GatewayResponse.of(status, headers, "", Content.of(body, body()));
  }

  private GatewayResponse answer(
      Outcome outcome, GatewayResponse response, TranslatedAnswer.Made made) {
    if (response.content() == null) {
      return response.withHeaders(described(response.headers(), outcome, outcome.attempt()));
    }
    Attempt attempt = outcome.attempt();
    Headers headers = response.headers();
    ContentSource source = made.content();
    StreamTranslation stream = made.stream();
    Translation translation = outcome.translation();
    boolean streamed =
        translation == null ? attempt != null && Streams.is(response, attempt) : stream != null;
    if (attempt != null && streamed) {
      WireFormat format = exchange.endpoint().format();
      source =
          new GuardedSource(
              source,
              () -> stream == null ? Streams.cutOff(attempt) : !stream.over(),
              () -> stream != null && stream.over(),
              error ->
                  stream != null
                      ? stream.broken(error.message())
                      : packed(response) ? null : tools.editor().streamError(format, error),
              kind -> {
                attempt.failure(kind);
                tools.listener().attemptFailed(attempt.endpoint().provider(), kind);
              });
      headers = headers.without("content-length"::equals);
    }
    ContentTransform naming =
        attempt == null || translation != null ? null : naming(attempt, response);
    if (naming != null) {
      source = new TransformedSource(source, naming, this::tapFailed);
      headers = headers.without("content-length"::equals);
    }
    ContentTransform adapted = streamed && translation == null ? adapted(attempt, response) : null;
    if (adapted != null) {
      source = new TransformedSource(source, adapted, this::tapFailed);
    }
    headers = described(headers, outcome, attempt);
    if (!outcome.dropped().isEmpty()) {
      headers =
          headers.with(
              "x-headgate-dropped", ResponseFields.printable(String.join(", ", outcome.dropped())));
    }
    // A good answer that cannot be told to the app is a failure, too.
    boolean failed = outcome.is(Grade.FAILED) || (translation != null && response.status() >= 400);
    if (failed && ours && invited(response.status())) {
      headers = headers.without(Delivery::invitesRetry).with("x-should-retry", "false");
    }
    return GatewayResponse.of(
        response.status(), headers, response.protocol(), new Content(source, body()));
  }

  /** Whether words of ours in the middle would be noise. */
  private static boolean packed(GatewayResponse response) {
    String encoding = response.headers().first("content-encoding");
    return encoding != null
        && !encoding.isBlank()
        && !encoding.strip().equalsIgnoreCase("identity");
  }

  /** Whether clients take a status for one to try again. */
  private static boolean invited(int status) {
    return status == 408 || status == 409 || status == 425 || status == 429 || status >= 500;
  }

  /** One SDK sleeps for as long as these say, even if it is told not to try again. */
  private static boolean invitesRetry(String lowerCaseName) {
    return lowerCaseName.equals("retry-after")
        || lowerCaseName.equals("retry-after-ms")
        || lowerCaseName.equals("x-ms-retry-after-ms");
  }

  private @Nullable ContentTransform naming(Attempt attempt, GatewayResponse response) {
    String wanted = exchange.model();
    return wanted == null
            || !tools.config().traffic().answerAsAsked()
            || wanted.equals(attempt.model())
        ? null
        : tools.editor().answeringAs(attempt.endpoint(), response, wanted);
  }

  /** A copy of the app's format is not always the same. */
  private @Nullable ContentTransform adapted(@Nullable Attempt attempt, GatewayResponse response) {
    Endpoint app = exchange.endpoint();
    String model = exchange.model();
    return attempt == null
            || attempt.endpoint().provider().equals(app.provider())
            || packed(response)
        ? null
        : tools
            .translator()
            .adaptation(
                app,
                attempt.endpoint(),
                model == null ? "" : model,
                exchange.requestFacts().streamUsage());
  }

  /** With our own fields added. */
  Headers described(Headers headers, Outcome outcome, @Nullable Attempt attempt) {
    Routing routing = exchange.routing();
    String reason =
        outcome.error() != null
            ? Words.of(outcome.error().kind())
            : outcome.is(Grade.FAILED)
                ? "failed"
                : outcome.step() > 0 ? "fallback" : exchange.attempts() > 1 ? "retry" : "primary";
    String arm = outcome.arm();
    exchange.routing(
        new Routing(routing.route(), arm != null ? arm : routing.arm(), outcome.step(), reason));
    Headers described = ResponseFields.of(headers, exchange, attempt);
    Cost cost = exchange.cost();
    if (cost != null) {
      described =
          described.with(
              "x-headgate-cost-usd",
              BigDecimal.valueOf(cost.total(), 9).stripTrailingZeros().toPlainString());
    }
    return described;
  }

  private LiveBody body() {
    return new LiveBody(this::tapFailed);
  }

  private void tapFailed(Throwable fault) {
    tools.faults().fault("tap", fault);
  }
}
