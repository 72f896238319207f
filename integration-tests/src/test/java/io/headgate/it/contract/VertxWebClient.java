// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Vert.x's {@code WebClient}, on top of {@code HttpClient}. It gives calls up by closing only. */
final class VertxWebClient extends VertxClient {

  private final WebClient client = WebClient.create(vertx);

  @Override
  public Reply call(Call call) throws Exception {
    HttpResponse<Buffer> response = await(send(request(client(call), call), call));
    Buffer body = response.bodyAsBuffer();
    return new Reply(
        response.statusCode(),
        map(response.headers()),
        body == null ? new byte[0] : body.getBytes());
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    Sink sink = new Sink(onChunk);
    HttpResponse<Void> response =
        await(send(request(client(call), call).as(BodyCodec.pipe(sink)), call));
    return new Reply(response.statusCode(), map(response.headers()), sink.all.toByteArray());
  }

  @Override
  public void abandon(Call call) throws Exception {
    WebClient own = WebClient.create(vertx, options(new WebClientOptions(), call));
    CompletableFuture<byte[]> first = new CompletableFuture<>();
    var unused = send(request(own, call).as(BodyCodec.pipe(new Sink(first::complete))), call);
    first.get(60, TimeUnit.SECONDS);
    own.close();
  }

  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    WebClient own = WebClient.create(vertx, options(new WebClientOptions(), call));
    Future<HttpResponse<Buffer>> response = send(request(own, call), call);
    sent.await();
    own.close();
    try {
      return "status " + await(response).statusCode();
    } catch (Exception e) {
      return e.toString();
    }
  }

  private WebClient client(Call call) {
    return call.proxy() == 0
        ? client
        : WebClient.create(vertx, options(new WebClientOptions(), call));
  }

  private static HttpRequest<Buffer> request(WebClient client, Call call) {
    HttpRequest<Buffer> request =
        client
            .requestAbs(call.body() == null ? HttpMethod.GET : HttpMethod.POST, call.url())
            .putHeader("Authorization", "Bearer sk-app");
    if (call.body() != null) {
      request.putHeader("Content-Type", "application/json");
    }
    return call.timeout() == null ? request : request.timeout(call.timeout().toMillis());
  }

  private static <T> Future<HttpResponse<T>> send(HttpRequest<T> request, Call call) {
    if (call.body() == null) {
      return request.send();
    }
    return switch (call.framing()) {
      case FIXED -> request.sendBuffer(Buffer.buffer(call.body()));
      case CHUNKED, ONE_SHOT -> request.sendStream(new Once(call.body()));
    };
  }

  /** Takes what it is given; Vert.x 5 has fewer of these methods. */
  private static final class Sink implements WriteStream<Buffer> {
    private final Consumer<byte[]> onChunk;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    Sink(Consumer<byte[]> onChunk) {
      this.onChunk = onChunk;
    }

    @Override
    public Sink exceptionHandler(Handler<Throwable> unused) {
      return this;
    }

    @Override
    public Future<Void> write(Buffer chunk) {
      all.writeBytes(chunk.getBytes());
      onChunk.accept(chunk.getBytes());
      return Future.succeededFuture();
    }

    @Override
    public void write(Buffer chunk, Handler<AsyncResult<Void>> handler) {
      Future<Void> written = write(chunk);
      if (handler != null) {
        written.onComplete(handler);
      }
    }

    @Override
    public Future<Void> end() {
      return Future.succeededFuture();
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
      if (handler != null) {
        end().onComplete(handler);
      }
    }

    @Override
    public Sink setWriteQueueMaxSize(int size) {
      return this;
    }

    @Override
    public boolean writeQueueFull() {
      return false;
    }

    @Override
    public Sink drainHandler(Handler<Void> unused) {
      return this;
    }
  }
}
