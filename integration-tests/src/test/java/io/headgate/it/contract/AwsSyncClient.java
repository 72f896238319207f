// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;

/** A blocking HTTP client of the AWS SDK, as the SDK uses it. */
abstract class AwsSyncClient implements Client {

  private final SdkHttpClient usual = build(null, 0);

  /**
   * Builds a client.
   *
   * @param timeout how long to wait for bytes; null for the client's own limit
   * @param proxy as in {@link Call}
   */
  abstract SdkHttpClient build(Duration timeout, int proxy);

  @Override
  public Reply call(Call call) throws Exception {
    return stream(call, chunk -> {});
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    if (call.timeout() == null && call.proxy() == 0) {
      return stream(usual, call, onChunk);
    }
    try (SdkHttpClient own = build(call.timeout(), call.proxy())) {
      return stream(own, call, onChunk);
    }
  }

  private static Reply stream(SdkHttpClient client, Call call, Consumer<byte[]> onChunk)
      throws Exception {
    HttpExecuteResponse response = prepare(client, call).call();
    byte[] body = new byte[0];
    if (response.responseBody().isPresent()) {
      try (InputStream in = response.responseBody().get()) {
        body = JdkSendClient.read(in, onChunk);
      }
    }
    return new Reply(response.httpResponse().statusCode(), response.httpResponse().headers(), body);
  }

  private static ExecutableHttpRequest prepare(SdkHttpClient client, Call call) {
    SdkHttpFullRequest request = AwsRequests.of(call);
    return client.prepareRequest(
        HttpExecuteRequest.builder()
            .request(request)
            .contentStreamProvider(request.contentStreamProvider().orElse(null))
            .build());
  }

  @Override
  public boolean readsOnCallersThread() {
    return true;
  }

  @Override
  public void abandon(Call call) throws Exception {
    ExecutableHttpRequest prepared = prepare(usual, call);
    AbortableInputStream body = prepared.call().responseBody().orElseThrow();
    body.read();
    body.abort();
    prepared.abort(); // Of one of the clients only this does anything.
    body.close();
  }

  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    ExecutableHttpRequest prepared = prepare(usual, call);
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try {
                return "status " + prepared.call().httpResponse().statusCode();
              } catch (Exception e) {
                return "given up"; // By which exception differs with what the abort met half-way.
              }
            });
    Thread thread = new Thread(task);
    thread.start();
    sent.await();
    // Both, as the SDK does when time is over: CRT's forgets an abort from before it waits.
    thread.interrupt();
    prepared.abort();
    return task.get();
  }

  @Override
  public void close() {
    usual.close();
  }
}
