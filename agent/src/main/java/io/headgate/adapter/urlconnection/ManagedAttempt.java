// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One use of one connection whose answer comes to us first. Sent on one thread; {@link #breakOff}
 * may come from any, at any time.
 */
final class ManagedAttempt {

  private final HttpURLConnection connection;
  private final Control control;
  private final boolean apart;
  private final boolean moved;
  private final LiveBody body = Ingress.newBody();
  private final Object lock = new Object();

  /** Guarded by the lock. */
  private boolean broken;

  /** Guarded by the lock; null until the head is there. */
  private @Nullable AnswerSource source;

  private volatile @Nullable IOException thrown;
  private volatile @Nullable GatewayResponse response;

  /**
   * @param moved whether the server sent an earlier attempt here
   */
  ManagedAttempt(HttpURLConnection connection, Control control, boolean moved) {
    this.connection = connection;
    this.control = control;
    // One that was shared from the start is on a thread of ours already.
    this.apart = control.shareable() && !control.shared();
    this.moved = moved;
  }

  /**
   * Sends the request and waits for the head of the answer.
   *
   * @param writes whether the request has a body, be it empty
   * @throws IOException what the connection threw, or that the attempt was broken off
   */
  void run(GatewayRequest request, boolean writes) throws IOException {
    try {
      // While it connects a connection cannot be disconnected, so it is told again afterwards.
      control.onAbort(this::abort);
      connection.connect();
      control.onAbort(this::abort);
      check();
      if (writes) {
        OutputStream output = connection.getOutputStream();
        check();
        // All at once: then a server that answers early, without reading on, is heard.
        output.write(request.body().bytes());
        output.close();
        check();
      }
      answered(head());
    } catch (Throwable t) {
      breakOff();
      throw t;
    }
  }

  /** Null if the answer has no body. A bad status makes the connection throw, yet it is one. */
  private @Nullable InputStream head() throws IOException {
    try {
      return connection.getInputStream();
    } catch (IOException e) {
      check(e);
      if (connection.getHeaderField(0) == null || connection.getResponseCode() < 0) {
        throw e;
      }
      thrown = e;
      return connection.getErrorStream();
    } catch (RuntimeException e) {
      // When another thread disconnects, the JDK may trip over what that took away.
      check();
      throw e;
    }
  }

  private void answered(@Nullable InputStream stream) throws IOException {
    synchronized (lock) {
      if (!broken && control.aborted() == null) {
        source =
            new AnswerSource(
                stream == null ? InputStream.nullInputStream() : stream,
                connection,
                apart,
                this::over);
        return;
      }
    }
    throw brokenOff();
  }

  private void check() throws IOException {
    check(null);
  }

  /** A connection that was disconnected connects again, and sends again, when it is asked. */
  private void check(@Nullable IOException failure) throws IOException {
    boolean off;
    synchronized (lock) {
      off = broken;
    }
    if (off || control.aborted() != null) {
      throw failure == null ? brokenOff() : failure;
    }
  }

  /** As the JDK says it of a socket that another thread closed. */
  static IOException brokenOff() {
    return new SocketException("Socket closed");
  }

  private void abort() {
    // Closing a TLS socket may have to wait for one who writes.
    Ingress.background(this::breakOff);
  }

  /** Ends what is under way: whoever waits for the head, or for bytes, is thrown out. */
  void breakOff() {
    AnswerSource reading;
    synchronized (lock) {
      broken = true;
      reading = source;
    }
    if (reading != null) {
      reading.close();
    } else {
      // Should the sender just be about to use it, it connects anew: then not for long.
      connection.setConnectTimeout(1);
      connection.setReadTimeout(1);
      connection.disconnect();
      over();
    }
  }

  /** Lets the timers go: their hold must not keep the connection reachable. */
  private void over() {
    control.onAbort(() -> {});
  }

  /** The head and, to be pulled, the body. To be called after {@link #run}. */
  GatewayResponse response() throws IOException {
    GatewayResponse known = response;
    if (known == null) {
      known = head(content());
      response = known;
    }
    return known;
  }

  private GatewayResponse head(Content content) throws IOException {
    String statusLine = connection.getHeaderField(0);
    boolean known = statusLine != null && statusLine.startsWith("HTTP/1.");
    String protocol = known && statusLine.length() > 7 ? statusLine.substring(5, 8) : "";
    return GatewayResponse.of(connection.getResponseCode(), headers(), protocol, content);
  }

  private Content content() {
    AnswerSource own = source();
    if (own == null) {
      throw new IllegalStateException("no answer");
    }
    return new Content(own, body);
  }

  /** In the order in which they came. */
  private Headers headers() {
    List<String> flat = new ArrayList<>(32);
    for (int i = 1; ; i++) {
      String name = connection.getHeaderFieldKey(i);
      String value = connection.getHeaderField(i);
      if (name == null && value == null) {
        return Headers.ofFlat(flat.toArray(new String[0]));
      }
      if (name != null && value != null) {
        flat.add(name);
        flat.add(value);
      }
    }
  }

  /**
   * Whether the server asks for credentials and the JDK threw its answer away unread, because a
   * body that was streamed cannot be sent again.
   */
  boolean unreadRefusal() {
    return thrown instanceof HttpRetryException refused
        && (refused.responseCode() == HttpURLConnection.HTTP_UNAUTHORIZED
            || refused.responseCode() == HttpURLConnection.HTTP_PROXY_AUTH)
        && !"0".equals(connection.getHeaderField("Content-Length"));
  }

  /** Nobody wants the answer. */
  void close() {
    breakOff();
    body.error(null);
  }

  /** Whether others than the app wait for it, one of whom closes its answer. */
  boolean shared() {
    return control.shared();
  }

  boolean open() {
    AnswerSource own = source();
    return own != null && !own.closed();
  }

  @Nullable AnswerSource source() {
    synchronized (lock) {
      return source;
    }
  }

  HttpURLConnection connection() {
    return connection;
  }

  LiveBody body() {
    return body;
  }

  /** Whether the server sent the app's call elsewhere. */
  boolean moved() {
    return moved;
  }

  /** What the connection threw at a bad status; null if it was a good one. */
  @Nullable IOException thrown() {
    return thrown;
  }
}
