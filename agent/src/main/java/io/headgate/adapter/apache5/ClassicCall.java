// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.client.BlockingCall;
import io.headgate.client.Hold;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.client.Unsent;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.RequestBody;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One call of {@code CloseableHttpClient.doExecute}. */
final class ClassicCall implements BlockingCall.Client<Answer> {

  private final CloseableHttpClient client;
  private final @Nullable HttpHost host;
  private final Target target;
  private final ClassicHttpRequest request;
  private final @Nullable HttpContext context;
  private final Capture capture;
  private final GatewayRequest asked;
  private final BlockingCall<Answer> call;

  /** Whether the latest request went out with the app's own context. */
  private volatile boolean told;

  /**
   * @param host as the app names it beside the request
   * @param target where that leads
   * @param uri the same with the request's path
   */
  ClassicCall(
      CloseableHttpClient client,
      @Nullable HttpHost host,
      Target target,
      ClassicHttpRequest request,
      @Nullable HttpContext context,
      URI uri) {
    this.client = client;
    this.host = host;
    this.target = target;
    this.request = request;
    this.context = context;
    HttpEntity entity = request.getEntity();
    var fields = Fields.of(request, entity);
    this.capture = Capture.of(entity, Fields.readable(fields));
    this.asked = new GatewayRequest(request.getMethod(), uri, fields, capture.seen());
    this.call = new BlockingCall<>(asked, Apache5Adapter.CALL_SITE, this);
  }

  /**
   * Makes the call.
   *
   * @throws Unsent if nothing was given to the client: the original call is to run, with the {@link
   *     #body} that is left of the app's
   * @throws Exception what the client throws
   */
  ClassicHttpResponse run() throws Exception {
    if (request instanceof CancellableDependency cancellable) {
      cancellable.setDependency(
          () -> {
            call.abandon();
            return true;
          });
    }
    Outcome<Answer> outcome = call.run();
    try {
      ClassicHttpResponse response = ClassicDelivery.of(outcome, call, request.getMethod());
      if (outcome.received() == null || !told) {
        tell(response);
      }
      return response;
    } catch (Throwable t) {
      Apache5Adapter.fault(t);
      outcome.content().close();
      call.close();
      throw new IOException("the answer cannot be delivered", t);
    }
  }

  private void tell(ClassicHttpResponse response) {
    try {
      AppContext.tell(context, request, response);
    } catch (RuntimeException e) {
      Apache5Adapter.fault(e); // A context may be of the app's own kind.
    }
  }

  /** The request's body, to be sent in place of the app's, which may have been read. */
  @Nullable HttpEntity body() {
    return capture.sent();
  }

  @Override
  public Received<Answer> send(GatewayRequest sent, Hold hold) throws IOException {
    int hops = sent.equals(asked) ? 0 : Hop.limit(Configs.base(request, context, client));
    HttpEntity body = capture.sent();
    boolean repeatable = body == null || body.isRepeatable();
    GatewayRequest current = sent;
    while (true) {
      Received<Answer> received = exchange(current, hold);
      ClassicHttpResponse response = received.own().response();
      GatewayRequest next = hops-- > 0 ? Hop.after(current, response, repeatable) : null;
      if (next == null) {
        return received;
      }
      try (response) {
        EntityUtils.consume(response.getEntity());
      }
      current = next;
    }
  }

  private Received<Answer> exchange(GatewayRequest sent, Hold hold) throws IOException {
    Outgoing outgoing;
    HttpHost to;
    HttpContext with;
    try {
      boolean same = sent.equals(asked);
      Target goal = same || sent.uri().equals(asked.uri()) ? target : Target.of(sent.uri());
      boolean foreign = !goal.equals(target);
      boolean own = same && !hold.shareable() && hold.connectNanos() == 0;
      told = own;
      to = foreign ? goal.toHost() : host;
      with = own ? context : OwnContext.of(context, foreign ? goal : null, sent.headers());
      outgoing = outgoing(sent, same, foreign ? goal : null, hold.connectNanos());
    } catch (Throwable t) {
      throw new Unsent(t);
    }
    hold.breaking(outgoing::cancel);
    ClassicHttpResponse response = execute(to, outgoing, with);
    HttpEntity entity = response.getEntity();
    return new Received<>(
        new Answer(response, entity, hold.shareable()),
        response.getCode(),
        Fields.of(response),
        Fields.protocol(response.getVersion()),
        AnswerStream.of(entity, outgoing));
  }

  private ClassicHttpResponse execute(
      @Nullable HttpHost to, Outgoing outgoing, @Nullable HttpContext with) throws IOException {
    try {
      return client.execute(to, outgoing, with);
    } catch (LinkageError e) {
      if (Apache5Adapter.missedByUs(e)) {
        throw new Unsent(e);
      }
      throw e;
    }
  }

  private Outgoing outgoing(
      GatewayRequest sent, boolean same, @Nullable Target foreign, long connectNanos) {
    boolean placed = sent.uri().equals(asked.uri());
    Header[] fields =
        sent.headers() == asked.headers()
            ? request.getHeaders()
            : Fields.outgoing(sent.headers(), foreign != null);
    return new Outgoing(
        sent.method(),
        foreign == null ? request.getScheme() : foreign.scheme(),
        foreign == null ? request.getAuthority() : foreign.toAuthority(),
        placed ? request.getPath() : Target.path(sent.uri()),
        request.getVersion(),
        fields,
        body(sent.body(), capture.sent()),
        Configs.of(request, context, client, !same, connectNanos));
  }

  private @Nullable HttpEntity body(RequestBody body, @Nullable HttpEntity original) {
    if (body == asked.body() || body.opaque()) {
      return original;
    }
    if (body == RequestBody.NONE) {
      return null;
    }
    return original == null
        ? new ByteArrayEntity(body.bytes(), null)
        : BytesEntity.instead(original, body.bytes());
  }

  @Override
  public Exception givenUp() {
    return new RequestFailedException("Request aborted");
  }

  @Override
  public Exception interrupted() {
    Thread.currentThread().interrupt();
    return new RequestFailedException("Request aborted", new InterruptedException());
  }
}
