// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.cache.CacheHome;
import io.headgate.config.StateSettings;
import io.headgate.resilience.Timers;
import io.headgate.state.EntryKey;
import io.headgate.state.MemoryStore;
import io.headgate.state.StoredEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CacheHomesTest {

  private static final Stores.Place HERE = place("/here");
  private static final Stores.Place THERE = place("/there");

  private final List<Stores.Place> opened = new ArrayList<>();
  private final Map<CacheHome, MemoryStore> stores = new HashMap<>();
  private final Clock clock = new Clock();
  private final CacheHomes homes = new CacheHomes(this::open, Runnable::run, clock);

  /** Time passes when it is told to. */
  private static final class Clock implements Timers {
    final List<Runnable> due = new ArrayList<>();

    @Override
    public Timer after(long nanos, Runnable task) {
      assertThat(nanos).isEqualTo(CacheHomes.GRACE_NANOS);
      due.add(task);
      return () -> due.remove(task);
    }

    void pass() {
      List<Runnable> now = List.copyOf(due);
      due.clear();
      now.forEach(Runnable::run);
    }
  }

  private static Stores.Place place(String path) {
    return new Stores.Place(StateSettings.Type.DISK, path, 1 << 20, 1 << 20, null, 50);
  }

  private CacheHome open(Stores.Place place) {
    opened.add(place);
    MemoryStore store = new MemoryStore(1 << 20, () -> Instant.EPOCH);
    CacheHome home =
        new CacheHome(store, 1000, Runnable::run, () -> Instant.EPOCH, (stage, fault) -> {});
    stores.put(home, store);
    return home;
  }

  /** Whether what is put is kept. */
  private boolean isOpen(CacheHome home) {
    return stores
        .get(home)
        .put(
            new EntryKey(1, 2, 3, 4),
            new StoredEntry(0, 1000, "", "", "", new byte[0], new byte[1]));
  }

  @Test
  void nothingIsOpenedUntilItIsWanted() {
    Supplier<CacheHome> home = homes.at(HERE);
    assertThat(opened).isEmpty();
    assertThat(home.get()).isSameAs(home.get());
    assertThat(opened).containsExactly(HERE);
  }

  @Test
  void theSamePlaceIsTheSameHome() {
    CacheHome first = homes.at(HERE).get();
    assertThat(homes.at(place("/here")).get()).isSameAs(first);
    clock.pass();
    assertThat(isOpen(first)).isTrue();
  }

  @Test
  void anOlderConfigurationKeepsItsHomeAndDoesNotBringItBack() {
    Supplier<CacheHome> old = homes.at(HERE);
    CacheHome before = old.get();
    Supplier<CacheHome> current = homes.at(THERE);
    CacheHome after = current.get();
    for (int i = 0; i < 3; i++) {
      assertThat(old.get()).isSameAs(before);
      assertThat(current.get()).isSameAs(after);
    }
    assertThat(opened).containsExactly(HERE, THERE);
    assertThat(isOpen(before)).as("for the calls under way").isTrue();
    clock.pass();
    assertThat(isOpen(before)).isFalse();
    assertThat(old.get()).isSameAs(before);
    assertThat(isOpen(after)).isTrue();
    assertThat(opened).containsExactly(HERE, THERE);
  }

  @Test
  void anOlderConfigurationThatHadNoHomeYetGetsTheNewest() {
    Supplier<CacheHome> old = homes.at(HERE);
    CacheHome newest = homes.at(THERE).get();
    assertThat(old.get()).isSameAs(newest);
    assertThat(opened).containsExactly(THERE);
  }

  @Test
  void aPlaceThatIsWantedAgainSoonIsNotOpenedTwice() {
    CacheHome here = homes.at(HERE).get();
    CacheHome there = homes.at(THERE).get();
    assertThat(homes.at(HERE).get()).isSameAs(here);
    clock.pass();
    assertThat(isOpen(here)).isTrue();
    assertThat(isOpen(there)).isFalse();
    assertThat(opened).containsExactly(HERE, THERE);
  }

  @Test
  void aPlaceThatIsWantedAgainLaterIsOpenedAnew() {
    CacheHome here = homes.at(HERE).get();
    homes.at(THERE).get();
    clock.pass();
    CacheHome again = homes.at(HERE).get();
    assertThat(again).isNotSameAs(here);
    assertThat(isOpen(again)).isTrue();
  }
}
