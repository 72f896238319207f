// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.GatewayRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Keeps credentials from following an HTTP redirect to a third host. OkHttp itself takes off {@code
 * Authorization} only; LLM hosts have their keys in fields of their own, and the gateway adds
 * fields that may be anything. Concerns only requests that the gateway changed: all others are
 * redirected as the app's client sees fit.
 */
final class OriginGuard implements Interceptor {

  /**
   * Tags a request that the gateway changed; OkHttp takes tags along when it follows a redirect.
   *
   * @param url where the gateway sent it
   * @param added the names of the fields that the gateway set
   */
  record Changed(HttpUrl url, Set<String> added) {

    static Changed of(HttpUrl url, GatewayRequest next, GatewayRequest asked) {
      Set<String> added = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      next.headers()
          .forEach(
              (name, value) -> {
                if (!asked.headers().all(name).contains(value)) {
                  added.add(name);
                }
              });
      return new Changed(url, added);
    }
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Changed changed = request.tag(Changed.class);
    if (changed == null || Hosts.sameOrigin(request.url(), changed.url())) {
      return chain.proceed(request);
    }
    Request.Builder builder = request.newBuilder();
    for (String name : request.headers().names()) {
      if (changed.added().contains(name) || secret(name.toLowerCase(Locale.ROOT))) {
        builder.removeHeader(name);
      }
    }
    return chain.proceed(builder.build());
  }

  private static boolean secret(String name) {
    return name.contains("auth")
        || name.contains("key")
        || name.contains("token")
        || name.contains("secret")
        || name.contains("credential");
  }

  @Override
  public String toString() {
    return "Headgate origin guard";
  }
}
