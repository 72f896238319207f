// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.BodyTap;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.Upstream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A gateway that does with a call what the test says. */
final class PlannedDoor implements Ingress.Door, AutoCloseable {

  static final Exchange.CallSite SITE = new Exchange.CallSite("test", null);

  static final GatewayRequest REQUEST =
      new GatewayRequest(
          "POST",
          URI.create("https://api.openai.com/v1/x"),
          Headers.EMPTY,
          RequestBody.of(new byte[] {'{', '}'}));

  /** What to do with a call. */
  interface Plan {
    CompletionStage<GatewayResponse> run(Upstream upstream) throws Exception;
  }

  final List<Throwable> faults = new CopyOnWriteArrayList<>();
  final List<String> endings = new CopyOnWriteArrayList<>();
  final CountDownLatch ended = new CountDownLatch(1);
  volatile Plan plan = upstream -> upstream.send(REQUEST);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @Override
  public boolean handles(String host, int port) {
    return true;
  }

  @Override
  public CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite site, Upstream upstream) {
    try {
      return plan.run(upstream).thenApply(this::listened);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private GatewayResponse listened(GatewayResponse response) {
    response
        .body()
        .tap(
            new BodyTap() {
              @Override
              public void onBytes(java.nio.ByteBuffer chunk) {}

              @Override
              public void onEnd() {
                endings.add("end");
                ended.countDown();
              }

              @Override
              public void onError(Throwable cause) {
                endings.add(cause == null ? "stopped" : "failed");
                ended.countDown();
              }
            });
    return response;
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

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
