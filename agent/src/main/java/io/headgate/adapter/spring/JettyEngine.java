// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.function.Function;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Jetty's client, which follows redirects unless told otherwise for a request. How long it connects
 * cannot be told for a single one. Of Jetty's API two methods of {@code Request} are used, which is
 * in another package before 12.
 */
final class JettyEngine implements Engine {

  static final Engine IT = new JettyEngine();

  private JettyEngine() {}

  @Override
  public ClientHttpConnector connector(ClientHttpConnector own, Sending sending) {
    return own;
  }

  @Override
  public ClientHttpRequestFactory factory(ClientHttpRequestFactory own, Sending sending) {
    return own;
  }

  @Override
  public Function<Object, Runnable> prepare(Sending sending) {
    return request -> {
      try {
        return ready(request, sending);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot be readied", e);
      }
    };
  }

  @Override
  public Runnable prepare(ClientHttpRequest request, Sending sending)
      throws ReflectiveOperationException {
    Field field = request.getClass().getDeclaredField("request");
    field.setAccessible(true);
    Object jetty = field.get(request);
    if (jetty == null) {
      throw new NoSuchFieldException("request");
    }
    return ready(jetty, sending);
  }

  @Override
  public boolean fillsArrays() {
    return false;
  }

  /** Keeps it from following redirects that are not the app's. Returns how to abort it. */
  private static Runnable ready(Object request, Sending sending)
      throws ReflectiveOperationException {
    if (sending.changed()) {
      var unused = method(request, "followRedirects", boolean.class).invoke(request, false);
    }
    Method abort = method(request, "abort", Throwable.class);
    return () -> {
      try {
        var unused = abort.invoke(request, new IOException("the exchange was broken off"));
      } catch (ReflectiveOperationException e) {
        SpringAdapter.fault(e);
      }
    };
  }

  /** Of the public interface, since the class may not be. */
  private static Method method(Object request, String name, Class<?> argument)
      throws ReflectiveOperationException {
    for (Class<?> type = request.getClass(); type != null; type = type.getSuperclass()) {
      for (Class<?> api : type.getInterfaces()) {
        if (api.getName().startsWith("org.eclipse.jetty.client.")
            && api.getSimpleName().equals("Request")) {
          return api.getMethod(name, argument);
        }
      }
    }
    throw new NoSuchMethodException(request.getClass() + " is no request of Jetty's");
  }
}
