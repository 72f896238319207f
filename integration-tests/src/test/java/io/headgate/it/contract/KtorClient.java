// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.contract.Coroutines.Suspending;
import io.ktor.client.HttpClient;
import io.ktor.client.request.HttpRequestBuilder;
import io.ktor.client.request.HttpRequestKt;
import io.ktor.client.statement.HttpResponse;
import io.ktor.client.statement.HttpStatement;
import io.ktor.http.HttpMethod;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import kotlinx.coroutines.Deferred;

/**
 * Ktor's client on one of its engines, called from {@code runBlocking} or from {@code async}; uses
 * only what versions 2.3 to 3.5 have in common.
 */
abstract class KtorClient implements Client {

  private final KtorEngine engine;
  private final boolean async;
  private final HttpClient direct;

  KtorClient(KtorEngine engine, boolean async) {
    this.engine = engine;
    this.async = async;
    this.direct = engine.client(0);
  }

  /** Ktor reads the whole answer before it returns one, if nobody wants to read it himself. */
  @Override
  public final Reply call(Call call) throws Exception {
    try (Opened client = opened(call)) {
      Suspending<HttpResponse> body = client.statement(call)::execute;
      HttpResponse response =
          run(call.timeout() == null ? body : Coroutines.within(call.timeout().toMillis(), body));
      return run(continuation -> KtorReading.all(response, chunk -> {}, continuation));
    }
  }

  @Override
  public final Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    try (Opened client = opened(call)) {
      HttpStatement statement = client.statement(call);
      return run(
          continuation ->
              statement.<Reply>execute(
                  (response, inner) -> KtorReading.all(response, onChunk, inner), continuation));
    }
  }

  @Override
  public final void abandon(Call call) throws Exception {
    try (Opened client = opened(call)) {
      HttpStatement statement = client.statement(call);
      run(
          continuation ->
              statement.<Reply>execute(
                  (response, inner) -> KtorReading.first(response, inner), continuation));
    }
  }

  @Override
  public final String cancel(Call call, Sent sent) throws Exception {
    HttpStatement statement = new HttpStatement(request(call), direct);
    if (async) {
      Deferred<HttpResponse> started = Coroutines.async(statement::execute);
      sent.await();
      started.cancel(new CancellationException("no longer needed"));
      return outcome(() -> Coroutines.await(started).getStatus());
    }
    FutureTask<String> task =
        new FutureTask<>(
            () -> outcome(() -> Coroutines.<HttpResponse>blocking(statement::execute).getStatus()));
    Thread thread = new Thread(task);
    thread.start();
    sent.await();
    thread.interrupt();
    return task.get();
  }

  /** The engine on the JDK's client never does it, that on Apache's only by chance. */
  @Override
  public final boolean cancelCloses() {
    return engine == KtorEngine.OKHTTP;
  }

  private interface Outcome {
    Object get() throws Exception;
  }

  private static String outcome(Outcome outcome) {
    try {
      return "status " + outcome.get();
    } catch (Exception e) {
      return e.getClass().getName() + " " + e.getMessage();
    }
  }

  /** Without the exceptions that say that the channel is closed: which, and whether, is chance. */
  private <T> T run(Suspending<T> body) throws Exception {
    try {
      return async ? Coroutines.await(Coroutines.async(body)) : Coroutines.blocking(body);
    } catch (IOException e) {
      IOException thrown = e;
      while (thrown.getClass().getName().startsWith("io.ktor.utils.io.Closed")
          && thrown.getCause() instanceof IOException cause) {
        thrown = cause;
      }
      throw thrown;
    }
  }

  /** A proxy is a matter of the engine, so that it takes a client of its own. */
  private Opened opened(Call call) {
    return call.proxy() == 0
        ? new Opened(direct, false)
        : new Opened(engine.client(call.proxy()), true);
  }

  private record Opened(HttpClient client, boolean own) implements AutoCloseable {

    HttpStatement statement(Call call) {
      return new HttpStatement(request(call), client);
    }

    @Override
    public void close() {
      if (own) {
        client.close();
      }
    }
  }

  private static HttpRequestBuilder request(Call call) {
    HttpRequestBuilder request = new HttpRequestBuilder();
    HttpRequestKt.url(request, call.url());
    request.getHeaders().append("Authorization", "Bearer sk-app");
    if (call.body() != null) {
      request.setMethod(HttpMethod.Companion.getPost());
      request.setBody(KtorContent.of(call));
    }
    return request;
  }

  @Override
  public final void close() {
    direct.close();
  }
}
