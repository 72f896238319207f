// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Headers;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request fields the app set, kept beside the JDK's own list because that one does not give
 * credentials back. Fields the JDK refuses ({@code Host}, {@code Content-Length}, …) are left out
 * here too. Guarded by its user.
 */
final class AppHeaders {

  /** Name, value, name, value, … */
  private final List<String> fields = new ArrayList<>(12);

  /** To be called after the connection took the field. */
  void set(HttpURLConnection connection, String name, @Nullable String value) {
    // Like the JDK's list: the last field of that name is replaced and keeps its spelling.
    int index = fields.size() - 2;
    while (index >= 0 && !fields.get(index).equalsIgnoreCase(name)) {
      index -= 2;
    }
    if (index < 0) {
      add(connection, name, value);
    } else if (value == null) {
      fields.subList(index, index + 2).clear();
    } else if (taken(connection, name, value)) {
      fields.set(index + 1, value);
    }
  }

  /** To be called after the connection took the field. */
  void add(HttpURLConnection connection, String name, @Nullable String value) {
    if (value != null && taken(connection, name, value)) {
      fields.add(name);
      fields.add(value);
    }
  }

  private static boolean taken(HttpURLConnection connection, String name, String value) {
    return name.equalsIgnoreCase("Authorization")
        || name.equalsIgnoreCase("Proxy-Authorization")
        || value.equals(connection.getRequestProperty(name));
  }

  Headers snapshot() {
    return fields.isEmpty() ? Headers.EMPTY : Headers.ofFlat(fields.toArray(new String[0]));
  }
}
