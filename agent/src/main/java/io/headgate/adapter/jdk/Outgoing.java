// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.Caller;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Origin;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The app's request on its way out: captured for the gateway, and turned back into a request for
 * the client. As long as nobody changed it, the client gets the very object that the app made.
 *
 * <p>Bodies in memory are copied here and now. Any other publisher may block, or wait for something
 * that the app does only after its call: it is subscribed to on a thread of ours, and what it does
 * not give within seconds is sent without having been seen.
 */
final class Outgoing {

  /**
   * How long a body from elsewhere is waited for. The app's own timeout is not running yet. Long
   * enough for a machine that has much to do: what was not seen is neither metered nor guarded.
   */
  private static final long PATIENCE_MILLIS = 5_000;

  /** A timeout longer than this is none. */
  private static final Duration AGES = Duration.ofDays(36_500);

  private final long started = System.nanoTime();
  private final HttpRequest original;
  private final @Nullable CapturedBody capture;
  private final CompletableFuture<RequestBody> body;
  private @Nullable GatewayRequest request;

  Outgoing(HttpRequest original) {
    this.original = original;
    BodyPublisher publisher = original.bodyPublisher().orElse(null);
    if (publisher == null || publisher.contentLength() == 0) {
      capture = null;
      body = CompletableFuture.completedFuture(RequestBody.NONE);
    } else if (publisher.contentLength() > RequestBody.CAPTURE_LIMIT) {
      capture = null;
      body = CompletableFuture.completedFuture(RequestBody.OPAQUE);
    } else if (inMemory(publisher)) {
      // Gives all it has at once, and starts anew for each subscriber: the client can have it.
      capture = null;
      body = new CapturedBody(publisher).capture();
    } else {
      CapturedBody captured = new CapturedBody(publisher);
      capture = captured;
      body = captured.captureInBackground();
      body.completeOnTimeout(RequestBody.OPAQUE, patience(original), TimeUnit.MILLISECONDS);
    }
  }

  private static long patience(HttpRequest request) {
    Duration timeout = request.timeout().orElse(null);
    return timeout == null
        ? PATIENCE_MILLIS
        : Math.max(1, Math.min(PATIENCE_MILLIS, timeout.toMillis() / 10));
  }

  /** Done within seconds: once the body is captured or given up on. */
  CompletableFuture<RequestBody> body() {
    return body;
  }

  /** The app gives the call up: nobody will want the body. */
  void abandon() {
    if (capture != null) {
      capture.abandon();
    }
  }

  /** The request for the gateway. Only once the body is done. */
  GatewayRequest request() {
    if (request == null) {
      request =
          new GatewayRequest(
              original.method(),
              original.uri(),
              Headers.of(original.headers().map()),
              body.getNow(RequestBody.OPAQUE));
    }
    return request;
  }

  /** The request as the app made it. */
  HttpRequest original() {
    return original;
  }

  /** The request for the client, if no interceptor changed it. */
  HttpRequest untouched() {
    if (capture == null) {
      return original;
    }
    // Their publisher has been subscribed to; ours goes on where it stands.
    return HttpRequest.newBuilder(original, (name, value) -> true)
        .method(original.method(), capture)
        .build();
  }

  /** Whether what is to be sent is not, in all it says, what the app chose. */
  boolean changes(GatewayRequest wanted) {
    GatewayRequest asked = request();
    return wanted.headers() != asked.headers()
        || wanted.body() != asked.body()
        || !wanted.uri().equals(asked.uri())
        || !wanted.method().equals(asked.method());
  }

  /** Where that is, if it is not within the origin that the app chose; else null. */
  @Nullable URI foreign(URI wanted) {
    return wanted.equals(original.uri()) || Origin.within(original.uri(), wanted.toString()) != null
        ? null
        : wanted;
  }

  /**
   * The request for the client as the interceptors want it.
   *
   * @throws IllegalArgumentException if the client does not let anyone set one of the headers
   */
  HttpRequest changed(GatewayRequest wanted) {
    if (!changes(wanted)) {
      return untouched();
    }
    HttpRequest.Builder builder = to(wanted);
    wanted.headers().forEach(builder::header);
    return builder.build();
  }

  /**
   * The request for one of several attempts. A field that the client does not let anyone set is
   * left out: the attempt is worth more than the field.
   *
   * @param leftNanos what is left of the app's own timeout; not used if it has none
   */
  HttpRequest attempt(GatewayRequest wanted, long leftNanos) {
    HttpRequest.Builder builder = to(wanted);
    wanted
        .headers()
        .forEach(
            (name, value) -> {
              try {
                builder.header(name, value);
              } catch (IllegalArgumentException e) {
                Ingress.fault(JdkAdapter.CLIENT, e);
              }
            });
    if (original.timeout().isPresent()) {
      builder.timeout(Duration.ofNanos(leftNanos));
    }
    return builder.build();
  }

  /** The app's own timeout; {@link Long#MAX_VALUE} if it has none. */
  long timeoutNanos() {
    Duration timeout = original.timeout().orElse(null);
    return timeout == null || timeout.compareTo(AGES) > 0 ? Long.MAX_VALUE : timeout.toNanos();
  }

  /** When the app's own timeout ends the call; {@link Caller#NO_DEADLINE} if it has none. */
  long deadlineNanos() {
    long timeout = timeoutNanos();
    return timeout == Long.MAX_VALUE ? Caller.NO_DEADLINE : started + timeout;
  }

  /** All of the request but its fields. */
  private HttpRequest.Builder to(GatewayRequest wanted) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(original, (name, value) -> false).uri(wanted.uri());
    if ("https".equalsIgnoreCase(original.uri().getScheme())
        && "http".equalsIgnoreCase(wanted.uri().getScheme())) {
      // Over TLS the protocol is agreed on in the handshake. In the clear the client would ask for
      // an upgrade, which servers that know nothing of it answer by losing the body.
      builder.version(HttpClient.Version.HTTP_1_1);
    }
    RequestBody wantedBody = wanted.body();
    if (wantedBody != request().body() && !wantedBody.opaque()) {
      builder.method(
          wanted.method(),
          wantedBody.bytes().length == 0
              ? BodyPublishers.noBody()
              : BodyPublishers.ofByteArray(wantedBody.bytes()));
    } else if (capture != null) {
      builder.method(wanted.method(), capture);
    } else if (!wanted.method().equals(original.method())) {
      builder.method(wanted.method(), original.bodyPublisher().orElseGet(BodyPublishers::noBody));
    }
    return builder;
  }

  private static boolean inMemory(BodyPublisher publisher) {
    String name = publisher.getClass().getName();
    return name.equals("jdk.internal.net.http.RequestPublishers$ByteArrayPublisher")
        || name.equals("jdk.internal.net.http.RequestPublishers$StringPublisher");
  }
}
