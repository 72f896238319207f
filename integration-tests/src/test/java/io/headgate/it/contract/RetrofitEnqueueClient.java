// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.ResponseBody;
import retrofit2.Callback;
import retrofit2.Response;

/** Retrofit's {@code Call.enqueue}. */
public final class RetrofitEnqueueClient extends RetrofitExecuteClient {

  @Override
  Response<ResponseBody> answer(retrofit2.Call<ResponseBody> call) throws Exception {
    try {
      return enqueue(call).get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  @Override
  public String cancel(Client.Call call, Sent sent) throws Exception {
    retrofit2.Call<ResponseBody> started = retrofit(call);
    CompletableFuture<Response<ResponseBody>> future = enqueue(started);
    sent.await();
    started.cancel();
    try {
      return "status " + future.get().code();
    } catch (ExecutionException e) {
      return e.getCause().getClass().getName() + " " + e.getCause().getMessage();
    }
  }

  private static CompletableFuture<Response<ResponseBody>> enqueue(
      retrofit2.Call<ResponseBody> call) {
    CompletableFuture<Response<ResponseBody>> future = new CompletableFuture<>();
    call.enqueue(
        new Callback<>() {
          @Override
          public void onResponse(
              retrofit2.Call<ResponseBody> answered, Response<ResponseBody> response) {
            future.complete(response);
          }

          @Override
          public void onFailure(retrofit2.Call<ResponseBody> failed, Throwable failure) {
            future.completeExceptionally(failure);
          }
        });
    return future;
  }
}
