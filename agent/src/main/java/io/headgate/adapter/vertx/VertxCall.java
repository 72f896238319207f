// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.headgate.client.AsyncCall;
import io.headgate.client.Outcome;
import io.headgate.client.Unsent;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.RequestBody;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/**
 * One request of an app, from where it asks the client for it. The app writes into one of ours;
 * nothing connects before it is known what is to be sent where. What the app is told, it is told on
 * the context that it asked on.
 */
final class VertxCall {

  private final HttpClient client;
  private final RequestOptions options;
  private final Target target;
  private final Context context;
  private final Exchange.CallSite site;
  private final Settings settings;
  private final RequestWriter writer;
  private final Promise<HttpClientResponse> response;
  private final HttpClientRequest request;

  private volatile @Nullable Handler<Throwable> exceptionHandler;
  private volatile @Nullable AppResponse answer;

  // Guarded by this.
  private @Nullable GatewayRequest asked;
  private @Nullable AsyncCall<HttpClientResponse> call;
  private @Nullable Promise<HttpClientRequest> passing;
  private @Nullable HttpClientRequest passed;
  private @Nullable Throwable reset;
  private long resetCode;

  /**
   * @param options a copy that is ours
   * @param context where the app asked
   */
  VertxCall(
      HttpClient client,
      RequestOptions options,
      Target target,
      Context context,
      Exchange.CallSite site) {
    this.client = client;
    this.options = options;
    this.target = target;
    this.context = context;
    this.site = site;
    this.settings = new Settings(options);
    this.writer = new RequestWriter(context, this::begin);
    this.response = Internals.promise(context);
    this.request = AppRequest.of(this);
  }

  /** What the app writes into. */
  HttpClientRequest request() {
    return request;
  }

  HttpClient client() {
    return client;
  }

  RequestOptions options() {
    return options;
  }

  Target target() {
    return target;
  }

  Context context() {
    return context;
  }

  Settings settings() {
    return settings;
  }

  RequestWriter writer() {
    return writer;
  }

  Future<HttpClientResponse> response() {
    return response.future();
  }

  void exceptionHandler(@Nullable Handler<Throwable> handler) {
    exceptionHandler = handler;
  }

  /** Tells the app of a failure while it writes. */
  void failedWriting(Throwable failure) {
    Handler<Throwable> handler = exceptionHandler;
    if (handler != null) {
      handler.handle(failure);
    }
  }

  /** The client's own request, if the app has got through to it; else null. */
  synchronized @Nullable HttpClientRequest passed() {
    return passed;
  }

  /** The request of the client's whose answer the app has; null if there is none. */
  @Nullable HttpClientRequest answered() {
    AppResponse known = answer;
    HttpClientResponse own = known == null ? null : known.own();
    return own == null ? null : own.request();
  }

  /** What the request was given up with; null if it was not. */
  synchronized @Nullable Throwable reset() {
    return reset;
  }

  private void begin(RequestBody body) {
    AsyncCall<HttpClientResponse> started;
    try {
      GatewayRequest known = settings.request(target, body);
      started = new AsyncCall<>(known, site, new Sender(this, known));
      synchronized (this) {
        if (reset != null) {
          return;
        }
        asked = known;
        call = started;
      }
      var unused =
          started
              .start()
              .whenComplete((outcome, failure) -> later(() -> end(started, outcome, failure)));
    } catch (IllegalArgumentException notOne) {
      pass(body); // Such as a path that no URI may have; the client takes it as it is.
    } catch (Throwable t) {
      VertxAdapter.fault(t);
      pass(body);
    }
  }

  /** On the context; nowhere if the app has closed its Vert.x. */
  private void later(Runnable work) {
    context.runOnContext(nothing -> work.run());
  }

  private void end(
      AsyncCall<HttpClientResponse> ended,
      @Nullable Outcome<HttpClientResponse> outcome,
      @Nullable Throwable failure) {
    if (outcome == null) {
      Throwable cause = Causes.of(failure == null ? new IllegalStateException() : failure);
      if (cause instanceof Unsent) {
        GatewayRequest known = asked();
        pass(known == null ? RequestBody.NONE : known.body());
      } else {
        fail(cause);
      }
      return;
    }
    writer.drop();
    AppResponse made = new AppResponse(this, outcome, ended);
    answer = made;
    Throwable given = reset();
    if (given != null || !response.tryComplete(made.proxy())) {
      made.body().stop(given == null ? new IllegalStateException() : given);
      ended.abandon();
      return;
    }
    // Whoever is told of the answer may say how it wants the body before that flows.
    later(made.body()::begin);
  }

  private synchronized @Nullable GatewayRequest asked() {
    return asked;
  }

  private void fail(Throwable cause) {
    boolean told = writer.ended();
    writer.fail(cause);
    response.tryFail(cause);
    if (!told) {
      failedWriting(cause);
    }
  }

  /**
   * The client's own request, made as if we were not there: for what has to be asked of it before
   * anything is sent. Fails if the call is under way.
   */
  Future<HttpClientRequest> original() {
    synchronized (this) {
      if (passing != null) {
        return passing.future();
      }
    }
    if (!writer.claim()) {
      return Future.failedFuture(new IllegalStateException("Request already complete"));
    }
    return pass(RequestBody.OPAQUE);
  }

  private Future<HttpClientRequest> pass(RequestBody body) {
    Promise<HttpClientRequest> made = Internals.promise(context);
    synchronized (this) {
      passing = made;
    }
    later(() -> connect(body, made));
    return made.future();
  }

  private void connect(RequestBody body, Promise<HttpClientRequest> made) {
    RequestOptions own = new RequestOptions(options);
    own.setHeaders(null).setMethod(settings.method).setURI(settings.uri);
    var unused =
        VertxAdapter.original(client, own)
            .onComplete(
                ar -> {
                  if (ar.succeeded()) {
                    hand(ar.result(), body, made);
                  } else {
                    fail(ar.cause());
                    made.tryFail(ar.cause());
                  }
                });
  }

  /** To the app: from here on this is its request. */
  private void hand(HttpClientRequest real, RequestBody body, Promise<HttpClientRequest> made) {
    Throwable given;
    synchronized (this) {
      given = reset;
      passed = given == null ? real : null;
    }
    if (given != null) {
      var unused = Internals.reset(real, resetCode, null);
      return;
    }
    try {
      settings.apply(real);
      if (settings.redirects != null) {
        real.redirectHandler(Redirects.ofTheApp(settings.redirects));
      }
      real.exceptionHandler(this::failedWriting);
      var unused =
          real.response()
              .onComplete(
                  ar -> {
                    if (ar.succeeded()) {
                      response.tryComplete(ar.result());
                    } else {
                      response.tryFail(ar.cause());
                    }
                  });
      made.tryComplete(real);
      if (body.opaque()) {
        writer.flow(real);
      } else {
        writer.write(real, body.bytes());
      }
    } catch (RuntimeException e) {
      var unused = Internals.reset(real, 0, e);
      fail(e);
    }
  }

  /** The app gives up; false if it had before. */
  boolean reset(long code, @Nullable Throwable cause) {
    Throwable given = Internals.resetBy(code, cause);
    AsyncCall<HttpClientResponse> running;
    synchronized (this) {
      if (reset != null) {
        return false;
      }
      reset = given;
      resetCode = code;
      running = call;
    }
    AppResponse known = answer;
    if (known != null) {
      known.body().stop(given);
    }
    if (running != null) {
      running.abandon();
    }
    later(() -> fail(given));
    return true;
  }
}
