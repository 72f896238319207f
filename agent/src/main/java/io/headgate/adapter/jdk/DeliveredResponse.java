// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * An answer that the gateway chose or made. It is the answer to the app's own request, wherever it
 * came from.
 */
final class DeliveredResponse<T> implements HttpResponse<T> {

  private final HttpRequest original;
  private final Head head;
  private final T body;
  private final Optional<SSLSession> session;

  DeliveredResponse(HttpRequest original, Head head, T body, Optional<SSLSession> session) {
    this.original = original;
    this.head = head;
    this.body = body;
    this.session = session;
  }

  @Override
  public int statusCode() {
    return head.statusCode();
  }

  @Override
  public HttpRequest request() {
    return original;
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public HttpHeaders headers() {
    return head.headers();
  }

  @Override
  public T body() {
    return body;
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return session;
  }

  @Override
  public URI uri() {
    return original.uri();
  }

  @Override
  public HttpClient.Version version() {
    return head.version();
  }

  @Override
  public String toString() {
    return "(" + original.method() + " " + original.uri() + ") " + statusCode();
  }
}
