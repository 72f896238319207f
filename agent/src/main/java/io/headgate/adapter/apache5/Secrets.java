// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.gateway.Headers;
import java.util.Locale;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;

/** Keeps what may be a credential of the app for its own host from reaching another one. */
final class Secrets {

  private Secrets() {}

  /**
   * Takes off what an interceptor of the app has added.
   *
   * @param meant what the gateway sends there
   */
  static void strip(HttpRequest request, Headers meant) {
    for (Header header : request.getHeaders()) {
      if (secret(header.getName().toLowerCase(Locale.ROOT))
          && !meant.all(header.getName()).contains(header.getValue())) {
        request.removeHeader(header);
        restore(request, header.getName(), meant);
      }
    }
  }

  /** An interceptor that sets a field has taken off what was there. */
  private static void restore(HttpRequest request, String name, Headers meant) {
    if (!request.containsHeader(name)) {
      for (String value : meant.all(name)) {
        request.addHeader(name, value);
      }
    }
  }

  /** The client's own answer to a proxy is not in here: it never leaves that. */
  private static boolean secret(String name) {
    return !name.startsWith("proxy-")
        && (name.contains("auth")
            || name.contains("key")
            || name.contains("token")
            || name.contains("secret")
            || name.contains("credential"));
  }
}
