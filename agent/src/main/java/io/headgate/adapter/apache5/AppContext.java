// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.protocol.RedirectLocations;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * What the app finds in the context of a call that the client has not served with it: the request
 * and its answer, and no redirects of the call before. These were attributes until 5.4, where they
 * have setters instead.
 */
final class AppContext {

  private static final @Nullable Method REQUEST = setter("setRequest", HttpRequest.class);
  private static final @Nullable Method RESPONSE = setter("setResponse", HttpResponse.class);

  private AppContext() {}

  /**
   * Tells of the call as the app made it.
   *
   * @param context the app's; null if it gave none
   */
  static void tell(@Nullable HttpContext context, HttpRequest asked, HttpResponse response) {
    if (context == null) {
      return;
    }
    set(context, REQUEST, HttpCoreContext.HTTP_REQUEST, asked);
    set(context, RESPONSE, HttpCoreContext.HTTP_RESPONSE, response);
    ProtocolVersion version = response.getVersion();
    if (version != null) {
      context.setProtocolVersion(version);
    }
    if (context instanceof HttpClientContext own) {
      RedirectLocations hops = own.getRedirectLocations();
      if (hops != null) {
        hops.clear();
      }
    }
  }

  private static void set(
      HttpContext context, @Nullable Method setter, String attribute, Object value) {
    if (setter == null || !(context instanceof HttpCoreContext)) {
      context.setAttribute(attribute, value);
      return;
    }
    try {
      setter.invoke(context, value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Method setter(String name, Class<?> type) {
    try {
      return HttpCoreContext.class.getMethod(name, type);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
