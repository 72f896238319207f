// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;

/** Apache HttpClient 5, asynchronous; uses only what versions 5.0 to 5.6 have in common. */
public class Apache5AsyncClient implements Client {

  private static final ContentType JSON = ContentType.create("application/json");

  private final CloseableHttpAsyncClient client = started();

  private static CloseableHttpAsyncClient started() {
    CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setRetryStrategy(Apache5Client.ONCE)
            // How late a time-out may be noticed; it would be a second.
            .setIOReactorConfig(
                IOReactorConfig.custom().setSelectInterval(TimeValue.ofMilliseconds(100)).build())
            .build();
    client.start();
    return client;
  }

  @Override
  public Reply call(Call call) throws Exception {
    return stream(call, chunk -> {});
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    return get(execute(call, new Bytes(onChunk)));
  }

  private Future<Reply> execute(Call call, Bytes to) {
    return client.execute(producer(call), to, null, null);
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void abandon(Call call) throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    Future<Reply> future =
        execute(
            call,
            new Bytes(
                chunk -> {
                  first.countDown();
                  throw new IllegalStateException("enough");
                }));
    first.await();
    try {
      get(future);
    } catch (IllegalStateException e) {
      // Its own.
    }
  }

  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    Future<Reply> future = execute(call, new Bytes(chunk -> {}));
    sent.await();
    future.cancel(true);
    try {
      return "status " + get(future).status();
    } catch (CancellationException e) {
      return e.getClass().getName();
    }
  }

  /**
   * It is chance: if a connection is there before the thread that made the call has taken note that
   * it waits for one, a cancelled future gives up that wait only.
   */
  @Override
  public boolean cancelCloses() {
    return false;
  }

  private static AsyncRequestProducer producer(Call call) {
    return new BasicRequestProducer(new Configured(call), body(call));
  }

  private static AsyncEntityProducer body(Call call) {
    if (call.body() == null) {
      return null;
    }
    boolean chunked = call.framing() == Framing.CHUNKED;
    return new BasicAsyncEntityProducer(call.body(), JSON, chunked) {
      @Override
      public boolean isRepeatable() {
        return call.framing() != Framing.ONE_SHOT;
      }
    };
  }

  /** A request with what the client is to do about it. */
  private static final class Configured extends BasicHttpRequest implements Configurable {
    private static final long serialVersionUID = 1L;
    private final transient RequestConfig config;

    Configured(Call call) {
      super(call.body() == null ? "GET" : "POST", java.net.URI.create(call.url()));
      setHeader("Authorization", "Bearer sk-app");
      this.config = Apache5Client.config(call);
    }

    @Override
    public RequestConfig getConfig() {
      return config;
    }
  }

  /** Collects an answer, telling of each piece. */
  private static final class Bytes extends AbstractBinResponseConsumer<Reply> {
    private final Consumer<byte[]> onChunk;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private volatile int status;
    private volatile Map<String, List<String>> fields;

    Bytes(Consumer<byte[]> onChunk) {
      this.onChunk = onChunk;
    }

    @Override
    protected void start(HttpResponse response, ContentType type) {
      status = response.getCode();
      fields = Apache5Client.fields(response);
    }

    @Override
    protected int capacityIncrement() {
      return 4096;
    }

    @Override
    protected void data(ByteBuffer src, boolean end) throws IOException {
      byte[] bytes = new byte[src.remaining()];
      src.get(bytes);
      if (bytes.length > 0) {
        all.write(bytes);
        onChunk.accept(bytes);
      }
    }

    @Override
    protected Reply buildResult() {
      return new Reply(status, fields, all.toByteArray());
    }

    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
