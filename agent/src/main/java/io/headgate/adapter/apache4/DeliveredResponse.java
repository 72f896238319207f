// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import org.apache.http.Header;
import org.apache.http.HeaderIterator;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.ProtocolVersion;
import org.apache.http.StatusLine;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.params.HttpParams;
import org.jspecify.annotations.Nullable;

/** An answer that is the client's own, or one of our making, in all but its body. */
@SuppressWarnings("deprecation") // parameters still are a part of each message
final class DeliveredResponse implements CloseableHttpResponse {

  private final HttpResponse head;
  private final Closeable body;
  private @Nullable HttpEntity entity;

  /**
   * @param entity null if it has none
   * @param body what the app reads, or would have read
   */
  DeliveredResponse(HttpResponse head, @Nullable HttpEntity entity, Closeable body) {
    this.head = head;
    this.entity = entity;
    this.body = body;
  }

  /**
   * Cuts the connection, unless the body was read to its end. By way of the body, which knows
   * whether others read the same answer; the client's own response is closed when it is let go of.
   */
  @Override
  public void close() throws IOException {
    if (body instanceof ClassicBody read) {
      read.cut();
    } else {
      body.close();
    }
  }

  @Override
  public @Nullable HttpEntity getEntity() {
    return entity;
  }

  @Override
  public void setEntity(@Nullable HttpEntity newEntity) {
    entity = newEntity;
  }

  @Override
  public StatusLine getStatusLine() {
    return head.getStatusLine();
  }

  @Override
  public void setStatusLine(StatusLine line) {
    head.setStatusLine(line);
  }

  @Override
  public void setStatusLine(ProtocolVersion version, int status) {
    head.setStatusLine(version, status);
  }

  @Override
  public void setStatusLine(ProtocolVersion version, int status, String reason) {
    head.setStatusLine(version, status, reason);
  }

  @Override
  public void setStatusCode(int status) {
    head.setStatusCode(status);
  }

  @Override
  public void setReasonPhrase(String reason) {
    head.setReasonPhrase(reason);
  }

  @Override
  public Locale getLocale() {
    return head.getLocale();
  }

  @Override
  public void setLocale(Locale locale) {
    head.setLocale(locale);
  }

  @Override
  public ProtocolVersion getProtocolVersion() {
    return head.getProtocolVersion();
  }

  @Override
  public boolean containsHeader(String name) {
    return head.containsHeader(name);
  }

  @Override
  public Header[] getHeaders(String name) {
    return head.getHeaders(name);
  }

  @Override
  public Header getFirstHeader(String name) {
    return head.getFirstHeader(name);
  }

  @Override
  public Header getLastHeader(String name) {
    return head.getLastHeader(name);
  }

  @Override
  public Header[] getAllHeaders() {
    return head.getAllHeaders();
  }

  @Override
  public void addHeader(Header header) {
    head.addHeader(header);
  }

  @Override
  public void addHeader(String name, String value) {
    head.addHeader(name, value);
  }

  @Override
  public void setHeader(Header header) {
    head.setHeader(header);
  }

  @Override
  public void setHeader(String name, String value) {
    head.setHeader(name, value);
  }

  @Override
  public void setHeaders(Header[] headers) {
    head.setHeaders(headers);
  }

  @Override
  public void removeHeader(Header header) {
    head.removeHeader(header);
  }

  @Override
  public void removeHeaders(String name) {
    head.removeHeaders(name);
  }

  @Override
  public HeaderIterator headerIterator() {
    return head.headerIterator();
  }

  @Override
  public HeaderIterator headerIterator(String name) {
    return head.headerIterator(name);
  }

  @Override
  public HttpParams getParams() {
    return head.getParams();
  }

  @Override
  public void setParams(HttpParams params) {
    head.setParams(params);
  }

  @Override
  public String toString() {
    return head.toString();
  }
}
