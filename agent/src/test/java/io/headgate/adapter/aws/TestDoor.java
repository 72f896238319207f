// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Stands in for the gateway: does with a call what a test wants done. */
final class TestDoor implements Ingress.Door, AutoCloseable {

  private final ExecutorService threads = Executors.newCachedThreadPool();

  final List<GatewayRequest> requests = new CopyOnWriteArrayList<>();
  final List<Throwable> faults = new CopyOnWriteArrayList<>();
  volatile Way way = (request, upstream) -> upstream.send(request);

  interface Way {
    CompletionStage<GatewayResponse> take(GatewayRequest request, Upstream upstream);
  }

  TestDoor() {
    Ingress.install(this);
  }

  /** Sends what becomes of the request, in a way that lets it be judged first. */
  void changing(UnaryOperator<GatewayRequest> change) {
    way =
        (request, upstream) -> {
          Attempts attempts = upstream.attempts();
          GatewayRequest changed = change.apply(request);
          return attempts == null ? upstream.send(changed) : attempts.send(changed, new Control(0));
        };
  }

  /** Answers by itself. */
  void answering(int status, String text, String... fields) {
    way =
        (request, upstream) ->
            CompletableFuture.completedFuture(
                GatewayResponse.of(
                    status,
                    Headers.ofFlat(fields),
                    "",
                    Content.of(text.getBytes(StandardCharsets.UTF_8), Ingress.newBody())));
  }

  static RequestBody body(String text) {
    return RequestBody.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean handles(String host, int port) {
    return true;
  }

  @Override
  public CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite callSite, Upstream upstream) {
    requests.add(request);
    return way.take(request, upstream);
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
    Ingress.install(null);
    threads.shutdownNow();
  }
}
