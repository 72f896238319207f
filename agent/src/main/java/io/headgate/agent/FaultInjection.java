// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.gateway.BodyTap;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Gateway;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import io.headgate.gateway.ResponseReader;
import io.headgate.gateway.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Breaks one stage of the pipeline on purpose, so that tests can prove that the app never sees it.
 * {@code -Dio.headgate.inject=STAGE:THROWABLE}, with {@code resolve}, {@code request}, {@code
 * reader}, {@code tap}, an interceptor's simple class name, or that name and {@code .after} as the
 * stage. Not for production; without the property none of this is loaded but its name.
 */
final class FaultInjection {

  static final String PROPERTY = "io.headgate.inject";

  private final String stage;
  private final Class<? extends Throwable> fault;

  private FaultInjection(String stage, Class<? extends Throwable> fault) {
    this.stage = stage;
    this.fault = fault;
  }

  static @Nullable FaultInjection fromProperty() throws ClassNotFoundException {
    String value = System.getProperty(PROPERTY);
    if (value == null) {
      return null;
    }
    int colon = value.indexOf(':');
    return new FaultInjection(
        value.substring(0, colon),
        Class.forName(value.substring(colon + 1)).asSubclass(Throwable.class));
  }

  Gateway.EndpointResolver around(Gateway.EndpointResolver resolver) {
    return stage.equals("resolve")
        ? (method, uri) -> {
          throw this.<RuntimeException>fault();
        }
        : resolver;
  }

  WireReader around(WireReader reader) {
    return new WireReader() {
      @Override
      public RequestFacts request(Endpoint endpoint, GatewayRequest request) {
        breakAt("request");
        return reader.request(endpoint, request);
      }

      @Override
      public ResponseReader response(
          Endpoint endpoint, RequestFacts request, int status, Headers responseHeaders) {
        ResponseReader inner = reader.response(endpoint, request, status, responseHeaders);
        return new ResponseReader() {
          @Override
          public void read(ByteBuffer bytes) {
            breakAt("reader");
            inner.read(bytes);
          }

          @Override
          public ResponseFacts finish(boolean complete) {
            breakAt("reader");
            return inner.finish(complete);
          }
        };
      }
    };
  }

  List<Interceptor> around(List<Interceptor> interceptors) {
    List<Interceptor> all = new ArrayList<>();
    if (stage.equals("tap")) {
      all.add(tapping());
    }
    for (Interceptor interceptor : interceptors) {
      String name = interceptor.getClass().getSimpleName();
      if (stage.equals(name)) {
        all.add(
            chain -> {
              throw this.<RuntimeException>fault();
            });
      } else if (stage.equals(name + ".after")) {
        all.add(
            chain ->
                chain
                    .proceed(chain.request())
                    .thenApply(
                        response -> {
                          throw this.<RuntimeException>fault();
                        }));
      } else {
        all.add(interceptor);
      }
    }
    return all;
  }

  private Interceptor tapping() {
    return chain ->
        chain
            .proceed(chain.request())
            .thenApply(
                response -> {
                  response.body().tap(new BrokenTap());
                  return response;
                });
  }

  private final class BrokenTap implements BodyTap {
    @Override
    public void onBytes(ByteBuffer bytes) {
      breakAt("tap");
    }

    @Override
    public void onEnd() {
      breakAt("tap");
    }

    @Override
    public void onError(@Nullable Throwable cause) {
      breakAt("tap");
    }
  }

  private void breakAt(String here) {
    if (stage.equals(here)) {
      throw this.<RuntimeException>fault();
    }
  }

  /** Throws whatever was asked for, checked or not; the compiler is told it is unchecked. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private <T extends Throwable> T fault() throws T {
    Throwable thrown;
    try {
      thrown = fault.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(PROPERTY + " names no throwable of a usable kind", e);
    }
    throw (T) thrown;
  }
}
