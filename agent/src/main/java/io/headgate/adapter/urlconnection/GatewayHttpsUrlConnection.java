// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.ProtocolException;
import java.net.URL;
import java.security.Permission;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The app's https connection, in front of the JDK's own one. The twin of {@link
 * GatewayUrlConnection}, because apps cast to the https class.
 */
final class GatewayHttpsUrlConnection extends HttpsURLConnection {

  private final HttpsURLConnection origin;
  private final ConnectionCall call;

  GatewayHttpsUrlConnection(HttpsURLConnection origin, ConnectionCall call) {
    super(origin.getURL());
    this.origin = origin;
    this.call = call;
  }

  // Settings.

  @Override
  public void setConnectTimeout(int millis) {
    call.current().setConnectTimeout(millis);
  }

  @Override
  public int getConnectTimeout() {
    return call.current().getConnectTimeout();
  }

  @Override
  public void setReadTimeout(int millis) {
    call.current().setReadTimeout(millis);
  }

  @Override
  public int getReadTimeout() {
    return call.current().getReadTimeout();
  }

  @Override
  public void setDoInput(boolean input) {
    call.changeable().setDoInput(input);
  }

  @Override
  public boolean getDoInput() {
    return call.current().getDoInput();
  }

  @Override
  public void setDoOutput(boolean output) {
    call.changeable().setDoOutput(output);
  }

  @Override
  public boolean getDoOutput() {
    return call.current().getDoOutput();
  }

  @Override
  public void setAllowUserInteraction(boolean allow) {
    call.changeable().setAllowUserInteraction(allow);
  }

  @Override
  public boolean getAllowUserInteraction() {
    return call.current().getAllowUserInteraction();
  }

  @Override
  public void setUseCaches(boolean caches) {
    call.changeable().setUseCaches(caches);
  }

  @Override
  public boolean getUseCaches() {
    return call.current().getUseCaches();
  }

  @Override
  public void setDefaultUseCaches(boolean caches) {
    origin.setDefaultUseCaches(caches);
  }

  @Override
  public boolean getDefaultUseCaches() {
    return origin.getDefaultUseCaches();
  }

  @Override
  public void setIfModifiedSince(long millis) {
    call.changeable().setIfModifiedSince(millis);
  }

  @Override
  public long getIfModifiedSince() {
    return call.current().getIfModifiedSince();
  }

  @Override
  public void setInstanceFollowRedirects(boolean follow) {
    call.current().setInstanceFollowRedirects(follow);
  }

  @Override
  public boolean getInstanceFollowRedirects() {
    return call.current().getInstanceFollowRedirects();
  }

  @Override
  public void setRequestMethod(String method) throws ProtocolException {
    call.setRequestMethod(method);
  }

  @Override
  public String getRequestMethod() {
    return call.requestMethod();
  }

  @Override
  public void setRequestProperty(String name, @Nullable String value) {
    call.setRequestProperty(name, value);
  }

  @Override
  public void addRequestProperty(String name, @Nullable String value) {
    call.addRequestProperty(name, value);
  }

  @Override
  public @Nullable String getRequestProperty(String name) {
    return origin.getRequestProperty(name);
  }

  @Override
  public Map<String, List<String>> getRequestProperties() {
    return call.requestProperties();
  }

  @Override
  public void setFixedLengthStreamingMode(int length) {
    call.setFixedLength(length);
  }

  @Override
  public void setFixedLengthStreamingMode(long length) {
    call.setFixedLength(length);
  }

  @Override
  public void setChunkedStreamingMode(int length) {
    call.setChunked(length);
  }

  @Override
  public void setAuthenticator(Authenticator authenticator) {
    call.setAuthenticator(authenticator);
  }

  // The exchange.

  @Override
  public void connect() throws IOException {
    call.connect();
  }

  @Override
  public void disconnect() {
    call.disconnect();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return call.output();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return call.input();
  }

  @Override
  public @Nullable InputStream getErrorStream() {
    return call.error();
  }

  @Override
  public int getResponseCode() throws IOException {
    return call.status();
  }

  @Override
  public @Nullable String getResponseMessage() throws IOException {
    return call.message();
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    return call.head().getHeaderField(name);
  }

  @Override
  public @Nullable String getHeaderField(int index) {
    return call.head().getHeaderField(index);
  }

  @Override
  public @Nullable String getHeaderFieldKey(int index) {
    return call.head().getHeaderFieldKey(index);
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return call.head().getHeaderFields();
  }

  @Override
  public URL getURL() {
    return call.url();
  }

  @Override
  public boolean usingProxy() {
    return call.current().usingProxy();
  }

  @Override
  public Permission getPermission() throws IOException {
    return origin.getPermission();
  }

  @Override
  public String toString() {
    return origin.toString();
  }

  // TLS.

  @Override
  public String getCipherSuite() {
    return tls().getCipherSuite();
  }

  @Override
  public Certificate @Nullable [] getLocalCertificates() {
    return tls().getLocalCertificates();
  }

  @Override
  public Certificate[] getServerCertificates() throws SSLPeerUnverifiedException {
    return tls().getServerCertificates();
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    return tls().getPeerPrincipal();
  }

  @Override
  public @Nullable Principal getLocalPrincipal() {
    return tls().getLocalPrincipal();
  }

  @Override
  public Optional<SSLSession> getSSLSession() {
    return tls().getSSLSession();
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) {
    origin.setHostnameVerifier(verifier);
  }

  @Override
  public HostnameVerifier getHostnameVerifier() {
    return origin.getHostnameVerifier();
  }

  @Override
  public void setSSLSocketFactory(SSLSocketFactory factory) {
    origin.setSSLSocketFactory(factory);
  }

  @Override
  public SSLSocketFactory getSSLSocketFactory() {
    return origin.getSSLSocketFactory();
  }

  /** A call that was sent on in the clear has no session: then the unused one says so. */
  private HttpsURLConnection tls() {
    return call.secured() instanceof HttpsURLConnection used ? used : origin;
  }
}
