// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.Credentials;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.params.ClientPNames;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.client.AbstractHttpClient;
import org.apache.http.params.CoreConnectionPNames;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * What the clients from before 4.3 take from a request's parameters, where later ones have a {@code
 * RequestConfig}. Later ones look at them, too, if there are any.
 */
@SuppressWarnings("deprecation") // all of it is, and in use
final class LegacyParams {

  private LegacyParams() {}

  /**
   * Carries an app's parameters on.
   *
   * @param guard null if the gateway did not change the request
   * @param connectNanos as {@link GuardedConfig} has it
   */
  static void carry(
      Object client,
      HttpRequest from,
      HttpRequestBase to,
      @Nullable Guard guard,
      long connectNanos) {
    HttpParams params = from.getParams().copy();
    if (guard != null && guard.foreign()) {
      params.removeParameter(ClientPNames.VIRTUAL_HOST);
      params.removeParameter(ClientPNames.DEFAULT_HOST);
    }
    if (client instanceof AbstractHttpClient legacy) {
      if (guard != null) {
        params.setBooleanParameter(ClientPNames.HANDLE_REDIRECTS, false);
      }
      String connect = CoreConnectionPNames.CONNECTION_TIMEOUT;
      int own =
          params.getParameter(connect) != null
              ? params.getIntParameter(connect, 0)
              : legacy.getParams().getIntParameter(connect, 0);
      int limited = GuardedConfig.limited(own, connectNanos);
      if (limited != own) {
        params.setIntParameter(connect, limited);
      }
    }
    to.setParams(params);
  }

  /** Keeps a client from before 4.3 from logging in at a host that is not the app's. */
  static void keepCredentials(Object client, HttpHost foreign, HttpContext context) {
    if (!(client instanceof AbstractHttpClient legacy)) {
      return;
    }
    Object set = context.getAttribute(HttpClientContext.CREDS_PROVIDER);
    CredentialsProvider own =
        set instanceof CredentialsProvider provider ? provider : legacy.getCredentialsProvider();
    context.setAttribute(HttpClientContext.CREDS_PROVIDER, new ProxiesOnly(own, foreign));
  }

  /** The app's, for all but one host. */
  private static final class ProxiesOnly implements CredentialsProvider {
    private final CredentialsProvider own;
    private final HttpHost foreign;

    ProxiesOnly(CredentialsProvider own, HttpHost foreign) {
      this.own = own;
      this.foreign = foreign;
    }

    @Override
    public void setCredentials(AuthScope scope, Credentials credentials) {
      own.setCredentials(scope, credentials);
    }

    @Override
    public @Nullable Credentials getCredentials(AuthScope scope) {
      return foreign.getHostName().equalsIgnoreCase(scope.getHost())
          ? null
          : own.getCredentials(scope);
    }

    @Override
    public void clear() {
      own.clear();
    }
  }
}
