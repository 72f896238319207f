// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a call whose answer the gateway gives: looks like the JDK's connection once that has
 * an answer, with its messages.
 */
final class DeliveredConnection extends UsedConnection {

  private final HttpURLConnection origin;
  private final @Nullable HttpURLConnection used;
  private final HeadFields fields;
  private final ContentInputStream stream;
  private final @Nullable IOException first;

  /**
   * @param origin the app's own connection, for what the app set
   * @param used the one the answer came over; null if it is our own
   * @param first what reading the answer throws, as bad ones do; null if nothing
   * @param bodiless whether the head says that there is no body
   */
  DeliveredConnection(
      HttpURLConnection origin,
      URL url,
      @Nullable HttpURLConnection used,
      String method,
      HeadFields fields,
      int status,
      ContentInputStream stream,
      boolean bodiless,
      @Nullable IOException first) {
    super(origin, url, method);
    this.origin = origin;
    this.used = used;
    this.fields = fields;
    this.stream = stream;
    this.first = first;
    this.responseCode = status;
    this.responseMessage = StatusLine.phrase(fields.value(0));
    // The JDK lets go of a connection that has no more to give.
    this.connected = !bodiless;
  }

  /** What the app's first question about the body throws; null if nothing. */
  @Nullable IOException first() {
    return first;
  }

  /** The connection that knows the TLS session: an unconnected one if there is none. */
  HttpURLConnection secured() {
    return used == null ? origin : used;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    if (first != null) {
      throw Thrown.again(first);
    }
    return stream;
  }

  @Override
  public @Nullable InputStream getErrorStream() {
    return connected && responseCode >= HTTP_BAD_REQUEST ? stream : null;
  }

  @Override
  public @Nullable String getHeaderField(@Nullable String name) {
    return fields.last(name);
  }

  @Override
  public @Nullable String getHeaderField(int index) {
    return fields.value(index);
  }

  @Override
  public @Nullable String getHeaderFieldKey(int index) {
    return fields.name(index);
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return fields.map();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    // The JDK's connection takes that badly, too.
    disconnect();
    throw new ProtocolException(
        doOutput
            ? "Cannot write output after reading input."
            : "cannot write to a URLConnection if doOutput=false - call setDoOutput(true)");
  }

  @Override
  public Map<String, List<String>> getRequestProperties() {
    // What the app set is known elsewhere.
    return connected ? super.getRequestProperties() : Map.of();
  }

  @Override
  public void disconnect() {
    connected = false;
    stream.close();
  }

  @Override
  public boolean usingProxy() {
    return secured().usingProxy();
  }
}
