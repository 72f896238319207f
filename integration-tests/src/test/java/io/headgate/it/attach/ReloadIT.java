// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headgate.it.ForkedJvm;
import io.headgate.it.RunningJvm;
import io.headgate.standin.StandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration file that changes while the app makes call after call. */
class ReloadIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path dir;

  @Test
  void changeIsTakenUpWithoutAFailedCallAndAMistakeIsNot() throws Exception {
    try (Hosts hosts = new Hosts();
        StandIn next = StandIn.start();
        RunningJvm jvm =
            ForkedJvm.java()
                .agent("config=" + hosts.redirectIn(dir))
                .main(Probe.class, "loop=" + hosts.url())
                .launch()) {
      jvm.awaitLine("ready");
      awaitCallAt(hosts.configured);

      Path file = hosts.redirectIn(dir);
      Files.writeString(file, Hosts.redirectTo(next));
      awaitCallAt(next);

      Files.writeString(file, Hosts.redirectTo(hosts.configured) + "mood: enforce\n");
      await().atMost(PATIENCE).until(() -> !jvm.err().isEmpty());
      awaitCallAt(next);

      Files.writeString(file, hosts.redirect());
      awaitCallAt(hosts.configured);

      jvm.go();
      ForkedJvm.Result result = jvm.end().orThrow();
      assertThat(result.out().lines()).contains("true failed 0");
      assertThat(hosts.called.requests()).isEmpty();
      assertThat(result.err().lines().toList())
          .hasSize(2)
          .satisfies(
              lines -> {
                assertThat(lines.get(0)).contains("redirect.yaml:6", "mood");
                assertThat(lines.get(1))
                    .isEqualTo("headgate: the configuration in use stays as it was");
              });
    }
  }

  private static void awaitCallAt(StandIn standIn) {
    standIn.clear();
    await().atMost(PATIENCE).until(() -> standIn.requests().size() > 3);
  }
}
