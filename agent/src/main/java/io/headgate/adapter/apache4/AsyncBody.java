// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.nio.ContentEncoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.BasicAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, produced for the gateway. A producer that suspends its output has to wait
 * for something; it is not waited for, but goes on where it stands when the client asks it, and the
 * rest is not seen.
 */
final class AsyncBody {

  /** They keep to their request's entity. */
  private static final Set<String> PLAIN =
      Set.of(
          "org.apache.http.nio.protocol.BasicAsyncRequestProducer",
          "org.apache.http.nio.client.methods.HttpAsyncMethods$RequestProducerImpl");

  private final HttpAsyncRequestProducer producer;
  private final Capture capture;
  private final byte[] prefix;
  private final @Nullable Held held;

  private AsyncBody(
      HttpAsyncRequestProducer producer, Capture capture, byte[] prefix, @Nullable Held held) {
    this.producer = producer;
    this.capture = capture;
    this.prefix = prefix;
    this.held = held;
  }

  /** Whether it can be had without asking the app's code. */
  static boolean atHand(HttpAsyncRequestProducer producer, HttpRequest request) {
    HttpEntity entity = Capture.entity(request);
    return entity == null
        || entity.getContentLength() > RequestBody.CAPTURE_LIMIT
        || (PLAIN.contains(producer.getClass().getName()) && Capture.inMemory(entity));
  }

  /**
   * Captures it; may block unless it is at hand.
   *
   * @throws IOException what the app's producer throws
   */
  static AsyncBody of(HttpAsyncRequestProducer producer, HttpRequest request) throws IOException {
    HttpEntity entity = Capture.entity(request);
    if (entity == null || atHand(producer, request)) {
      return new AsyncBody(producer, Capture.of(entity), new byte[0], null);
    }
    Collecting encoder = new Collecting();
    Held held = new Held();
    int before = -1;
    while (!encoder.isCompleted() && !held.suspended && encoder.size() > before) {
      before = encoder.size();
      producer.produceContent(encoder, held);
    }
    byte[] bytes = encoder.bytes.toByteArray();
    if (!encoder.isCompleted()) {
      return new AsyncBody(producer, new Capture(RequestBody.OPAQUE, null), bytes, held);
    }
    producer.resetRequest(); // As the client does then.
    return new AsyncBody(
        producer,
        new Capture(RequestBody.of(bytes), CapturedEntity.same(entity, bytes)),
        new byte[0],
        null);
  }

  Capture capture() {
    return capture;
  }

  /** The app's producer, without its endings, which are one for all requests. */
  HttpAsyncRequestProducer producer(HttpHost target, HttpRequest request) {
    return new Resumed(target, request);
  }

  /** For the original call, of which the client then sees to the endings. */
  HttpAsyncRequestProducer original(HttpHost target, HttpRequest request) {
    HttpEntity written = capture.instead();
    if (written == null || !(request instanceof HttpEntityEnclosingRequest enclosing)) {
      return new OriginalProducer(producer(target, request), producer);
    }
    enclosing.setEntity(written); // The app's producer has been used up.
    return new OriginalProducer(new BasicAsyncRequestProducer(target, request), producer);
  }

  private final class Resumed implements HttpAsyncRequestProducer {
    private final HttpHost target;
    private final HttpRequest request;
    private ByteBuffer first = ByteBuffer.wrap(prefix);

    Resumed(HttpHost target, HttpRequest request) {
      this.target = target;
      this.request = request;
    }

    @Override
    public HttpHost getTarget() {
      return target;
    }

    @Override
    public HttpRequest generateRequest() {
      return request;
    }

    @Override
    public void produceContent(ContentEncoder encoder, IOControl control) throws IOException {
      if (held != null) {
        held.pass(control);
      }
      if (first.hasRemaining()) {
        encoder.write(first);
      }
      if (!first.hasRemaining()) {
        producer.produceContent(encoder, control);
      }
    }

    @Override
    public void requestCompleted(HttpContext context) {
      producer.requestCompleted(context);
    }

    @Override
    public void failed(Exception thrown) {}

    @Override
    public boolean isRepeatable() {
      return producer.isRepeatable();
    }

    @Override
    public void resetRequest() throws IOException {
      first = ByteBuffer.allocate(0); // It begins anew.
      producer.resetRequest();
    }

    @Override
    public void close() {}
  }

  /** Takes what the producer has. */
  private static final class Collecting implements ContentEncoder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean completed;

    int size() {
      return bytes.size();
    }

    @Override
    public int write(ByteBuffer source) {
      int count = (int) Math.min(source.remaining(), RequestBody.CAPTURE_LIMIT - bytes.size());
      byte[] part = new byte[count];
      source.get(part);
      bytes.writeBytes(part);
      return count;
    }

    @Override
    public void complete() {
      completed = true;
    }

    @Override
    public boolean isCompleted() {
      return completed;
    }
  }

  /** Stands in for a connection's until there is one. */
  private static final class Held implements IOControl {
    private volatile boolean suspended;
    private volatile @Nullable IOControl real;

    void pass(IOControl control) {
      real = control;
    }

    @Override
    public void requestOutput() {
      IOControl known = real;
      if (known != null) {
        known.requestOutput();
      }
    }

    @Override
    public void suspendOutput() {
      suspended = true;
    }

    @Override
    public void requestInput() {}

    @Override
    public void suspendInput() {}

    @Override
    public void shutdown() throws IOException {
      IOControl known = real;
      if (known != null) {
        known.shutdown();
      }
    }
  }
}
