// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** How the client is to treat one request. */
final class Configs {

  private Configs() {}

  /** What the app says for this request itself; null if it says nothing. */
  static @Nullable RequestConfig own(Object request) {
    return request instanceof Configurable configurable ? configurable.getConfig() : null;
  }

  /**
   * What holds for a request that is not the app's as it made it.
   *
   * @param changed whether the gateway changed it, so that the client must not follow redirects
   * @param connectNanos how long connecting may take; 0 for as long as the client lets it. Since
   *     5.2 what the client lets it may be said elsewhere, and is not known then
   * @return null for the client's own
   */
  static @Nullable RequestConfig of(
      Object request,
      @Nullable HttpContext context,
      Object client,
      boolean changed,
      long connectNanos) {
    RequestConfig own = own(request);
    if (!changed && connectNanos == 0) {
      return own;
    }
    RequestConfig base = base(request, context, client);
    RequestConfig.Builder builder = RequestConfig.copy(base == null ? RequestConfig.DEFAULT : base);
    if (base != null) {
      builder.setResponseTimeout(base.getResponseTimeout()); // 5.0 forgets it.
    }
    if (changed) {
      builder.setRedirectsEnabled(false);
    }
    if (connectNanos > 0) {
      builder.setConnectTimeout(
          least(base == null ? null : base.getConnectTimeout(), connectNanos));
    }
    return builder.build();
  }

  /** What holds for the app's request, as far as can be seen; null if nothing was said. */
  static @Nullable RequestConfig base(
      Object request, @Nullable HttpContext context, Object client) {
    RequestConfig base = own(request);
    if (base == null && context instanceof HttpClientContext known) {
      base = OwnContext.own(known);
    }
    return base == null ? own(client) : base;
  }

  private static Timeout least(@Nullable Timeout own, long nanos) {
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    return own != null && own.toMilliseconds() > 0 && own.toMilliseconds() < millis
        ? own
        : Timeout.ofMilliseconds(millis);
  }
}
