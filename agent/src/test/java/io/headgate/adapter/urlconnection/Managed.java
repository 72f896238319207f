// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Attempts;
import io.headgate.gateway.Content;
import io.headgate.gateway.Control;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** What a gateway does that answers calls after it looked at what came back. */
final class Managed {

  private Managed() {}

  /** What is done with the attempts of a call. */
  interface Way {
    CompletionStage<GatewayResponse> take(GatewayRequest request, Attempts attempts);
  }

  static Doors door(Way way) {
    return new Doors(
            (request, upstream) ->
                way.take(request, Objects.requireNonNull(upstream.attempts(), "no attempts")))
        .open();
  }

  /** One attempt, whose answer is the app's. */
  static Doors once() {
    return door((request, attempts) -> attempts.send(request, free()));
  }

  /** Nobody breaks the attempt off. */
  static Control free() {
    return new Control(0);
  }

  static GatewayRequest at(GatewayRequest request, RawServer server, String path) {
    return request.withUri(URI.create(server.base() + path));
  }

  static GatewayResponse own(int status, Headers headers, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return GatewayResponse.of(status, headers, "1.1", Content.of(bytes, Ingress.newBody()));
  }

  /** Looks at all there is. */
  static final class Looking implements Content.Look {
    private final StringBuilder text = new StringBuilder();

    @Override
    public boolean seen(ByteBuffer chunk) {
      text.append(StandardCharsets.ISO_8859_1.decode(chunk));
      return false;
    }

    @Override
    public void end() {}

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
