// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.config.Config;
import io.headgate.config.Secret;
import io.headgate.config.StateSettings;
import io.headgate.state.DiskStore;
import io.headgate.state.EntryStore;
import io.headgate.state.MemoryStore;
import io.headgate.state.RedisStore;
import io.headgate.state.StateLog;
import io.headgate.state.TieredStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Opens the store that a configuration names. */
final class Stores {

  /** How long a purge by another process may go unnoticed, in milliseconds. */
  private static final long NEAR_MILLIS = 5_000;

  private Stores() {}

  /**
   * Where entries are kept.
   *
   * @param url null unless that is Redis
   */
  record Place(
      StateSettings.Type type,
      String path,
      long memory,
      long disk,
      @Nullable String url,
      int timeoutMillis) {
    @Override
    public String toString() {
      return type.toString(); // The URL may hold a password.
    }
  }

  /** The place a configuration means: the disk, once a cache is configured, unless it says. */
  static Place place(Config config) {
    StateSettings state = config.state();
    StateSettings.Type said = state.type();
    StateSettings.Type type =
        said != null
            ? said
            : config.cache().isEmpty() ? StateSettings.Type.MEMORY : StateSettings.Type.DISK;
    Secret url = state.url();
    return new Place(
        type,
        state.path(),
        state.memory(),
        state.disk(),
        url == null ? null : url.reveal(),
        state.timeoutMillis());
  }

  /** Opens it, in the background. */
  static EntryStore open(Place place, InstantSource clock, StateLog log) {
    MemoryStore memory = new MemoryStore(place.memory(), clock);
    return switch (place.type()) {
      case MEMORY -> memory;
      case DISK, REDIS -> new TieredStore(memory, far(place, clock, log), NEAR_MILLIS, clock);
    };
  }

  /** The same without memory in front of it. */
  static EntryStore far(Place place, InstantSource clock, StateLog log) {
    String url = place.url();
    return url != null
        ? new RedisStore(url, place.timeoutMillis(), clock, log, new AgentThreads("headgate-redis"))
        : new DiskStore(
            Path.of(place.path()), place.disk(), clock, log, new AgentThreads("headgate-disk"));
  }
}
