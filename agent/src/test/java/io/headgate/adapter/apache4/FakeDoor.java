// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

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
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A gateway that notes what it sees, and does with a call what the test says. */
final class FakeDoor implements Ingress.Door {

  /** What to do with a call; by default it goes on unchanged, with a tap on its answer. */
  interface Behaviour {
    CompletionStage<GatewayResponse> execute(GatewayRequest request, Upstream upstream);
  }

  final List<GatewayRequest> requests = new CopyOnWriteArrayList<>();
  final List<Exchange.CallSite> callSites = new CopyOnWriteArrayList<>();
  final List<GatewayResponse> responses = new CopyOnWriteArrayList<>();
  final List<Throwable> faults = new CopyOnWriteArrayList<>();
  final List<Tap> taps = new CopyOnWriteArrayList<>();
  volatile boolean handles = true;
  volatile Behaviour behaviour = this::tapped;
  volatile Executor background = Runnable::run;
  volatile Supplier<Object> parent = () -> null;

  @Override
  public boolean handles(String host, int port) {
    return handles;
  }

  @Override
  public CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite callSite, Upstream upstream) {
    requests.add(request);
    callSites.add(callSite);
    return behaviour.execute(request, upstream);
  }

  @Override
  public Object captureParent(ClassLoader loader) {
    return parent.get();
  }

  @Override
  public void fault(String stage, Throwable fault) {
    faults.add(fault);
  }

  @Override
  public void background(Runnable task) {
    background.execute(task);
  }

  CompletionStage<GatewayResponse> tapped(GatewayRequest request, Upstream upstream) {
    return upstream
        .send(request)
        .thenApply(
            response -> {
              Tap tap = new Tap();
              response.body().tap(tap);
              responses.add(response);
              taps.add(tap);
              return response;
            });
  }

  Tap tap() {
    return taps.get(taps.size() - 1);
  }

  /** Notes bytes and endings. */
  static final class Tap implements BodyTap {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final List<String> endings = new CopyOnWriteArrayList<>();

    @Override
    public void onBytes(ByteBuffer chunk) {
      byte[] copy = new byte[chunk.remaining()];
      chunk.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void onEnd() {
      endings.add("end");
    }

    @Override
    public void onError(Throwable cause) {
      endings.add(cause == null ? "stopped" : "failed");
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
