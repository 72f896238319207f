// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Clients set up like the app's, but for what a client cannot be told for one request only: where
 * it follows redirects to, taking every field along, how long it may take to connect, and whom it
 * tells the app's passwords and cookies. Made when first needed, and kept as long as the app's
 * client lives.
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
  private record Difference(HttpClient.Redirect redirect, long connectMillis, Secrets secrets) {}

  /** What a client may tell of what the app gave it. */
  private enum Secrets {
    /** All, as the app's own client does. */
    ALL,
    /** What a proxy on the way asks for. */
    PROXY,
    NONE
  }

  /**
   * A client that follows such redirects, connects within that time and keeps the app's secrets
   * from a foreign origin: the app's own if it does all of this. A dropped sibling finishes what it
   * has begun.
   *
   * @param connectNanos 0 for as long as the client's own; counts only if it is shorter
   * @param foreign where the request goes, if that is not the origin the app chose; else null
   */
  HttpClient of(
      HttpClient client, HttpClient.Redirect redirect, long connectNanos, @Nullable URI foreign) {
    Duration own = client.connectTimeout().orElse(null);
    boolean shorter =
        connectNanos > 0 && (own == null || own.compareTo(Duration.ofNanos(connectNanos)) > 0);
    Secrets secrets = secrets(client, foreign);
    if (!shorter && client.followRedirects() == redirect && secrets == Secrets.ALL) {
      return client;
    }
    long millis = shorter ? Math.max(1, TimeUnit.NANOSECONDS.toMillis(connectNanos)) : 0;
    Difference difference = new Difference(redirect, millis, secrets);
    lock.lock();
    try {
      return siblings
          .computeIfAbsent(client, c -> new Few())
          .computeIfAbsent(difference, d -> like(client, d));
    } finally {
      lock.unlock();
    }
  }

  private static Secrets secrets(HttpClient client, @Nullable URI foreign) {
    boolean login = client.authenticator().isPresent();
    if (foreign == null || (!login && client.cookieHandler().isEmpty())) {
      return Secrets.ALL;
    }
    // A client that has an authenticator turns a challenge it has no answer to into an exception,
    // which would hide the status: so it has one only where it is needed.
    return login && proxied(client, foreign) ? Secrets.PROXY : Secrets.NONE;
  }

  private static boolean proxied(HttpClient client, URI uri) {
    ProxySelector selector = client.proxy().orElse(ProxySelector.getDefault());
    try {
      return selector != null
          && selector.select(uri).stream().anyMatch(proxy -> proxy.type() == Proxy.Type.HTTP);
    } catch (RuntimeException e) {
      return false; // The client will meet the same.
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
    if (difference.secrets() == Secrets.ALL) {
      client.authenticator().ifPresent(builder::authenticator);
      client.cookieHandler().ifPresent(builder::cookieHandler);
    } else if (difference.secrets() == Secrets.PROXY) {
      client.authenticator().map(ProxyLogin::new).ifPresent(builder::authenticator);
    }
    client.executor().ifPresent(builder::executor);
    return builder.build();
  }
}
