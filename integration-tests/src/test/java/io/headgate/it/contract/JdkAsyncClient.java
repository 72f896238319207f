// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** {@code HttpClient.sendAsync}, streaming through a publisher. */
public final class JdkAsyncClient extends JdkSendClient {

  @Override
  public Reply call(Call call) throws Exception {
    return reply(join(client(call).sendAsync(request(call), BodyHandlers.ofByteArray())));
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
        join(client(call).sendAsync(request(call), BodyHandlers.ofPublisher()));
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    response
        .body()
        .subscribe(
            new Flow.Subscriber<>() {
              private final ByteArrayOutputStream all = new ByteArrayOutputStream();
              private Flow.Subscription subscription;

              @Override
              public void onSubscribe(Flow.Subscription s) {
                subscription = s;
                s.request(1);
              }

              @Override
              public void onNext(List<ByteBuffer> items) {
                for (ByteBuffer item : items) {
                  byte[] bytes = new byte[item.remaining()];
                  item.get(bytes);
                  all.writeBytes(bytes);
                  onChunk.accept(bytes);
                }
                subscription.request(1);
              }

              @Override
              public void onError(Throwable throwable) {
                body.completeExceptionally(throwable);
              }

              @Override
              public void onComplete() {
                body.complete(all.toByteArray());
              }
            });
    return new Reply(response.statusCode(), response.headers().map(), join(body));
  }

  @Override
  public boolean readsOnCallersThread() {
    return false;
  }

  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    CompletableFuture<HttpResponse<byte[]>> future =
        client(call).sendAsync(request(call), BodyHandlers.ofByteArray());
    sent.await();
    boolean cancelled = future.cancel(true);
    try {
      return "status " + future.get().statusCode();
    } catch (CancellationException | ExecutionException e) {
      // Which of the two it is depends, in the JDK, on who is faster.
      return "given up " + cancelled;
    }
  }

  private static <T> T join(CompletableFuture<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
