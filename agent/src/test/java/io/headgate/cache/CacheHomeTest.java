// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.state.RedisStore;
import io.headgate.state.StateLog;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CacheHomeTest {

  private static final StateLog SILENT =
      new StateLog() {
        @Override
        public void say(String line) {}

        @Override
        public void count(String store, String what) {}
      };

  @Test
  void anEndBeforeTheStoreWasReachedIsNoFault() throws Exception {
    BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    RedisStore store =
        new RedisStore("redis://127.0.0.1:1", 50, InstantSource.system(), SILENT, Thread::new);
    CacheHome home =
        new CacheHome(
            store,
            TimeUnit.HOURS.toMillis(1),
            Runnable::run,
            InstantSource.system(),
            (stage, fault) -> faults.add(fault));

    home.close();

    assertThat(home.secret().toCompletableFuture().get(60, TimeUnit.SECONDS)).hasSize(32);
    assertThat(faults).isEmpty();
  }
}
