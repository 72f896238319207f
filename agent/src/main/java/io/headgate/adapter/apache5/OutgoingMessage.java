// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** A request as it is given to an asynchronous client, which sends a copy of it. */
final class OutgoingMessage extends BasicHttpRequest implements Configurable {

  private static final long serialVersionUID = 1L;

  /** Of the client that speaks nothing but HTTP/2: its requests to a host share a connection. */
  private static final String SHARING =
      "org.apache.hc.client5.http.impl.async.InternalH2AsyncExecRuntime";

  private final transient @Nullable RequestConfig config;

  // Guarded by this.
  private transient @Nullable AsyncExecRuntime runtime;
  private transient boolean cut;

  /**
   * @param config null for the client's own
   */
  OutgoingMessage(
      String method,
      @Nullable String scheme,
      @Nullable URIAuthority authority,
      String path,
      @Nullable ProtocolVersion version,
      Header[] fields,
      @Nullable RequestConfig config) {
    super(method, path);
    setScheme(scheme);
    setAuthority(authority);
    setVersion(version);
    setHeaders(fields);
    this.config = config;
  }

  @Override
  public @Nullable RequestConfig getConfig() {
    return config;
  }

  /** What holds the connection that the request will have. */
  void executing(AsyncExecRuntime newRuntime) {
    synchronized (this) {
      runtime = newRuntime;
      if (!cut) {
        return;
      }
    }
    newRuntime.discardEndpoint();
  }

  /** Whether it has a connection that others may have as well. */
  boolean shared() {
    AsyncExecRuntime open;
    synchronized (this) {
      open = runtime;
    }
    return open != null && open.getClass().getName().equals(SHARING) && open.isEndpointAcquired();
  }

  /** Gives up the connection. Cancelling alone does not do so for a request that was sent. */
  void cut() {
    AsyncExecRuntime open;
    synchronized (this) {
      cut = true;
      open = runtime;
    }
    if (open != null) {
      open.discardEndpoint();
    }
  }
}
