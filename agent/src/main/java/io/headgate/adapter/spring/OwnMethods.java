// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Spring's own methods of connectors and factories that an app may have extended, to sign requests
 * for example. What the app overrides has run when a call gets to us, which is inside of Spring's,
 * and is not to run for the same call again.
 */
final class OwnMethods {

  private static final OwnMethod CONNECT =
      new OwnMethod("connect", HttpMethod.class, URI.class, Function.class);
  private static final OwnMethod CREATE_REQUEST =
      new OwnMethod("createRequest", URI.class, HttpMethod.class);

  private OwnMethods() {}

  @SuppressWarnings("unchecked")
  static Mono<ClientHttpResponse> connect(
      ClientHttpConnector connector,
      HttpMethod method,
      URI uri,
      Function<? super ClientHttpRequest, Mono<Void>> callback) {
    MethodHandle own = CONNECT.of(connector);
    if (own == null) {
      return connector.connect(method, uri, callback);
    }
    try {
      return (Mono<ClientHttpResponse>) own.invoke(connector, method, uri, callback);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t); // It declares none.
    }
  }

  static org.springframework.http.client.ClientHttpRequest createRequest(
      ClientHttpRequestFactory factory, URI uri, HttpMethod method) throws IOException {
    MethodHandle own = CREATE_REQUEST.of(factory);
    if (own == null) {
      return factory.createRequest(uri, method);
    }
    try {
      return (org.springframework.http.client.ClientHttpRequest) own.invoke(factory, uri, method);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t); // It declares none.
    }
  }

  /** One method, of all classes that have it. */
  private static final class OwnMethod extends ClassValue<Optional<MethodHandle>> {
    private final String name;
    private final Class<?>[] arguments;

    OwnMethod(String name, Class<?>... arguments) {
      this.name = name;
      this.arguments = arguments;
    }

    /** Null if there is nothing to be evaded. */
    @Nullable MethodHandle of(Object receiver) {
      return get(receiver.getClass()).orElse(null);
    }

    @Override
    protected Optional<MethodHandle> computeValue(Class<?> type) {
      Method first = null;
      Method last = null;
      for (Class<?> at = type; at != null; at = at.getSuperclass()) {
        try {
          first = at.getDeclaredMethod(name, arguments);
          last = last == null ? first : last;
        } catch (NoSuchMethodException e) {
          // Not here.
        }
      }
      if (first == null || first.equals(last)) {
        return Optional.empty();
      }
      try {
        Class<?> base = first.getDeclaringClass();
        return Optional.of(
            MethodHandles.privateLookupIn(base, MethodHandles.lookup())
                .unreflectSpecial(first, base));
      } catch (IllegalAccessException e) {
        SpringAdapter.fault(e);
        return Optional.empty();
      }
    }
  }
}
