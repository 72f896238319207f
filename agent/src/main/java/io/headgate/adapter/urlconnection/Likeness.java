// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.GatewayRequest;
import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * The app's own connection and how it is set up, so that another one can be set up alike. Written
 * by the app's thread before the call starts.
 */
final class Likeness {

  private final HttpURLConnection origin;
  private final URL url;
  private final @Nullable Proxy proxy;
  private volatile long fixedLength = -1;
  private volatile int chunkLength = -1;
  private volatile @Nullable Authenticator authenticator;

  Likeness(HttpURLConnection origin, @Nullable Proxy proxy) {
    this.origin = origin;
    this.url = origin.getURL();
    this.proxy = proxy;
  }

  HttpURLConnection origin() {
    return origin;
  }

  /** What the app opened. */
  URL url() {
    return url;
  }

  // The JDK's connection does not give these back.

  void fixedLength(long length) {
    fixedLength = length;
  }

  void chunkLength(int length) {
    chunkLength = length;
  }

  void authenticator(Authenticator own) {
    authenticator = own;
  }

  /** In bytes; -1 if the app chose no fixed length. */
  long fixedLength() {
    return fixedLength;
  }

  /** Whether the app leaves redirects to the connection. */
  boolean followsRedirects() {
    return origin.getInstanceFollowRedirects();
  }

  boolean streaming() {
    return fixedLength >= 0 || chunkLength != -1;
  }

  /** Opens another connection. To be called inside the mark, or it would come in as a new call. */
  HttpURLConnection open(GatewayRequest original, GatewayRequest request) throws IOException {
    boolean samePlace = request.uri().equals(original.uri());
    URL target = samePlace ? url : request.uri().toURL();
    Proxy via = proxy;
    URLConnection opened = via == null ? target.openConnection() : target.openConnection(via);
    if (!(opened instanceof HttpURLConnection other)) {
      throw new IOException("no HTTP connection for scheme " + request.uri().getScheme());
    }
    other.setConnectTimeout(origin.getConnectTimeout());
    other.setReadTimeout(origin.getReadTimeout());
    // A streaming connection follows no redirect: it throws.
    boolean guarded = SameOrigin.guards(original, request) && !streaming();
    other.setInstanceFollowRedirects(!guarded && origin.getInstanceFollowRedirects());
    other.setUseCaches(origin.getUseCaches());
    other.setAllowUserInteraction(origin.getAllowUserInteraction());
    other.setIfModifiedSince(origin.getIfModifiedSince());
    other.setDoOutput(origin.getDoOutput());
    other.setRequestMethod(request.method());
    request.headers().forEach(other::addRequestProperty);
    Authenticator own = authenticator;
    if (samePlace && own != null) {
      // It holds credentials for the place the app called, and for no other.
      other.setAuthenticator(own);
    }
    boolean sameBody = request.body() == original.body();
    if (fixedLength >= 0) {
      other.setFixedLengthStreamingMode(
          sameBody ? fixedLength : (long) request.body().bytes().length);
    } else if (chunkLength != -1) {
      other.setChunkedStreamingMode(chunkLength);
    }
    if (origin instanceof HttpsURLConnection from && other instanceof HttpsURLConnection to) {
      to.setSSLSocketFactory(from.getSSLSocketFactory());
      to.setHostnameVerifier(from.getHostnameVerifier());
    }
    return other;
  }
}
