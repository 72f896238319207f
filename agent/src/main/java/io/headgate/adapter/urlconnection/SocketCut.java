// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Ends a read that another thread is blocked in. The JDK's {@code disconnect} cannot: once the head
 * is there it closes the stream first, and the streams of known length and of chunks hold their
 * lock while they read. What it does before the head is there, {@code closeServer} on its inner
 * client, can be done afterwards too, but not through any public method. So this needs {@code
 * sun.net.www.http}, {@code sun.net.www.protocol.http} and {@code sun.net.www.protocol.https} to be
 * open to this class. Where they are not, a blocked read ends with data or with the read timeout.
 */
final class SocketCut {

  private SocketCut() {}

  /**
   * Closes the socket below. Only while its answer is being read: afterwards the socket may serve
   * another call. Returns whether there was one to close and a way to.
   */
  static boolean cut(HttpURLConnection connection) {
    try {
      // The https class is a shell around the http one.
      Object carrier =
          connection instanceof HttpsURLConnection ? value(connection, "delegate") : connection;
      Object client = carrier == null ? null : value(carrier, "http");
      if (client == null) {
        return false;
      }
      Method close = client.getClass().getMethod("closeServer");
      if (!close.trySetAccessible()) {
        return false;
      }
      close.invoke(client);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another JDK than those we know.
      return false;
    }
  }

  private static @Nullable Object value(Object owner, String name)
      throws ReflectiveOperationException {
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return field.trySetAccessible() ? field.get(owner) : null;
        }
      }
    }
    return null;
  }
}
