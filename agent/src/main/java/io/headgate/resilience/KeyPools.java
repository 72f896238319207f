// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.ProviderSettings.KeySetting;
import io.headgate.gateway.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys of providers that have several: taken by weight, left alone while they cool down after a
 * 429, and for good after a 401 or 403, until the configuration is read again. Thread-safe.
 */
public final class KeyPools {

  static final KeyPools NONE = new KeyPools(Map.of(), System::nanoTime, Math::random);

  /** After a 429 that does not say for how long. */
  private static final Duration COOL_DOWN = Duration.ofSeconds(30);

  private final Map<String, List<Key>> pools = new HashMap<>();
  private final LongSupplier clock;
  private final DoubleSupplier random;
  private final ReentrantLock lock = new ReentrantLock();

  /** One key and how it has been doing. Guarded by the lock. */
  private static final class Key {
    final ApiKey key;
    final int weight;
    long coolUntilNanos;
    boolean cooling;
    boolean dead;

    Key(KeySetting setting) {
      this.key = new ApiKey(setting.alias(), setting.value().reveal().strip());
      this.weight = setting.weight();
    }
  }

  private KeyPools(
      Map<String, ProviderSettings> providers, LongSupplier clock, DoubleSupplier random) {
    this.clock = clock;
    this.random = random;
    providers.forEach(
        (name, settings) -> {
          if (!settings.keys().isEmpty()) {
            pools.put(name, settings.keys().stream().map(Key::new).toList());
          }
        });
  }

  public static KeyPools of(Config config, LongSupplier nanoClock, DoubleSupplier random) {
    return new KeyPools(config.providers(), nanoClock, random);
  }

  boolean has(String provider) {
    return pools.containsKey(provider);
  }

  /** How many keys a provider has. */
  int size(String provider) {
    return pools.getOrDefault(provider, List.of()).size();
  }

  /** The aliases of the keys that can be taken now. */
  List<String> aliases(String provider) {
    return usable(provider).stream().map(key -> key.key.alias()).toList();
  }

  /** Whether a provider has a key that can be taken now, or needs none of ours. */
  boolean available(String provider) {
    return !has(provider) || !usable(provider).isEmpty();
  }

  @Nullable ApiKey take(String provider) {
    return take(provider, alias -> false);
  }

  /**
   * A key to use. If all that live are cooling down, the one that is ready first; null if there is
   * no pool or all are dead.
   *
   * @param avoided by alias: keys that are taken only if there are no others
   */
  @Nullable ApiKey take(String provider, Predicate<String> avoided) {
    lock.lock();
    try {
      List<Key> usable = usable(provider);
      if (usable.isEmpty()) {
        return coolest(provider);
      }
      List<Key> preferred = usable.stream().filter(key -> !avoided.test(key.key.alias())).toList();
      usable = preferred.isEmpty() ? usable : preferred;
      int all = usable.stream().mapToInt(key -> key.weight).sum();
      double at = random.getAsDouble() * all;
      for (Key key : usable) {
        at -= key.weight;
        if (at < 0) {
          return key.key;
        }
      }
      return usable.get(usable.size() - 1).key;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ApiKey coolest(String provider) {
    Key first = null;
    for (Key key : pools.getOrDefault(provider, List.of())) {
      if (!key.dead && (first == null || key.coolUntilNanos - first.coolUntilNanos < 0)) {
        first = key;
      }
    }
    return first == null ? null : first.key;
  }

  private List<Key> usable(String provider) {
    List<Key> all = pools.get(provider);
    if (all == null) {
      return List.of();
    }
    lock.lock();
    try {
      long now = clock.getAsLong();
      List<Key> usable = new ArrayList<>(all.size());
      for (Key key : all) {
        if (key.cooling && now - key.coolUntilNanos >= 0) {
          key.cooling = false;
        }
        if (!key.cooling && !key.dead) {
          usable.add(key);
        }
      }
      return usable;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A key was rate limited.
   *
   * @param asked for how long; null if the provider did not say
   */
  void limited(String provider, ApiKey key, @Nullable Duration asked) {
    Duration wait = asked == null ? COOL_DOWN : asked;
    lock.lock();
    try {
      for (Key known : pools.getOrDefault(provider, List.of())) {
        if (known.key == key) {
          long until = clock.getAsLong() + wait.toNanos();
          // Another call that was under way may know less than the one before.
          known.coolUntilNanos =
              known.cooling && known.coolUntilNanos - until > 0 ? known.coolUntilNanos : until;
          known.cooling = true;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** A key was refused: it is not used again. */
  void refused(String provider, ApiKey key) {
    lock.lock();
    try {
      for (Key known : pools.getOrDefault(provider, List.of())) {
        if (known.key == key) {
          known.dead = true;
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
