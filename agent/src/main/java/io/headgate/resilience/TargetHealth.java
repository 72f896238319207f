// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.config.BreakerSettings;
import io.headgate.route.Health;
import io.headgate.route.Target;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How each target has been doing: its breakers, one for each key, how fast it answered and how many
 * attempts are under way. Lives as long as the JVM: a new configuration finds it as it is.
 */
public final class TargetHealth implements Health {

  /** Models are named by callers where a route says {@code provider/*}. */
  private static final int MOST = 2_000;

  /** In this time what is known of a target's speed loses two thirds of its weight. */
  private static final double DECAY_NANOS = 10e9;

  private static final long FAILED_NANOS = 5_000_000_000L;
  private static final long GATEWAY_REST_NANOS = 30_000_000_000L;

  private final ConcurrentHashMap<String, Breaker> breakers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Target, Figures> targets = new ConcurrentHashMap<>();
  private final LongSupplier clock;
  private volatile long gatewayDownUntil;
  private volatile boolean gatewayDown;
  private volatile KeyPools keys = KeyPools.NONE;

  /**
   * @param nanoClock nanoseconds, from any origin
   */
  public TargetHealth(LongSupplier nanoClock) {
    this.clock = nanoClock;
  }

  /** The keys of the configuration in use. */
  void keys(KeyPools current) {
    keys = current;
  }

  /** One target's figures. */
  private static final class Figures {
    final AtomicInteger busy = new AtomicInteger();
    private double latency;
    private long updated;

    /** Peak-sensitive: a slow answer counts at once, a fast one bit by bit (Finagle's). */
    synchronized void took(long nanos, long now) {
      if (latency == 0 || nanos > latency) {
        latency = nanos;
      } else {
        double weight = Math.exp(-(now - updated) / DECAY_NANOS);
        latency = latency * weight + nanos * (1 - weight);
      }
      updated = now;
    }

    /** What is not heard of for a while is given another chance. */
    synchronized long latency(long now) {
      return (long) (latency * Math.exp(-(now - updated) / DECAY_NANOS));
    }
  }

  @Override
  public boolean available(Target target) {
    String provider = target.provider();
    return keys.has(provider)
        ? keys.aliases(provider).stream().anyMatch(alias -> !open(target, alias))
        : !open(target, null);
  }

  /** Whether a breaker keeps attempts away from a target, with that key or without one. */
  boolean open(Target target, @Nullable String keyAlias) {
    Breaker breaker = breakers.get(name(target, keyAlias));
    return breaker != null && !breaker.available();
  }

  @Override
  public long latencyNanos(Target target) {
    Figures figures = targets.get(target);
    // Those who wait there already count, too.
    return figures == null
        ? 0
        : figures.latency(clock.getAsLong()) * (1 + Math.max(0, figures.busy.get()));
  }

  @Override
  public int busy(Target target) {
    Figures figures = targets.get(target);
    return figures == null ? 0 : figures.busy.get();
  }

  /** An attempt began. To be run when it is over; more than once does no harm. */
  Runnable began(Target target) {
    Figures figures = figuresOf(target);
    if (figures == null) {
      return () -> {};
    }
    figures.busy.incrementAndGet();
    AtomicBoolean over = new AtomicBoolean();
    return () -> {
      if (over.compareAndSet(false, true)) {
        figures.busy.decrementAndGet();
      }
    };
  }

  /** The first content came after this time. */
  void answered(Target target, long nanos) {
    Figures figures = figuresOf(target);
    if (figures != null) {
      figures.took(nanos, clock.getAsLong());
    }
  }

  /** An attempt there failed: it counts as a slow one, or failing fast would look like speed. */
  void failed(Target target) {
    answered(target, FAILED_NANOS);
  }

  /** The gateway on the way to providers does not answer: it is left out for a while. */
  void gatewayFailed() {
    gatewayDownUntil = clock.getAsLong() + GATEWAY_REST_NANOS;
    gatewayDown = true;
  }

  /** Whether the gateway on the way to providers is to be left out. */
  boolean gatewayDown() {
    if (gatewayDown && clock.getAsLong() - gatewayDownUntil >= 0) {
      gatewayDown = false;
    }
    return gatewayDown;
  }

  private @Nullable Figures figuresOf(Target target) {
    Figures known = targets.get(target);
    return known != null || targets.size() >= MOST
        ? known
        : targets.computeIfAbsent(target, t -> new Figures());
  }

  /** The breaker for a target and key; null if none is configured, or there are too many. */
  @Nullable Breaker breaker(
      Target target, @Nullable String keyAlias, @Nullable BreakerSettings settings) {
    String name = name(target, keyAlias);
    if (settings == null) {
      return null;
    }
    Breaker known = breakers.get(name);
    if (known == null && breakers.size() < MOST) {
      known = breakers.computeIfAbsent(name, n -> new Breaker(settings, clock));
    }
    if (known != null) {
      known.settings(settings);
    }
    return known;
  }

  private static String name(Target target, @Nullable String keyAlias) {
    return keyAlias == null ? target.toString() : target + "#" + keyAlias;
  }
}
