// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.client.BlockingCall;
import io.headgate.client.Hold;
import io.headgate.client.Received;
import io.headgate.client.StreamSource;
import io.headgate.client.Unsent;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.StreamingHttpOutputMessage.Body;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/** Sends requests through the factory of the app, for one call of its. */
final class BlockingSender implements BlockingCall.Client<ClientHttpResponse> {

  private final Engine engine;
  private final ClientHttpRequestFactory factory;
  private final ClientHttpRequest own;
  private final GatewayRequest asked;
  private final @Nullable Body body;
  private final AtomicBoolean ownSent = new AtomicBoolean();

  /**
   * @param own the request that the app has had made; it can be executed once
   * @param body of the request as asked; null if it has none
   */
  BlockingSender(
      Engine engine,
      ClientHttpRequestFactory factory,
      ClientHttpRequest own,
      GatewayRequest asked,
      @Nullable Body body) {
    this.engine = engine;
    this.factory = factory;
    this.own = own;
    this.asked = asked;
    this.body = body;
  }

  @Override
  public Received<ClientHttpResponse> send(GatewayRequest request, Hold hold) throws Exception {
    boolean changed = request != asked;
    Engine.Sending sending =
        new Engine.Sending(
            request, changed, Fields.foreign(asked.uri(), request.uri()), hold.connectNanos());
    ClientHttpRequest next = next(sending);
    Fields.write(request, asked, next.getHeaders());
    Body written = body(request);
    if (written != null) {
      ((StreamingHttpOutputMessage) next).setBody(written);
    }
    ClientHttpResponse response = execute(next, sending, hold);
    try {
      Headers headers = Fields.of(response.getHeaders());
      // Who tells a length sends a whole.
      LazyBody body = new LazyBody(response, engine.fillsArrays() && Fields.length(headers) < 0);
      return new Received<>(
          response,
          response.getStatusCode().value(),
          headers,
          "",
          new StreamSource(body, new Letting(response, body, hold, Fields.eventStream(headers))));
    } catch (IOException | RuntimeException | Error e) {
      response.close();
      throw e;
    }
  }

  private ClientHttpRequest next(Engine.Sending sending) throws IOException {
    if (!sending.changed() && sending.connectNanos() == 0 && ownSent.compareAndSet(false, true)) {
      return own;
    }
    ClientHttpRequestFactory through = factory;
    try {
      through = engine.factory(factory, sending);
    } catch (ReflectiveOperationException | LinkageError e) {
      refused(e, sending);
    }
    GatewayRequest request = sending.request();
    return OwnMethods.createRequest(through, request.uri(), HttpMethod.valueOf(request.method()));
  }

  /** A request of ours that nobody can guard is not sent. */
  private static void refused(Throwable why, Engine.Sending sending) {
    SpringAdapter.fault(why);
    if (sending.changed()) {
      throw new Unsent(why);
    }
  }

  private @Nullable Body body(GatewayRequest request) {
    if (request.body() == asked.body() || request.body().opaque()) {
      return body;
    }
    byte[] bytes = request.body().bytes();
    return bytes.length == 0 ? null : out -> out.write(bytes);
  }

  private ClientHttpResponse execute(ClientHttpRequest request, Engine.Sending sending, Hold hold)
      throws IOException {
    Runnable abort = null;
    try {
      abort = engine.prepare(request, sending);
    } catch (ReflectiveOperationException | LinkageError e) {
      refused(e, sending);
    }
    Waiting waiting = new Waiting();
    hold.breaking(abort != null ? abort : waiting::interrupt);
    try {
      return request.execute();
    } finally {
      waiting.over();
    }
  }

  @Override
  public Exception givenUp() {
    return new IOException("the exchange was broken off");
  }

  @Override
  public Exception interrupted() {
    Thread.currentThread().interrupt();
    return new IOException("Request was interrupted", new InterruptedException());
  }

  /** A thread that can be thrown out of what it waits for, and nothing after that. */
  private static final class Waiting {
    private final Thread thread = Thread.currentThread();

    // Guarded by this.
    private boolean over;
    private boolean interrupted;

    synchronized void interrupt() {
      if (!over) {
        interrupted = true;
        thread.interrupt();
      }
    }

    synchronized void over() {
      over = true;
      if (interrupted) {
        var unused = Thread.interrupted(); // It was ours, and is not for the app to see.
      }
    }
  }

  /** How an answer's connection is let go. */
  private record Letting(ClientHttpResponse response, LazyBody body, Hold hold, boolean eventStream)
      implements StreamSource.Release {

    @Override
    public void release(boolean whole) {
      // Closing reads on to the end, in the hope of saving the connection.
      if (!whole && (eventStream || hold.broken())) {
        body.cut();
      }
      response.close();
    }

    @Override
    public void interrupt() {
      body.cut();
    }
  }
}
