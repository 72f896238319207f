// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Clients set up like the app's, but for what a client cannot be told for one request only: where
 * it follows redirects to, taking every field along, and how long it may take to connect. Made when
 * first needed, and kept as long as the app's client lives.
 */
final class Siblings {

  /** More than the connect timeouts that a configuration has for one client, as a rule. */
  private static final int MOST = 8;

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. No value leads back to its key. */
  private final Map<HttpClient, Map<Difference, HttpClient>> siblings = new WeakHashMap<>();

  /**
   * @param connectMillis 0 for the client's own
   */
  private record Difference(HttpClient.Redirect redirect, long connectMillis) {}

  /** The sibling that follows no redirect. */
  HttpClient of(HttpClient client) {
    return of(client, HttpClient.Redirect.NEVER, 0);
  }

  /**
   * A client that follows such redirects and connects within that time: the app's own if it does
   * both. A dropped sibling finishes what it has begun.
   *
   * @param connectNanos 0 for as long as the client's own; counts only if it is shorter
   */
  HttpClient of(HttpClient client, HttpClient.Redirect redirect, long connectNanos) {
    Duration own = client.connectTimeout().orElse(null);
    boolean shorter =
        connectNanos > 0 && (own == null || own.compareTo(Duration.ofNanos(connectNanos)) > 0);
    if (!shorter && client.followRedirects() == redirect) {
      return client;
    }
    long millis = shorter ? Math.max(1, TimeUnit.NANOSECONDS.toMillis(connectNanos)) : 0;
    Difference difference = new Difference(redirect, millis);
    lock.lock();
    try {
      return siblings
          .computeIfAbsent(client, c -> new Few())
          .computeIfAbsent(difference, d -> like(client, d));
    } finally {
      lock.unlock();
    }
  }

  /** Forgets the one that was not used for the longest time. */
  @SuppressWarnings("serial") // Nobody stores it.
  private static final class Few extends LinkedHashMap<Difference, HttpClient> {
    Few() {
      super(4, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Difference, HttpClient> eldest) {
      return size() > MOST;
    }
  }

  /** What a client does not tell, its local address and its stream priority, is the default's. */
  private static HttpClient like(HttpClient client, Difference difference) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(difference.redirect())
            .version(client.version())
            .sslContext(client.sslContext())
            .sslParameters(client.sslParameters());
    if (difference.connectMillis() > 0) {
      builder.connectTimeout(Duration.ofMillis(difference.connectMillis()));
    } else {
      client.connectTimeout().ifPresent(builder::connectTimeout);
    }
    client.proxy().ifPresent(builder::proxy);
    client.authenticator().ifPresent(builder::authenticator);
    client.cookieHandler().ifPresent(builder::cookieHandler);
    client.executor().ifPresent(builder::executor);
    return builder.build();
  }
}
