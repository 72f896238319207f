// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.client.Received;
import io.headgate.client.StreamSource;
import java.io.IOException;
import java.io.InputStream;
import org.apache.http.HttpEntity;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The client's answer to one request, and what becomes of its connection: used again once the body
 * was read to its end, or if the app closes the body in the way in which the client would see to
 * that; else cut.
 */
final class ClassicAnswer implements StreamSource.Release {

  private final CloseableHttpResponse response;
  private final @Nullable SendContext context;
  private final Abort abort;
  private final @Nullable Body body;
  private volatile boolean orderly;
  private volatile @Nullable IOException closing;

  /** Cuts the connection. */
  interface Abort {
    void abort() throws IOException;
  }

  /**
   * @param context of a request of ours; null if it was the app's own
   */
  ClassicAnswer(CloseableHttpResponse response, @Nullable SendContext context, Abort abort) {
    this.response = response;
    this.context = context;
    this.abort = abort;
    HttpEntity entity = response.getEntity();
    this.body = entity == null ? null : new Body(entity);
  }

  Received<ClassicAnswer> received() {
    return new Received<>(
        this,
        response.getStatusLine().getStatusCode(),
        Fields.of(response),
        Fields.protocol(response.getStatusLine().getProtocolVersion()),
        new StreamSource(body, this));
  }

  /** The client's own. Its body is not to be touched. */
  CloseableHttpResponse response() {
    return response;
  }

  /** The app gets it; returns whether the client has told the app's context of it. */
  boolean publish() {
    return context == null || context.publish();
  }

  /** From now on closing it means to close its stream, for which the client may read on. */
  void orderly() {
    orderly = true;
  }

  /** What the client threw when its stream was closed; null if nothing. */
  @Nullable IOException closing() {
    return closing;
  }

  @Override
  public void release(boolean whole) throws IOException {
    try {
      Body stream = body;
      if (stream == null) {
        return;
      }
      if (whole || orderly) {
        stream.close();
      } else {
        abort.abort();
      }
    } catch (IOException e) {
      closing = e;
    } finally {
      response.close();
    }
  }

  @Override
  public void interrupt() {
    try {
      abort.abort();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** The entity's stream, which is asked for when it is read: asking may read already. */
  private static final class Body extends InputStream {
    private final HttpEntity entity;
    private @Nullable InputStream stream;

    Body(HttpEntity entity) {
      this.entity = entity;
    }

    private InputStream stream() throws IOException {
      InputStream known = stream;
      if (known == null) {
        known = entity.getContent();
        known = known == null ? InputStream.nullInputStream() : known;
        stream = known;
      }
      return known;
    }

    @Override
    public int read() throws IOException {
      return stream().read();
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      return stream().read(bytes, offset, count);
    }

    @Override
    public void close() throws IOException {
      stream().close();
    }
  }
}
