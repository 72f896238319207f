// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

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
import org.jspecify.annotations.Nullable;

/** Stands in for the gateway: writes down what comes by and does what a test wants done. */
final class Doors implements Ingress.Door {

  final List<GatewayRequest> requests = new CopyOnWriteArrayList<>();
  final List<GatewayResponse> responses = new CopyOnWriteArrayList<>();
  final List<Tap> taps = new CopyOnWriteArrayList<>();
  final List<Throwable> failures = new CopyOnWriteArrayList<>();
  final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final Way way;
  private boolean moving = true;

  /** What the gateway does with a call. */
  interface Way {
    CompletionStage<GatewayResponse> take(GatewayRequest request, Upstream upstream);
  }

  Doors(Way way) {
    this.way = way;
  }

  static Doors watching() {
    return new Doors((request, upstream) -> upstream.send(request));
  }

  /** Says that its calls go where the app says. */
  Doors staying() {
    moving = false;
    return this;
  }

  /** Installs it as the one behind the ingress. */
  Doors open() {
    Ingress.install(this);
    return this;
  }

  @Override
  public boolean handles(String host, int port) {
    return true;
  }

  @Override
  public boolean moves(String host, int port) {
    return moving;
  }

  @Override
  public CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite callSite, Upstream upstream) {
    requests.add(request);
    return way.take(request, upstream)
        .whenComplete(
            (response, failure) -> {
              if (response != null) {
                Tap tap = new Tap();
                taps.add(tap);
                responses.add(response);
                response.body().tap(tap);
              } else {
                failures.add(failure);
              }
            });
  }

  @Override
  public void fault(String stage, Throwable fault) {
    faults.add(fault);
  }

  /** Keeps the body and how it ended. */
  static final class Tap implements BodyTap {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    volatile String ending = "open";
    volatile @Nullable Throwable cause;

    @Override
    public void onBytes(ByteBuffer chunk) {
      assert ending.equals("open") : "bytes after the end";
      byte[] copy = new byte[chunk.remaining()];
      chunk.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void onEnd() {
      ending = "end";
    }

    @Override
    public void onError(@Nullable Throwable t) {
      ending = t == null ? "left" : "error";
      cause = t;
    }

    String text() {
      return bytes.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
