// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a store: those idle, to be used again, and all of them, to be cut. As many as
 * threads use them, so there is no bound to keep here. Thread-safe.
 */
final class RedisLinks implements AutoCloseable {

  /** How long to connect may take, and each reply while logging in. */
  static final int CONNECT_MILLIS = 1000;

  private final RedisUrl url;
  private final ConcurrentLinkedDeque<RedisLink> idle = new ConcurrentLinkedDeque<>();
  private final Set<RedisLink> all = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  RedisLinks(RedisUrl url) {
    this.url = url;
  }

  /** Uses a connection. */
  interface Use<T> {
    /** Called a second time, with another, if an idle connection proves to be lost. */
    @Nullable T with(RedisLink link) throws RedisFailure;
  }

  /**
   * Lends a connection, an idle one if there is one. Servers close what is idle, and all at once
   * when they restart: that is no failure yet, a new one is then tried, once.
   */
  <T> @Nullable T use(Use<T> use) throws RedisFailure {
    RedisLink link = idle.pollFirst();
    if (link != null) {
      try {
        return lend(link, use);
      } catch (RedisFailure e) {
        if (e.trouble() != RedisTrouble.CLOSED) {
          throw e;
        }
        dropIdle();
      }
    }
    return lend(open(), use);
  }

  private <T> @Nullable T lend(RedisLink link, Use<T> use) throws RedisFailure {
    try {
      return use.with(link);
    } finally {
      if (link.broken() || closed) {
        discard(link);
      } else {
        idle.addFirst(link);
        if (closed) {
          dropIdle();
        }
      }
    }
  }

  /** A new connection, to be {@link #discard discarded}. */
  RedisLink open() throws RedisFailure {
    RedisLink link = new RedisLink(url, CONNECT_MILLIS);
    all.add(link);
    if (closed) {
      link.cut();
    }
    try {
      link.open();
      return link;
    } catch (RedisFailure e) {
      discard(link);
      throw e;
    }
  }

  void discard(RedisLink link) {
    all.remove(link);
    link.close();
  }

  private void dropIdle() {
    for (RedisLink link = idle.pollFirst(); link != null; link = idle.pollFirst()) {
      discard(link);
    }
  }

  /** Cuts all connections: whatever is under way fails. */
  @Override
  public void close() {
    closed = true;
    for (RedisLink link : all) {
      link.cut();
    }
    dropIdle();
  }
}
