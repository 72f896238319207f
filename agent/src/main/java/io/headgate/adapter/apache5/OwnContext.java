// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.gateway.Headers;
import java.util.HashMap;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.Credentials;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.protocol.RedirectLocations;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.BasicHttpContext;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The context of a request that is not the app's as it made it, or that may outlive the app's call:
 * what the client puts there must not reach the app's own context, which it may use for its next
 * call. What the app put into that is seen from here.
 */
final class OwnContext extends HttpClientContext {

  private final @Nullable Target foreign;
  private final Headers meant;
  private final @Nullable HttpRequest before;

  private OwnContext(
      HttpContext behind, @Nullable Target foreign, Headers meant, @Nullable HttpRequest before) {
    super(behind);
    this.foreign = foreign;
    this.meant = meant;
    this.before = before;
  }

  /**
   * @param parent the app's
   * @param foreign where the request goes, if that is not the app's own host
   * @param meant what the gateway sends
   */
  static HttpClientContext of(
      @Nullable HttpContext parent, @Nullable Target foreign, Headers meant) {
    if (parent == null) {
      return new OwnContext(new BasicHttpContext(), foreign, meant, null);
    }
    HttpRequest before =
        parent instanceof HttpClientContext theirs
            ? theirs.getRequest()
            : (HttpRequest) parent.getAttribute(HTTP_REQUEST);
    OwnContext context = new OwnContext(new BasicHttpContext(parent), foreign, meant, before);
    // What the client writes into, if it finds it.
    context.setAttribute(AUTH_EXCHANGE_MAP, new HashMap<>());
    context.setAttribute(REDIRECT_LOCATIONS, new RedirectLocations());
    if (parent instanceof HttpClientContext theirs) {
      // Since 5.4 these are no attributes, which would be found behind.
      context.setAuthSchemeRegistry(theirs.getAuthSchemeRegistry());
      context.setCookieSpecRegistry(theirs.getCookieSpecRegistry());
      context.setCookieStore(theirs.getCookieStore());
      context.setCredentialsProvider(theirs.getCredentialsProvider());
      context.setRequestConfig(own(theirs));
      context.setAuthCache(theirs.getAuthCache());
      context.setUserToken(theirs.getUserToken());
    }
    return context;
  }

  /** Before 5.4 there is a default in place of none, which would hide the client's. */
  static @Nullable RequestConfig own(HttpClientContext context) {
    RequestConfig config = context.getRequestConfig();
    return config == RequestConfig.DEFAULT ? null : config;
  }

  /**
   * The last thing that the client asks its context for before it sends: all interceptors have had
   * their say then. Asked for on other occasions, too.
   */
  @Override
  public RequestConfig getRequestConfig() {
    HttpRequest request = foreign == null ? null : getRequest();
    if (request != null && request != before) {
      Secrets.strip(request, meant);
    }
    return super.getRequestConfig();
  }

  /** What the app knows for its own host must not answer the challenge of another one. */
  @Override
  public @Nullable CredentialsProvider getCredentialsProvider() {
    CredentialsProvider provider = super.getCredentialsProvider();
    Target host = foreign;
    return host == null || provider == null ? provider : new Guarded(host, provider);
  }

  private record Guarded(Target foreign, CredentialsProvider provider)
      implements CredentialsProvider {
    @Override
    public @Nullable Credentials getCredentials(AuthScope scope, HttpContext context) {
      return foreign.host().equalsIgnoreCase(scope.getHost())
          ? null
          : provider.getCredentials(scope, context);
    }
  }
}
