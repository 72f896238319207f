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
 * The answer to a request that the gateway changed: shows the app its own request, not ours, which
 * may hold a configured credential. An app that logs its response's request logs what it knows.
 */
final class ChangedResponse<T> implements HttpResponse<T> {

  private final HttpResponse<T> response;
  private final HttpRequest original;

  ChangedResponse(HttpResponse<T> response, HttpRequest original) {
    this.response = response;
    this.original = original;
  }

  @Override
  public int statusCode() {
    return response.statusCode();
  }

  @Override
  public HttpRequest request() {
    return original;
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return response.previousResponse().map(previous -> new ChangedResponse<>(previous, original));
  }

  @Override
  public HttpHeaders headers() {
    return response.headers();
  }

  @Override
  public T body() {
    return response.body();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return response.sslSession();
  }

  @Override
  public URI uri() {
    return original.uri();
  }

  @Override
  public HttpClient.Version version() {
    return response.version();
  }

  @Override
  public String toString() {
    return "(" + original.method() + " " + original.uri() + ") " + statusCode();
  }
}
