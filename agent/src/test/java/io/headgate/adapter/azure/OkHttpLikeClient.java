// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import reactor.core.publisher.Mono;

/**
 * Made like azure-core's client over OkHttp, which itself needs a later one than is compiled
 * against: the same kind of name, constructor and fields.
 */
final class OkHttpLikeClient implements HttpClient {

  final OkHttpClient httpClient;
  private final Duration responseTimeout;

  OkHttpLikeClient(OkHttpClient httpClient, Duration responseTimeout) {
    this.httpClient = httpClient;
    this.responseTimeout = responseTimeout;
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
    if (responseTimeout == null) {
      throw new AssertionError("a setting is lost");
    }
    Request.Builder builder = new Request.Builder().url(request.getUrl());
    for (HttpHeader header : request.getHeaders()) {
      builder.addHeader(header.getName(), header.getValue());
    }
    BinaryData body = request.getBodyAsBinaryData();
    builder.method(request.getHttpMethod().toString(), RequestBody.create(null, body.toBytes()));
    try (Response response = httpClient.newCall(builder.build()).execute()) {
      return new Got(request, response.code(), response.body().bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
