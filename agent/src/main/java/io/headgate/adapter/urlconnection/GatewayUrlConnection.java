// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;
import java.security.Permission;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The app's http connection, in front of the JDK's own one. Says and does what that one would; see
 * {@link ConnectionCall}. What is not overridden here is built on what is.
 */
final class GatewayUrlConnection extends HttpURLConnection {

  private final HttpURLConnection origin;
  private final ConnectionCall call;

  GatewayUrlConnection(HttpURLConnection origin, ConnectionCall call) {
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
}
