// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headgate.it.ForkedJvm;
import io.headgate.it.RunningJvm;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that changes as Kubernetes changes a ConfigMap, again and again while calls are made. */
class ReloadUnderLoadIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int EDITS = 25;

  @TempDir Path dir;
  private int version;

  @Test
  void noCallFailsAndTheLastGoodFileCounts() throws Exception {
    try (StandIn first = StandIn.start();
        StandIn second = StandIn.start()) {
      publish(config(first, 0));
      Files.createSymbolicLink(dir.resolve("headgate.yaml"), Path.of("..data/headgate.yaml"));
      try (RunningJvm jvm =
          ForkedJvm.java()
              .agent("config=" + dir.resolve("headgate.yaml"))
              .main(LoadProbe.class)
              .launch()) {
        jvm.awaitLine("ready");
        awaitCallAt(first);

        changeAgainAndAgain(first, second);
        publish(config(second, EDITS));
        awaitOnlyCallsAt(second, first);

        publish("mood: enforce\n");
        await().atMost(PATIENCE).until(() -> jvm.err().contains("mood"));
        awaitOnlyCallsAt(second, first);

        publish(config(first, EDITS + 1));
        awaitOnlyCallsAt(first, second);

        jvm.go();
        ForkedJvm.Result result = jvm.end().orThrow();
        assertThat(result.out().lines()).containsExactly("ready", "ended true", "true failed 0");
        assertThat(result.err().lines())
            .allMatch(
                line ->
                    line.contains("mood")
                        || line.equals("headgate: the configuration in use stays as it was"));
      }
    }
  }

  private void changeAgainAndAgain(StandIn first, StandIn second) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(EDITS);
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      var unused =
          clock.scheduleAtFixedRate(
              () -> {
                int edit = (int) left.getCount();
                publish(
                    edit % 5 == 0
                        ? "mood: enforce # " + edit + "\n"
                        : config(edit % 2 == 0 ? first : second, edit));
                left.countDown();
              },
              0,
              100,
              TimeUnit.MILLISECONDS);
      assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      clock.shutdownNow();
      assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** A new directory, to which a link is then turned in one step. */
  private void publish(String yaml) {
    try {
      Path content = Files.createDirectory(dir.resolve("..v" + version++));
      Files.writeString(content.resolve("headgate.yaml"), yaml);
      Path link = dir.resolve("..data_tmp");
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, content.getFileName());
      Files.move(
          link,
          dir.resolve("..data"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String config(StandIn target, int edit) {
    return """
        # %d
        providers:
          openai: {base-url: "%s"}
        models: {smart: openai/gpt-4o}
        retry: {}
        breaker: {}
        routes:
          - match: {model: smart, when: 'request.stream == false'}
            first: [{use: smart}, {use: openai/gpt-5}]
        """
        .formatted(edit, target.url("/v1"));
  }

  private static void awaitCallAt(StandIn standIn) {
    standIn.clear();
    await().atMost(PATIENCE).until(() -> standIn.requests().size() > 3);
  }

  /** Calls under way may still end at the other one. */
  private static void awaitOnlyCallsAt(StandIn wanted, StandIn other) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              other.clear();
              awaitCallAt(wanted);
              awaitCallAt(wanted);
              return other.requests().isEmpty();
            });
  }
}
