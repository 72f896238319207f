// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.InetAddress;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.jspecify.annotations.Nullable;

/**
 * The app's configuration of a request, but for two things: how long connecting may take, and
 * whether the answer at hand may be followed elsewhere. The client asks for the latter at each
 * answer; so its own strategy goes on deciding about redirects within the origin.
 */
final class GuardedConfig extends RequestConfig {

  /** Since 4.5.8. */
  private static final @Nullable MethodHandle NORMALIZE = normalize();

  private final RequestConfig own;
  private final long connectNanos;
  private final BooleanSupplier leaving;

  /**
   * @param connectNanos 0 for as long as the app lets it take
   * @param leaving whether the answer at hand leads out of the origin
   */
  GuardedConfig(RequestConfig own, long connectNanos, BooleanSupplier leaving) {
    this.own = own;
    this.connectNanos = connectNanos;
    this.leaving = leaving;
  }

  /** As the app knows it. */
  RequestConfig own() {
    return own;
  }

  @Override
  public boolean isRedirectsEnabled() {
    return own.isRedirectsEnabled() && !leaving.getAsBoolean();
  }

  @Override
  public int getConnectTimeout() {
    return limited(own.getConnectTimeout(), connectNanos);
  }

  /**
   * The shorter one of two limits in milliseconds.
   *
   * @param ownMillis none if it is not positive
   * @param nanos none if it is 0
   */
  static int limited(int ownMillis, long nanos) {
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    boolean ours = nanos > 0 && (ownMillis <= 0 ? millis <= Integer.MAX_VALUE : millis < ownMillis);
    return ours ? (int) millis : ownMillis;
  }

  @Override
  public boolean isExpectContinueEnabled() {
    return own.isExpectContinueEnabled();
  }

  @Override
  public HttpHost getProxy() {
    return own.getProxy();
  }

  @Override
  public InetAddress getLocalAddress() {
    return own.getLocalAddress();
  }

  @Override
  @SuppressWarnings("deprecation") // the client still asks
  public boolean isStaleConnectionCheckEnabled() {
    return own.isStaleConnectionCheckEnabled();
  }

  @Override
  public String getCookieSpec() {
    return own.getCookieSpec();
  }

  @Override
  public boolean isRelativeRedirectsAllowed() {
    return own.isRelativeRedirectsAllowed();
  }

  @Override
  public boolean isCircularRedirectsAllowed() {
    return own.isCircularRedirectsAllowed();
  }

  @Override
  public int getMaxRedirects() {
    return own.getMaxRedirects();
  }

  @Override
  public boolean isAuthenticationEnabled() {
    return own.isAuthenticationEnabled();
  }

  @Override
  public Collection<String> getTargetPreferredAuthSchemes() {
    return own.getTargetPreferredAuthSchemes();
  }

  @Override
  public Collection<String> getProxyPreferredAuthSchemes() {
    return own.getProxyPreferredAuthSchemes();
  }

  @Override
  public int getConnectionRequestTimeout() {
    return own.getConnectionRequestTimeout();
  }

  @Override
  public int getSocketTimeout() {
    return own.getSocketTimeout();
  }

  @Override
  @SuppressWarnings("deprecation") // the client still asks
  public boolean isDecompressionEnabled() {
    return own.isDecompressionEnabled();
  }

  @Override
  @SuppressWarnings("deprecation") // not in 4.5.0, where it has another name
  public boolean isContentCompressionEnabled() {
    return own.isDecompressionEnabled();
  }

  /** Overrides what only later versions have. */
  public boolean isNormalizeUri() {
    try {
      return NORMALIZE == null || (boolean) NORMALIZE.invokeExact(own);
    } catch (Throwable t) {
      return true;
    }
  }

  private static @Nullable MethodHandle normalize() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(RequestConfig.class, "isNormalizeUri", MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return own.toString();
  }
}
