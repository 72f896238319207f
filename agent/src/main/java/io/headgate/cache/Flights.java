// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.state.EntryKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The requests that are on their way, by what they ask for. Thread-safe. */
final class Flights {

  private final ConcurrentHashMap<EntryKey, Flight> flights = new ConcurrentHashMap<>();
  private final Executor background;

  /**
   * @param background runs what waits for a flight: other calls' business
   */
  Flights(Executor background) {
    this.background = background;
  }

  /**
   * The flight under way; null if there is none, and the one given is under way from now on.
   *
   * @param mine null to follow only
   */
  @Nullable Flight join(EntryKey key, @Nullable Flight mine) {
    if (mine == null) {
      Flight other = flights.get(key);
      return other == null || other.stuck() ? null : other;
    }
    Flight other = flights.putIfAbsent(key, mine);
    if (other != null && other.stuck()) {
      return flights.replace(key, other, mine) ? null : flights.putIfAbsent(key, mine);
    }
    return other;
  }

  /**
   * The flight is over: who asks from now on has to look in the store.
   *
   * @param answer null if there is none that others could use
   */
  void land(EntryKey key, Flight flight, @Nullable StoredAnswer answer) {
    if (flights.remove(key, flight)) {
      flight.landed(answer);
      background.execute(() -> flight.end(answer));
    }
  }
}
