// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway that does with a call what the test says, and listens to its answers. */
final class TestDoor implements Ingress.Door, AutoCloseable {

  /** What to do with a call. */
  interface Plan {
    CompletionStage<GatewayResponse> run(GatewayRequest request, Upstream upstream)
        throws Exception;
  }

  final List<GatewayRequest> requests = new CopyOnWriteArrayList<>();
  final List<Exchange.CallSite> sites = new CopyOnWriteArrayList<>();
  final List<Throwable> faults = new CopyOnWriteArrayList<>();
  final List<Heard> heard = new CopyOnWriteArrayList<>();
  volatile boolean handles = true;
  volatile Plan plan = (request, upstream) -> upstream.send(request);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @Override
  public boolean handles(String host, int port) {
    return handles;
  }

  @Override
  public CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite site, Upstream upstream) {
    requests.add(request);
    sites.add(site);
    try {
      return plan.run(request, upstream).thenApply(this::listened);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private GatewayResponse listened(GatewayResponse response) {
    Heard tap = new Heard();
    heard.add(tap);
    response.body().tap(tap);
    return response;
  }

  @Override
  public Object captureParent(ClassLoader loader) {
    return "parent";
  }

  @Override
  public void fault(String stage, Throwable fault) {
    faults.add(fault);
  }

  @Override
  public void background(Runnable task) {
    threads.execute(task);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** What was heard of one answer. */
  static final class Heard implements BodyTap {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final CountDownLatch over = new CountDownLatch(1);
    volatile String ending = "";

    @Override
    public synchronized void onBytes(ByteBuffer chunk) {
      byte[] copy = new byte[chunk.remaining()];
      chunk.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void onEnd() {
      ending = "end";
      over.countDown();
    }

    @Override
    public void onError(Throwable cause) {
      ending = cause == null ? "stopped" : "failed";
      over.countDown();
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
