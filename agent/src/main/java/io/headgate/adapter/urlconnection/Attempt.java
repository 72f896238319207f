// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One use of one connection: writes the request, waits for the head of the answer. */
final class Attempt {

  private final HttpURLConnection connection;
  private final String target;
  private final boolean moved;
  private final LiveBody body = Ingress.newBody();
  private final CompletableFuture<GatewayResponse> stage = new CompletableFuture<>();
  private volatile @Nullable OutputStream output;
  private volatile @Nullable Throwable thrown;
  private volatile boolean unsent;
  private volatile boolean answered;
  private volatile @Nullable Headers reported;

  /** What writes the body of the request. */
  interface Content {
    void writeTo(OutputStream output) throws IOException;
  }

  Attempt(HttpURLConnection connection) {
    this(connection, false);
  }

  /**
   * @param moved whether the server sent an earlier attempt here
   */
  Attempt(HttpURLConnection connection, boolean moved) {
    this.connection = connection;
    this.moved = moved;
    this.target = connection.getURL().toExternalForm();
  }

  /** Writes the body; the connection connects. False if that failed, which also ends the stage. */
  boolean write(Content content) {
    try {
      OutputStream opened = connection.getOutputStream();
      output = opened;
      content.writeTo(opened);
      return true;
    } catch (Throwable t) {
      thrown = t;
      // A server may answer early and stop reading: then the answer counts, not the write.
      unsent = output == null;
      return !unsent;
    }
  }

  /**
   * Waits for the head of the answer. A bad status makes the connection throw, yet it is an answer;
   * what was thrown is kept for the app.
   */
  void await() {
    if (unsent) {
      return;
    }
    Throwable writing = thrown;
    try {
      connection.getInputStream();
      thrown = null;
    } catch (Throwable t) {
      thrown = t;
    }
    try {
      answered = thrown == null || connection.getHeaderField(0) != null;
    } catch (RuntimeException e) {
      answered = false;
    }
    if (!answered && writing != null) {
      thrown = writing;
      unsent = true;
    }
  }

  /** Ends the stage; everything chained to it runs here. */
  void complete() {
    Throwable failure = thrown;
    if (!answered && failure != null) {
      stage.completeExceptionally(failure);
      return;
    }
    GatewayResponse response;
    try {
      Headers headers = Headers.of(connection.getHeaderFields());
      reported = headers;
      response =
          new GatewayResponse(
              connection.getResponseCode(), headers, protocol(connection.getHeaderField(0)), body);
    } catch (Throwable t) {
      stage.completeExceptionally(t);
      return;
    }
    stage.complete(response);
  }

  /** Gives up waiting: the app disconnected before it asked for the answer. */
  void abandon() {
    stage.completeExceptionally(new IOException("disconnected before the answer was asked for"));
  }

  /** Lets go of an answer nobody is going to read. */
  void discard() {
    connection.disconnect();
    body.error(null);
  }

  /** Whether there is nothing to read, so that the app need not read to reach the end. */
  boolean bodiless() throws IOException {
    int status = connection.getResponseCode();
    return status == HttpURLConnection.HTTP_NO_CONTENT
        || status == HttpURLConnection.HTTP_NOT_MODIFIED
        || connection.getContentLengthLong() == 0
        || connection.getRequestMethod().equals("HEAD")
        || (status >= HttpURLConnection.HTTP_BAD_REQUEST && connection.getErrorStream() == null);
  }

  private static String protocol(@Nullable String statusLine) {
    return statusLine != null && statusLine.startsWith("HTTP/1.") && statusLine.length() > 7
        ? statusLine.substring(5, 8)
        : "";
  }

  HttpURLConnection connection() {
    return connection;
  }

  /** Whether the server sent the connection elsewhere. */
  boolean redirected() {
    // Not equals: that one looks hosts up.
    return moved || !connection.getURL().toExternalForm().equals(target);
  }

  LiveBody body() {
    return body;
  }

  /** The header fields that the stage completed with; null if it has none. */
  @Nullable Headers reported() {
    return reported;
  }

  CompletableFuture<GatewayResponse> stage() {
    return stage;
  }

  /** Where the rest of a passed-on body goes; null if it could not be opened. */
  @Nullable OutputStream output() {
    return output;
  }

  /** What the connection threw when asked for the answer, or for its output; null if nothing. */
  @Nullable Throwable thrown() {
    return thrown;
  }

  /** Whether it is known how this went. */
  boolean ended() {
    return answered || thrown != null;
  }

  /** Whether there is a head, be its status good or bad. */
  boolean answered() {
    return answered;
  }

  /** Whether the request could not be sent, so that asking again would send half of it. */
  boolean unsent() {
    return unsent;
  }
}
