// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * Makes answers of the one type that {@code doExecute} may return. That is final, and what adapts
 * others to it is there in all of 5.x, but is public only since 5.4.
 */
final class Responses {

  private static final Method ADAPT = adapt();

  private Responses() {}

  private static Method adapt() {
    try {
      Method method =
          CloseableHttpResponse.class.getDeclaredMethod("adapt", ClassicHttpResponse.class);
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw (NoSuchMethodError) new NoSuchMethodError(e.getMessage()).initCause(e);
    }
  }

  /** Links what is needed here, before anything is sent. */
  static void ready() {
    if (ADAPT == null) {
      throw new NoSuchMethodError("adapt");
    }
  }

  static CloseableHttpResponse closeable(ClassicHttpResponse response) {
    if (response instanceof CloseableHttpResponse own) {
      return own;
    }
    try {
      return (CloseableHttpResponse) ADAPT.invoke(null, response);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
