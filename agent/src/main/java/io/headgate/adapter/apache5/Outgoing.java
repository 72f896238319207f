// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is given to the client: the app's own may be cancelled by the app only, and only
 * once. The client sends a copy of either.
 */
final class Outgoing extends BasicClassicHttpRequest
    implements Configurable, CancellableDependency {

  private static final long serialVersionUID = 1L;

  private static final Cancellable CANCELLED = () -> false;

  @SuppressWarnings("serial") // nobody serializes it
  private final AtomicReference<@Nullable Cancellable> dependency = new AtomicReference<>();

  private final transient @Nullable RequestConfig config;

  /**
   * @param config null for the client's own
   */
  Outgoing(
      String method,
      @Nullable String scheme,
      @Nullable URIAuthority authority,
      String path,
      @Nullable ProtocolVersion version,
      Header[] fields,
      @Nullable HttpEntity entity,
      @Nullable RequestConfig config) {
    super(method, path);
    setScheme(scheme);
    setAuthority(authority);
    setVersion(version);
    setHeaders(fields);
    setEntity(entity);
    this.config = config;
  }

  @Override
  public @Nullable RequestConfig getConfig() {
    return config;
  }

  @Override
  public void setDependency(Cancellable cancellable) {
    Cancellable known = dependency.getAndUpdate(had -> had == CANCELLED ? had : cancellable);
    if (known == CANCELLED) {
      cancellable.cancel();
    }
  }

  @Override
  public boolean isCancelled() {
    return dependency.get() == CANCELLED;
  }

  /** Breaks it off, and the reading of its answer; the client says so in its own words. */
  @Override
  public boolean cancel() {
    Cancellable known = dependency.getAndSet(CANCELLED);
    return known != CANCELLED && known != null && known.cancel();
  }
}
