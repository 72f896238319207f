// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What clients of Vert.x have in common; uses only what versions 4.5 and 5 have in common. */
abstract class VertxClient implements Client {

  /** Vert.x tells on stderr of each connection that a server resets. */
  private static final Logger LOG = Logger.getLogger("io.vertx");

  static {
    LOG.setLevel(Level.OFF);
  }

  final Vertx vertx = Vertx.vertx();

  static <T extends HttpClientOptions> T options(T options, Call call) {
    if (call.proxy() != 0) {
      options.setProxyOptions(new ProxyOptions().setHost("127.0.0.1").setPort(call.proxy()));
    }
    return options;
  }

  static Map<String, List<String>> map(MultiMap headers) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (String name : headers.names()) {
      map.put(name, new ArrayList<>(headers.getAll(name)));
    }
    return map;
  }

  static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() throws Exception {
    await(vertx.close());
  }

  /** A body that can be read once only. */
  static final class Once implements ReadStream<Buffer> {
    private final byte[] bytes;
    private boolean read;
    private Handler<Buffer> handler;
    private Handler<Void> endHandler;

    Once(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public Once exceptionHandler(Handler<Throwable> unused) {
      return this;
    }

    @Override
    public Once handler(Handler<Buffer> newHandler) {
      handler = newHandler;
      return this;
    }

    @Override
    public Once pause() {
      return this;
    }

    @Override
    public Once resume() {
      return fetch(Long.MAX_VALUE);
    }

    @Override
    public Once fetch(long amount) {
      if (handler != null && !read) {
        read = true;
        handler.handle(Buffer.buffer(bytes));
        endHandler.handle(null);
      }
      return this;
    }

    @Override
    public Once endHandler(Handler<Void> newHandler) {
      endHandler = newHandler;
      return this;
    }
  }
}
