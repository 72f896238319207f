// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamWatchTest {

  @Test
  void itsThreadIsADaemonThatStopsWhenClosed() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    Thread[] made = new Thread[1];
    StreamWatch watch =
        new StreamWatch(Duration.ofHours(1), System::nanoTime, (stage, fault) -> {});
    watch.start(
        task -> {
          made[0] =
              Telemetry.threads("watch")
                  .newThread(
                      () -> {
                        started.countDown();
                        task.run();
                      });
          return made[0];
        });
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(made[0].isDaemon()).isTrue();

    // An interrupt from outside must neither end it nor make it spin.
    made[0].interrupt();
    watch.close();
    made[0].join(10_000);
    assertThat(made[0].isAlive()).isFalse();
  }
}
