// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks like the JDK's connection once that was used: has the app's settings and takes no more. */
abstract class UsedConnection extends HttpURLConnection {

  /**
   * @param origin the app's own connection, which has the settings
   */
  UsedConnection(HttpURLConnection origin, URL url, String method) {
    super(url);
    this.method = method;
    this.instanceFollowRedirects = origin.getInstanceFollowRedirects();
    setConnectTimeout(origin.getConnectTimeout());
    setReadTimeout(origin.getReadTimeout());
    this.doInput = origin.getDoInput();
    this.doOutput = origin.getDoOutput();
    this.allowUserInteraction = origin.getAllowUserInteraction();
    this.useCaches = origin.getUseCaches();
    this.ifModifiedSince = origin.getIfModifiedSince();
  }

  @Override
  public void setRequestProperty(String name, @Nullable String value) {
    throw new IllegalStateException("Already connected");
  }

  @Override
  public void addRequestProperty(String name, @Nullable String value) {
    throw new IllegalStateException("Already connected");
  }

  @Override
  public Map<String, List<String>> getRequestProperties() {
    throw new IllegalStateException("Already connected");
  }

  @Override
  public void setRequestMethod(String method) {
    throw new IllegalStateException("connect in progress");
  }

  @Override
  public void setAuthenticator(Authenticator authenticator) {
    throw new IllegalStateException("Authenticator must be set before connecting");
  }

  @Override
  public void connect() {}
}
