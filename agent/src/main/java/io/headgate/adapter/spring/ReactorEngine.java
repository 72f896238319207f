// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.gateway.Origin;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Reactor Netty, whose clients are immutable: a changed copy shares the original's connections.
 * Spring keeps its client to itself, in a field of the same name in all versions.
 */
final class ReactorEngine implements Engine {

  static final Engine IT = new ReactorEngine();

  private static final String CLIENT = "httpClient";

  private static final Set<String> OF_ANY_REQUEST =
      Set.of("accept", "accept-encoding", "host", "transfer-encoding", "user-agent");

  /** {@code httpAuthentication(predicate, authenticator)}; null before Reactor Netty 1.3. */
  private static final @Nullable MethodHandle AUTHENTICATION = authentication();

  private ReactorEngine() {}

  @Override
  public ClientHttpConnector connector(ClientHttpConnector own, Sending sending)
      throws ReflectiveOperationException {
    HttpClient client = client(own);
    HttpClient guarded = guarded(client, sending);
    return guarded == client ? own : new ReactorClientHttpConnector(guarded);
  }

  /** The class is another one in Spring 6.1, so it is made by reflection, settings and all. */
  @Override
  public ClientHttpRequestFactory factory(ClientHttpRequestFactory own, Sending sending)
      throws ReflectiveOperationException {
    HttpClient client = client(own);
    HttpClient guarded = guarded(client, sending);
    if (guarded == client) {
      return own;
    }
    Class<?> type = field(own.getClass()).getDeclaringClass();
    try {
      Object other = type.getConstructor(HttpClient.class).newInstance(guarded);
      for (Field setting : type.getDeclaredFields()) {
        int modifiers = setting.getModifiers();
        if (!Modifier.isStatic(modifiers)
            && !Modifier.isFinal(modifiers)
            && !setting.getName().equals(CLIENT)) {
          setting.setAccessible(true);
          setting.set(other, setting.get(own));
        }
      }
      return (ClientHttpRequestFactory) other;
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException(e.getCause());
    }
  }

  @Override
  public @Nullable Function<Object, Runnable> prepare(Sending sending) {
    return null;
  }

  @Override
  public @Nullable Runnable prepare(ClientHttpRequest request, Sending sending) {
    return null; // It waits in Mono.block, which cancels the exchange when it is interrupted.
  }

  @Override
  public boolean fillsArrays() {
    return true;
  }

  private static @Nullable MethodHandle authentication() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              HttpClient.class,
              "httpAuthentication",
              MethodType.methodType(HttpClient.class, BiPredicate.class, BiConsumer.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static HttpClient guarded(HttpClient client, Sending sending) {
    HttpClient guarded = redirected(client, sending);
    if (sending.foreign()) {
      String host = host(sending.request().uri());
      // What the app gave its client for all requests was meant for its own host. This comes after
      // whatever else the client adds, and before Spring writes the request.
      guarded =
          unauthenticated(guarded)
              .doOnRequest((request, connection) -> withoutTheApps(request.requestHeaders(), host));
    }
    long nanos = sending.connectNanos();
    if (nanos > 0) {
      long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
      Object own = client.configuration().options().get(ChannelOption.CONNECT_TIMEOUT_MILLIS);
      long limit = own instanceof Integer number && number > 0 ? number : Integer.MAX_VALUE;
      if (millis < limit) {
        guarded = guarded.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) millis);
      }
    }
    return guarded;
  }

  /** Follows redirects as the app's does, but not to another origin. */
  private static HttpClient redirected(HttpClient client, Sending sending) {
    HttpClientConfig own = client.configuration();
    BiPredicate<HttpClientRequest, HttpClientResponse> follows = own.followRedirectPredicate();
    if (follows == null || !sending.changed()) {
      return client;
    }
    BiPredicate<HttpClientRequest, HttpClientResponse> within =
        (request, response) -> {
          String location = response.responseHeaders().get("Location");
          return location != null
              && Origin.within(sending.request().uri(), location) != null
              && follows.test(request, response);
        };
    if (sending.foreign()) {
      return client.followRedirect(within); // What the app adds then was meant for its own host.
    }
    BiConsumer<HttpHeaders, HttpClientRequest> both = own.redirectRequestBiConsumer();
    return both == null
        ? client.followRedirect(within, own.redirectRequestConsumer())
        : client.followRedirect(within, both);
  }

  /** Never answers a challenge, which would be with what the app proves itself with. */
  private static HttpClient unauthenticated(HttpClient client) {
    if (AUTHENTICATION == null) {
      return client;
    }
    BiPredicate<Object, Object> never = (request, response) -> false;
    BiConsumer<Object, Object> nothing = (request, address) -> {};
    try {
      return (HttpClient) AUTHENTICATION.invoke(client, never, nothing);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  /** Leaves what Reactor Netty itself puts there. */
  private static void withoutTheApps(HttpHeaders fields, String host) {
    for (String name : Set.copyOf(fields.names())) {
      if (!OF_ANY_REQUEST.contains(name.toLowerCase(Locale.ROOT))) {
        fields.remove(name);
      }
    }
    fields.set("Host", host);
  }

  private static String host(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private static HttpClient client(Object holder) throws ReflectiveOperationException {
    Object client = field(holder.getClass()).get(holder);
    if (client == null) {
      throw new ReflectiveOperationException("its resources are not there yet");
    }
    return (HttpClient) client;
  }

  private static Field field(Class<?> type) throws ReflectiveOperationException {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (field.getName().equals(CLIENT) && HttpClient.class.isAssignableFrom(field.getType())) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(type.getName() + "." + CLIENT);
  }
}
