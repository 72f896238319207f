// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.client.BlockingCall;
import io.headgate.client.Hold;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.client.Unsent;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import java.io.IOException;
import java.net.URISyntaxException;
import org.apache.http.HttpConnection;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpExecutionAware;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.execchain.RequestAbortedException;
import org.apache.http.protocol.BasicHttpContext;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * One call of a blocking client. A call of which nothing was changed goes out as the app's own
 * request object; any other request is one of ours, which can be aborted by itself. The app's
 * aborting its own reaches whatever is under way.
 */
final class ClassicCall implements BlockingCall.Client<ClassicAnswer> {

  private static final Exchange.CallSite CALL_SITE =
      new Exchange.CallSite(Apache4Adapter.CLIENT, HttpClient.class.getClassLoader());

  private final CloseableHttpClient client;
  private final Outgoing outgoing;
  private final @Nullable HttpContext context;
  private final @Nullable HttpExecutionAware aware;
  private final BlockingCall<ClassicAnswer> call;
  private volatile boolean left;
  private volatile @Nullable ClassicBody delivered;

  private ClassicCall(
      CloseableHttpClient client, Outgoing outgoing, @Nullable HttpContext context) {
    this.client = client;
    this.outgoing = outgoing;
    this.context = context;
    this.aware = outgoing.original() instanceof HttpExecutionAware known ? known : null;
    this.call = new BlockingCall<>(outgoing.asked(), CALL_SITE, this);
  }

  /** {@code {response, exception}}, or null to let the original method run. */
  static Object @Nullable [] execute(
      Object client, @Nullable Object target, @Nullable Object request, @Nullable Object context) {
    if (!Apache4Adapter.on()
        || !(request instanceof HttpRequest original)
        || !Targets.handled((HttpHost) target, original)) {
      return null;
    }
    ClassicCall call;
    Capture capture;
    try {
      Targets.uri((HttpHost) target, original);
    } catch (URISyntaxException e) {
      return null; // Not for us to say what the client makes of it.
    }
    try {
      capture = Capture.of(Capture.entity(original));
    } catch (IOException | RuntimeException e) {
      return new Object[] {null, e}; // What the app's body throws while it is read or written.
    }
    try {
      Outgoing outgoing = new Outgoing(client, (HttpHost) target, original, capture);
      call = new ClassicCall((CloseableHttpClient) client, outgoing, (HttpContext) context);
    } catch (URISyntaxException | RuntimeException | LinkageError e) {
      Apache4Adapter.fault(e);
      return untouched(original, capture);
    }
    try {
      return new Object[] {call.run(), null};
    } catch (Unsent e) {
      return untouched(original, capture);
    } catch (Throwable t) {
      return new Object[] {null, t};
    }
  }

  /** Lets the original method run, with the body as it was. */
  private static Object @Nullable [] untouched(HttpRequest original, Capture capture) {
    if (capture.instead() != null && original instanceof HttpEntityEnclosingRequest enclosing) {
      enclosing.setEntity(capture.instead()); // The app's has been used up.
    }
    return null;
  }

  private CloseableHttpResponse run() throws Exception {
    listen();
    Outcome<ClassicAnswer> outcome = call.run();
    ClassicDelivery delivery = new ClassicDelivery(call, outgoing.asked().method(), () -> left);
    CloseableHttpResponse response;
    try {
      response = delivery.of(outcome);
    } catch (Throwable t) {
      Apache4Adapter.fault(t);
      outcome.content().close();
      call.close();
      throw new IOException("the answer cannot be delivered", t);
    }
    delivered = delivery.body();
    if (!delivery.told()) {
      tell(response);
    }
    if (left) {
      leave(); // Meanwhile.
    }
    return response;
  }

  private void tell(CloseableHttpResponse response) {
    try {
      HttpHost target = outgoing.originalTarget();
      AppContext.tell(
          context,
          outgoing.original(),
          target == null ? Targets.host(outgoing.asked().uri()) : target,
          response);
    } catch (RuntimeException e) {
      Apache4Adapter.fault(e); // A context may be of the app's own kind.
    }
  }

  /** Hears of the app's aborting its request from now on; at once, if it has done so. */
  private void listen() {
    if (aware != null) {
      aware.setCancellable(
          () -> {
            leave();
            return true;
          });
      if (aware.isAborted()) {
        leave(); // Not all versions tell of what was before.
      }
    }
  }

  private void leave() {
    left = true;
    call.abandon();
    ClassicBody body = delivered;
    if (body != null) {
      body.abandon();
    }
  }

  @Override
  public Received<ClassicAnswer> send(GatewayRequest request, Hold hold) throws Exception {
    return outgoing.asBuilt(request, hold) ? sendAsBuilt() : sendOurs(request, hold);
  }

  private Received<ClassicAnswer> sendAsBuilt() throws Exception {
    HttpContext used = context == null ? new BasicHttpContext() : context;
    CloseableHttpResponse response;
    try {
      response = ClassicSend.send(client, outgoing.originalTarget(), outgoing.original(), used);
    } catch (Throwable t) {
      if (aware != null && aware.isAborted()) {
        left = true;
        call.abandon();
      }
      throw t;
    }
    Object connection = used.getAttribute(HttpCoreContext.HTTP_CONNECTION);
    ClassicAnswer answer =
        new ClassicAnswer(
            response,
            null,
            () -> {
              if (connection instanceof HttpConnection open) {
                open.shutdown(); // What the client does when a request is aborted.
              }
            });
    listen(); // The client has been listening so far.
    return answer.received();
  }

  private Received<ClassicAnswer> sendOurs(GatewayRequest request, Hold hold) throws Exception {
    Outgoing.Built built = outgoing.build(request, hold, context);
    hold.breaking(built.request()::abort);
    CloseableHttpResponse response =
        ClassicSend.send(client, built.target(), built.request(), built.context());
    return new ClassicAnswer(response, built.context(), built.request()::abort).received();
  }

  @Override
  public Exception givenUp() {
    return new RequestAbortedException("Request aborted"); // MainClientExec's own words
  }

  @Override
  public Exception interrupted() {
    Thread.currentThread().interrupt(); // As MainClientExec does.
    return new RequestAbortedException("Request aborted", new InterruptedException());
  }
}
