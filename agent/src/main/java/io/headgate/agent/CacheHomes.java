// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.cache.CacheHome;
import io.headgate.config.Config;
import io.headgate.config.StateSettings;
import io.headgate.gateway.Faults;
import io.headgate.resilience.Timers;
import io.headgate.state.StateLog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where answers are kept, opened when the first call wants a cache. One home goes on through all
 * configurations that keep them at the same place. Another place that a configuration wants is that
 * of all later ones too: calls that are still under way by an older one never bring its place back.
 * Thread-safe.
 */
final class CacheHomes {

  /**
   * How long a home stays open that a newer configuration does not want, for the calls that still
   * use it. From then on they find nothing in it.
   */
  static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** A disk is worth waiting for; the first call of a JVM would find nothing otherwise. */
  private static final long OPENING_MILLIS = 1_000;

  /** A server that does not answer is none that will. */
  private static final long REDIS_MILLIS = 250;

  private final Function<Stores.Place, CacheHome> opener;
  private final Executor background;
  private final Timers timers;

  /** How many there were. Guarded by this. */
  private long configurations;

  /** Null until a call wanted one. Guarded by this. */
  private @Nullable Open open;

  /** What is going to be closed. Guarded by this. */
  private final Map<Stores.Place, Leaving> leaving = new HashMap<>();

  /**
   * A home and what it was opened for.
   *
   * @param configuration the number of the newest one that has asked for it
   */
  private record Open(long configuration, Stores.Place place, CacheHome home) {}

  private record Leaving(CacheHome home, Timers.Timer end) {}

  /**
   * @param background runs what may block
   */
  CacheHomes(Executor background, Timers timers, Faults faults, StateLog log) {
    this(place -> home(place, background, faults, log), background, timers);
  }

  CacheHomes(Function<Stores.Place, CacheHome> opener, Executor background, Timers timers) {
    this.opener = opener;
    this.background = background;
    this.timers = timers;
  }

  private static CacheHome home(
      Stores.Place place, Executor background, Faults faults, StateLog log) {
    InstantSource clock = InstantSource.system();
    return new CacheHome(
        Stores.open(place, clock, log),
        place.type() == StateSettings.Type.REDIS ? REDIS_MILLIS : OPENING_MILLIS,
        background,
        clock,
        faults);
  }

  /**
   * The home for a configuration, which is newer than those that were asked for before. Found when
   * it is first wanted, and the same from then on; opening goes on in the background.
   */
  Supplier<CacheHome> of(Config config) {
    return at(Stores.place(config));
  }

  synchronized Supplier<CacheHome> at(Stores.Place place) {
    return new OfOne(++configurations, place);
  }

  /** The home of one configuration. */
  private final class OfOne implements Supplier<CacheHome> {
    private final long configuration;
    private final Stores.Place place;
    private volatile @Nullable CacheHome known;

    OfOne(long configuration, Stores.Place place) {
      this.configuration = configuration;
      this.place = place;
    }

    @Override
    public CacheHome get() {
      CacheHome home = known;
      if (home == null) {
        home = find(configuration, place);
        known = home;
      }
      return home;
    }
  }

  private synchronized CacheHome find(long configuration, Stores.Place place) {
    Open current = open;
    if (current != null && configuration < current.configuration()) {
      return current.home();
    }
    CacheHome home =
        current != null && current.place().equals(place) ? current.home() : comeBackOrOpen(place);
    open = new Open(configuration, place, home);
    if (current == null) {
      Runtime.getRuntime()
          .addShutdownHook(new AgentThreads("headgate-cache-exit").newThread(this::closeAll));
    } else if (current.home() != home) {
      leave(current);
    }
    return home;
  }

  private CacheHome comeBackOrOpen(Stores.Place place) {
    Leaving left = leaving.remove(place);
    if (left == null) {
      return opener.apply(place);
    }
    left.end().cancel();
    return left.home();
  }

  private void leave(Open old) {
    Timers.Timer end =
        timers.after(GRACE_NANOS, () -> background.execute(() -> close(old.place(), old.home())));
    leaving.put(old.place(), new Leaving(old.home(), end));
  }

  /** Closes a home, unless it is wanted again. */
  private void close(Stores.Place place, CacheHome home) {
    synchronized (this) {
      Leaving left = leaving.get(place);
      if (left == null || left.home() != home) {
        return;
      }
      leaving.remove(place);
    }
    home.close();
  }

  /** What was put is written before the JVM ends. */
  private void closeAll() {
    List<CacheHome> all = new ArrayList<>();
    synchronized (this) {
      if (open != null) {
        all.add(open.home());
      }
      leaving.values().forEach(left -> all.add(left.home()));
    }
    all.forEach(CacheHome::close);
  }
}
