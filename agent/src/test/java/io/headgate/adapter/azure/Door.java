// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import io.headgate.gateway.BodyTap;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Upstream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway that notes what it sees, and does with a call what the test says. */
final class Door implements Ingress.Door, AutoCloseable {

  /** What becomes of a call. */
  interface Doing {
    CompletionStage<GatewayResponse> with(GatewayRequest request, Upstream upstream);
  }

  final List<GatewayRequest> requests = new CopyOnWriteArrayList<>();
  final List<Exchange.CallSite> sites = new CopyOnWriteArrayList<>();
  final List<Throwable> faults = new CopyOnWriteArrayList<>();
  final List<Boolean> marked = new CopyOnWriteArrayList<>();
  final ExecutorService threads = Executors.newCachedThreadPool(r -> new Thread(r, "ours"));

  /** What passed, and how it ended: {@code end}, {@code stopped} or {@code failed}. */
  final CompletableFuture<String> passed = new CompletableFuture<>();

  volatile Doing doing = (request, upstream) -> tapped(upstream.send(request));

  @Override
  public boolean handles(String host, int port) {
    return true;
  }

  @Override
  public CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite site, Upstream upstream) {
    requests.add(request);
    sites.add(site);
    marked.add(Ingress.bypassed());
    return doing.with(request, upstream);
  }

  @Override
  public Object captureParent(ClassLoader loader) {
    return Thread.currentThread().getName();
  }

  @Override
  public void fault(String stage, Throwable fault) {
    faults.add(fault);
  }

  @Override
  public void background(Runnable task) {
    threads.execute(task);
  }

  CompletionStage<GatewayResponse> tapped(CompletionStage<GatewayResponse> stage) {
    return stage.thenApply(
        response -> {
          response.body().tap(new Noting());
          return response;
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private final class Noting implements BodyTap {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized void onBytes(ByteBuffer chunk) {
      byte[] copy = new byte[chunk.remaining()];
      chunk.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void onEnd() {
      over("end");
    }

    @Override
    public void onError(Throwable cause) {
      over(cause == null ? "stopped" : "failed");
    }

    private synchronized void over(String how) {
      passed.complete(how + " " + bytes.toString(StandardCharsets.UTF_8));
    }
  }
}
