// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The client's answer where the app is to see something else in it.
 *
 * <p>A request that the gateway changed is not shown: the app sees its own, not ours, which may
 * hold a configured credential. An app that logs its response's request logs what it knows.
 */
final class ChangedResponse<T> implements HttpResponse<T> {

  private final HttpResponse<T> response;
  private final @Nullable HttpRequest original;
  private final @Nullable HttpHeaders headers;

  /**
   * @param original the app's request, if the client's is another one; else null
   * @param headers what the app is to see; null for the server's
   */
  ChangedResponse(
      HttpResponse<T> response, @Nullable HttpRequest original, @Nullable HttpHeaders headers) {
    this.response = response;
    this.original = original;
    this.headers = headers;
  }

  @Override
  public int statusCode() {
    return response.statusCode();
  }

  @Override
  public HttpRequest request() {
    return original == null ? response.request() : original;
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return original == null
        ? response.previousResponse()
        : response
            .previousResponse()
            .map(previous -> new ChangedResponse<>(previous, original, null));
  }

  @Override
  public HttpHeaders headers() {
    return headers == null ? response.headers() : headers;
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
    return original == null ? response.uri() : original.uri();
  }

  @Override
  public HttpClient.Version version() {
    return response.version();
  }

  @Override
  public String toString() {
    return "(" + request().method() + " " + request().uri() + ") " + statusCode();
  }
}
