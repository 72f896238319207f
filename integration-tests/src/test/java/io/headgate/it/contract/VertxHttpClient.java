// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Vert.x's {@code HttpClient}. */
final class VertxHttpClient extends VertxClient {

  private final HttpClient client = client(new HttpClientOptions());

  /** Its type is another one in Vert.x 5. */
  private HttpClient client(HttpClientOptions options) {
    try {
      return (HttpClient)
          Vertx.class.getMethod("createHttpClient", HttpClientOptions.class).invoke(vertx, options);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Reply call(Call call) throws Exception {
    return stream(call, chunk -> {});
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    return await(
        onContext(
            () ->
                request(call)
                    .compose(request -> send(request, call))
                    .compose(response -> read(response, onChunk))));
  }

  private static Future<Reply> read(HttpClientResponse response, Consumer<byte[]> onChunk) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    response.handler(
        chunk -> {
          all.writeBytes(chunk.getBytes());
          onChunk.accept(chunk.getBytes());
        });
    return response
        .end()
        .map(
            nothing ->
                new Reply(response.statusCode(), map(response.headers()), all.toByteArray()));
  }

  @Override
  public void abandon(Call call) throws Exception {
    CompletableFuture<byte[]> first = new CompletableFuture<>();
    Future<HttpClientResponse> answer =
        onContext(
            () ->
                request(call)
                    .compose(request -> send(request, call))
                    .onSuccess(
                        response -> {
                          response.exceptionHandler(first::completeExceptionally);
                          response.handler(
                              chunk -> {
                                first.complete(chunk.getBytes());
                                reset(response.request());
                              });
                        }));
    answer.onFailure(first::completeExceptionally);
    first.get(60, TimeUnit.SECONDS);
  }

  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    HttpClientRequest request = await(request(call));
    Future<HttpClientResponse> response = send(request, call);
    sent.await();
    reset(request);
    try {
      return "status " + await(response).statusCode();
    } catch (Exception e) {
      return e.toString();
    }
  }

  /** Where an answer cannot flow before its handlers are there. */
  private <T> Future<T> onContext(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    vertx.runOnContext(
        nothing ->
            work.get()
                .onComplete(
                    result -> {
                      if (result.succeeded()) {
                        done.complete(result.result());
                      } else {
                        done.fail(result.cause());
                      }
                    }));
    return done.future();
  }

  /** What it returns is something else in Vert.x 5. */
  private static void reset(HttpClientRequest request) {
    try {
      HttpClientRequest.class.getMethod("reset").invoke(request);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Future<HttpClientRequest> request(Call call) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(call.body() == null ? HttpMethod.GET : HttpMethod.POST)
            .setAbsoluteURI(call.url())
            .putHeader("Authorization", "Bearer sk-app");
    if (call.timeout() != null) {
      options.setTimeout(call.timeout().toMillis());
    }
    return (call.proxy() == 0 ? client : client(options(new HttpClientOptions(), call)))
        .request(options);
  }

  private static Future<HttpClientResponse> send(HttpClientRequest request, Call call) {
    if (call.body() == null) {
      return request.send();
    }
    request.putHeader("Content-Type", "application/json");
    return switch (call.framing()) {
      case FIXED -> request.send(Buffer.buffer(call.body()));
      case CHUNKED -> {
        Future<HttpClientResponse> response = request.response();
        request.setChunked(true);
        request.write(Buffer.buffer(call.body()));
        request.end();
        yield response;
      }
      case ONE_SHOT -> request.send(new Once(call.body()));
    };
  }
}
