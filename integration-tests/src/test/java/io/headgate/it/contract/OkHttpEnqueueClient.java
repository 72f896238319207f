// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Callback;
import okhttp3.Response;

/** OkHttp's {@code Call.enqueue}. */
public final class OkHttpEnqueueClient extends OkHttpExecuteClient {

  @Override
  Response execute(Client.Call call) throws Exception {
    try {
      return enqueue(newCall(call)).get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  @Override
  public String cancel(Client.Call call, Sent sent) throws Exception {
    okhttp3.Call started = newCall(call);
    CompletableFuture<Response> future = enqueue(started);
    sent.await();
    started.cancel();
    try {
      return "status " + future.get().code();
    } catch (ExecutionException e) {
      return e.getCause().getClass().getName() + " " + e.getCause().getMessage();
    }
  }

  private static CompletableFuture<Response> enqueue(okhttp3.Call call) {
    CompletableFuture<Response> future = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(okhttp3.Call failed, IOException e) {
            future.completeExceptionally(e);
          }

          @Override
          public void onResponse(okhttp3.Call answered, Response response) {
            future.complete(response);
          }
        });
    return future;
  }
}
