// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.client.methods.AsyncByteConsumer;
import org.apache.http.nio.client.methods.HttpAsyncMethods;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;

/** Apache HttpAsyncClient 4.1. */
public final class Apache4AsyncClient implements Client {

  private final CloseableHttpAsyncClient client =
      HttpAsyncClients.custom()
          .setMaxConnPerRoute(50)
          .setMaxConnTotal(50)
          // How late a time-out may be noticed; it would be a second.
          .setDefaultIOReactorConfig(IOReactorConfig.custom().setSelectInterval(100).build())
          .build();

  public Apache4AsyncClient() {
    client.start();
  }

  @Override
  public Reply call(Call call) throws Exception {
    HttpResponse response = join(client.execute(Apache4Client.request(call), null));
    HttpEntity entity = response.getEntity();
    byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
    return new Reply(
        response.getStatusLine().getStatusCode(), Apache4Client.headers(response), body);
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    Bytes bytes = new Bytes(onChunk);
    return join(client.execute(HttpAsyncMethods.create(Apache4Client.request(call)), bytes, null));
  }

  @Override
  public void abandon(Call call) throws Exception {
    CompletableFuture<Void> first = new CompletableFuture<>();
    HttpRequestBase request = Apache4Client.request(call);
    var unused =
        client.execute(
            HttpAsyncMethods.create(request), new Bytes(chunk -> first.complete(null)), null);
    first.get();
    request.abort();
  }

  /**
   * By the request: version 4.1.0 does not give up what its future is cancelled for. Nor does its
   * future throw then: it has no answer.
   */
  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    HttpRequestBase request = Apache4Client.request(call);
    Future<HttpResponse> future = client.execute(request, null);
    sent.await();
    request.abort();
    try {
      HttpResponse response = future.get();
      return response == null ? "nothing" : "status " + response.getStatusLine().getStatusCode();
    } catch (CancellationException e) {
      return "cancelled " + future.isCancelled();
    }
  }

  private static <T> T join(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  @Override
  public void close() throws Exception {
    client.close();
  }

  private static final class Bytes extends AsyncByteConsumer<Reply> {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final Consumer<byte[]> onChunk;
    private HttpResponse response;

    Bytes(Consumer<byte[]> onChunk) {
      this.onChunk = onChunk;
    }

    @Override
    protected void onResponseReceived(HttpResponse received) {
      response = received;
    }

    @Override
    protected void onByteReceived(ByteBuffer buffer, IOControl control) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      all.writeBytes(bytes);
      onChunk.accept(bytes);
    }

    @Override
    protected Reply buildResult(HttpContext context) {
      return new Reply(
          response.getStatusLine().getStatusCode(),
          Apache4Client.headers(response),
          all.toByteArray());
    }
  }
}
