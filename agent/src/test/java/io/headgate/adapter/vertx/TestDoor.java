// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.BodyTap;
import io.headgate.gateway.Content;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Upstream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands in for the gateway: does with a call what a test wants done. */
final class TestDoor implements Ingress.Door, AutoCloseable {

  interface Way {
    CompletionStage<GatewayResponse> take(GatewayRequest request, Upstream upstream);
  }

  final List<GatewayRequest> requests = new CopyOnWriteArrayList<>();
  final List<Exchange.CallSite> sites = new CopyOnWriteArrayList<>();
  final List<String> threads = new CopyOnWriteArrayList<>();
  final List<Throwable> faults = new CopyOnWriteArrayList<>();
  final StringBuffer tapped = new StringBuffer();

  /** How the answer's body ended for the gateway. */
  final CompletableFuture<String> ending = new CompletableFuture<>();

  volatile Way way = (request, upstream) -> upstream.send(request);

  private final ExecutorService background =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "gateway");
            thread.setDaemon(true);
            return thread;
          });

  TestDoor() {
    Ingress.install(this);
  }

  /** An answer of the gateway's own. */
  static CompletionStage<GatewayResponse> own(int status, String body) {
    return CompletableFuture.completedFuture(
        GatewayResponse.of(
            status,
            Headers.ofFlat("Content-Type", "application/json", "x-own", "yes"),
            "",
            Content.of(body.getBytes(StandardCharsets.UTF_8), Ingress.newBody())));
  }

  /** Sends by way of attempts. */
  void managed(
      java.util.function.BiFunction<GatewayRequest, Attempts, CompletionStage<GatewayResponse>>
          how) {
    way = (request, upstream) -> how.apply(request, upstream.attempts());
  }

  @Override
  public boolean handles(String host, int port) {
    return true;
  }

  @Override
  public CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite site, Upstream upstream) {
    requests.add(request);
    sites.add(site);
    threads.add(Thread.currentThread().getName());
    return way.take(request, upstream)
        .thenApply(
            response -> {
              response.body().tap(new Tap());
              return response;
            });
  }

  @Override
  public Object captureParent(ClassLoader loader) {
    return Thread.currentThread();
  }

  @Override
  public void fault(String stage, Throwable fault) {
    faults.add(fault);
  }

  @Override
  public void background(Runnable task) {
    background.execute(task);
  }

  @Override
  public void close() {
    Ingress.install(null);
    background.shutdownNow();
  }

  private final class Tap implements BodyTap {
    @Override
    public void onBytes(ByteBuffer chunk) {
      tapped.append(StandardCharsets.UTF_8.decode(chunk.duplicate()));
    }

    @Override
    public void onEnd() {
      ending.complete("end");
    }

    @Override
    public void onError(Throwable cause) {
      ending.complete(cause == null ? "stopped" : "failed");
    }
  }
}
