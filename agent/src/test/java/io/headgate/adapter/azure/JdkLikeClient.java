// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Made like azure-core's client over the JDK's, which itself needs a later azure-core than is
 * compiled against: the same kind of name, constructor and fields.
 */
final class JdkLikeClient implements com.azure.core.http.HttpClient {

  private final HttpClient jdkHttpClient;
  private final Set<String> restrictedHeaders;
  private final Duration writeTimeout;
  private final Duration responseTimeout;
  private final Duration readTimeout;
  private final boolean hasReadTimeout;

  JdkLikeClient(
      HttpClient httpClient,
      Set<String> restrictedHeaders,
      Duration writeTimeout,
      Duration responseTimeout,
      Duration readTimeout) {
    this.jdkHttpClient = httpClient;
    this.restrictedHeaders = restrictedHeaders;
    this.writeTimeout = writeTimeout;
    this.responseTimeout = responseTimeout;
    this.readTimeout = readTimeout;
    this.hasReadTimeout = readTimeout != null;
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return send(request, Context.NONE);
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request, Context context) {
    return Mono.fromCallable(() -> sendSync(request, context));
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    if (!hasReadTimeout || readTimeout == null || writeTimeout != null) {
      throw new AssertionError("a setting is lost");
    }
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.getUrl().toString()))
            .timeout(responseTimeout);
    for (HttpHeader header : request.getHeaders()) {
      if (!restrictedHeaders.contains(header.getName())
          && !header.getName().equalsIgnoreCase(HttpHeaderName.CONTENT_LENGTH.toString())) {
        builder.header(header.getName(), header.getValue());
      }
    }
    builder.method(
        request.getHttpMethod().toString(),
        BodyPublishers.ofByteArray(request.getBodyAsBinaryData().toBytes()));
    try {
      var answer = jdkHttpClient.send(builder.build(), BodyHandlers.ofByteArray());
      return new Got(request, answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
