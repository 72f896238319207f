// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.RedisLink.bytes;

import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * Opens a store, and finds out when a Redis that was in trouble is back: by what the store itself
 * does, reading and writing, on a thread of its own. Puts the secret back where a flush has taken
 * it away, so that JVMs that start later share what is stored from then on.
 */
final class RedisWatch implements Runnable {

  static final byte[] SECRET_KEY = bytes("headgate:1:secret");

  private static final int SECRET_SIZE = 32;

  /** Between looks, in milliseconds: while all is well, and otherwise, at first and at most. */
  private static final long WELL = 60_000;

  private static final long SOON = 1_000;
  private static final long LATER = 3_500;

  /** Trouble this soon after the last is flapping, and looked at less often. In nanoseconds. */
  private static final long FLAPPING = TimeUnit.SECONDS.toNanos(60);

  /** The longest that a look takes, in milliseconds, whatever a server does. */
  private static final long LOOK = 3_000;

  private final RedisLinks links;
  private final RedisHealth health;
  private final int timeoutMillis;
  private final ScheduledExecutorService timer;
  private final CompletableFuture<byte[]> secret;
  private byte @Nullable [] known;

  RedisWatch(
      RedisLinks links,
      RedisHealth health,
      int timeoutMillis,
      ScheduledExecutorService timer,
      CompletableFuture<byte[]> secret) {
    this.links = links;
    this.health = health;
    this.timeoutMillis = timeoutMillis;
    this.timer = timer;
    this.secret = secret;
  }

  @Override
  public void run() {
    long pause = SOON;
    long back = System.nanoTime() - FLAPPING;
    try {
      do {
        boolean before = health.writes();
        look();
        if (!before && health.writes()) {
          pause = System.nanoTime() - back < FLAPPING ? Math.min(LATER, 2 * pause) : SOON;
          back = System.nanoTime();
        }
      } while (health.await(WELL, pause * ThreadLocalRandom.current().nextInt(80, 121) / 100));
    } catch (InterruptedException e) {
      // The store was closed.
    }
  }

  private void look() {
    RedisLink link = null;
    ScheduledFuture<?> end = null;
    try {
      link = links.open();
      end = timer.schedule(link::cut, LOOK, TimeUnit.MILLISECONDS);
      byte[] there = read(link);
      byte[] own = there != null ? there : known != null ? known : random();
      RedisTrouble writes = write(link, own);
      if (there == null && known == null) {
        // Another JVM may have been quicker.
        own = read(link);
      }
      if (own == null) {
        health.shut(writes == null ? RedisTrouble.OTHER : writes);
        return;
      }
      known = own;
      health.well(writes);
      var unused = secret.complete(own.clone());
    } catch (RedisFailure e) {
      health.failed(e.trouble());
    } catch (RuntimeException e) {
      health.failed(RedisTrouble.OTHER);
    } finally {
      if (end != null) {
        end.cancel(false);
      }
      if (link != null) {
        links.discard(link);
      }
    }
  }

  private byte @Nullable [] read(RedisLink link) throws RedisFailure {
    byte[] there;
    try {
      there =
          link.callForBytes(timeoutMillis, Command.GETRANGE, SECRET_KEY, bytes("0"), bytes("63"));
    } catch (RedisFailure e) {
      throw e.trouble() == RedisTrouble.ONE_KEY ? link.failure(RedisTrouble.SECRET) : e;
    }
    if (there == null || there.length == 0) {
      return null;
    }
    if (there.length != SECRET_SIZE) {
      throw link.failure(RedisTrouble.SECRET);
    }
    return there;
  }

  /** Tries to write, by the way that changes nothing; null if it could. */
  private @Nullable RedisTrouble write(RedisLink link, byte[] own) throws RedisFailure {
    try {
      link.call(timeoutMillis, Command.SET, SECRET_KEY, own, bytes("NX"));
      return null;
    } catch (RedisFailure e) {
      if (e.trouble().scope == RedisTrouble.Scope.WRITES) {
        return e.trouble();
      }
      throw e;
    }
  }

  private static byte[] random() {
    byte[] random = new byte[SECRET_SIZE];
    new SecureRandom().nextBytes(random);
    return random;
  }
}
