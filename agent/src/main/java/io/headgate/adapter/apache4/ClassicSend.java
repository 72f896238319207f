// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Goes on in the method that the call came from. Not in {@code execute}, which an application may
 * have overridden, as may other agents: both have seen this call.
 */
final class ClassicSend {

  private static final @Nullable MethodHandle DO_EXECUTE = doExecute();

  private ClassicSend() {}

  /**
   * Sends a request and waits for the head of its answer.
   *
   * @throws Exception what the client throws
   */
  static CloseableHttpResponse send(
      CloseableHttpClient client,
      @Nullable HttpHost target,
      HttpRequest request,
      @Nullable HttpContext context)
      throws Exception {
    MethodHandle handle = DO_EXECUTE;
    if (handle == null) {
      return client.execute(target, request, context);
    }
    try {
      return (CloseableHttpResponse) handle.invokeExact(client, target, request, context);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IOException(t); // There is no third kind.
    }
  }

  private static @Nullable MethodHandle doExecute() {
    try {
      Method method =
          CloseableHttpClient.class.getDeclaredMethod(
              "doExecute", HttpHost.class, HttpRequest.class, HttpContext.class);
      method.setAccessible(true);
      return MethodHandles.lookup().unreflect(method);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
