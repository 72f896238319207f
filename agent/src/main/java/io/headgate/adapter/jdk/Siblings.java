// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import java.net.http.HttpClient;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Clients set up like the app's that follow no redirect. A client's redirect policy cannot be
 * changed for one request, and it takes every field along to wherever the server sends it. One for
 * each client of the app, as long as that one lives; made only when first needed.
 */
final class Siblings {

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. No value leads back to its key. */
  private final Map<HttpClient, HttpClient> siblings = new WeakHashMap<>();

  HttpClient of(HttpClient client) {
    lock.lock();
    try {
      HttpClient sibling = siblings.get(client);
      if (sibling == null) {
        sibling = like(client);
        siblings.put(client, sibling);
      }
      return sibling;
    } finally {
      lock.unlock();
    }
  }

  /** What a client does not tell, its local address and its stream priority, is the default's. */
  private static HttpClient like(HttpClient client) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(client.version())
            .sslContext(client.sslContext())
            .sslParameters(client.sslParameters());
    client.connectTimeout().ifPresent(builder::connectTimeout);
    client.proxy().ifPresent(builder::proxy);
    client.authenticator().ifPresent(builder::authenticator);
    client.cookieHandler().ifPresent(builder::cookieHandler);
    client.executor().ifPresent(builder::executor);
    return builder.build();
  }
}
