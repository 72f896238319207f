// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.coexist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.it.ForkedJvm;
import io.headgate.standin.StandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls on virtual threads, on JVMs that have them: none of our frames keeps a carrier. */
class VirtualThreadsIT {

  private static final int THREADS = 10_000;

  @TempDir Path dir;

  @Test
  void noFrameOfOursPinsAVirtualThread() throws Exception {
    assumeTrue(ForkedJvm.atLeastJava(21), "no virtual threads here");
    Path file = dir.resolve("pins.jfr");
    try (StandIn hosts = StandIn.start()) {
      Path config =
          Files.writeString(
              dir.resolve("config.yaml"),
              """
              providers:
                own: {dialect: openai, base-url: "%s", hosts: [localhost]}
              retry: {max-attempts: 2}
              """
                  .formatted(hosts.url("/v1")));

      ForkedJvm.Result result =
          ForkedJvm.java()
              .agent("config=" + config)
              .option("-XX:FlightRecorderOptions=stackdepth=256")
              .main(
                  VirtualThreadsProbe.class,
                  "http://localhost:" + hosts.port() + "/v1/chat/completions",
                  String.valueOf(THREADS),
                  file.toString())
              .run()
              .orThrow();

      assertThat(result.out().lines())
          .containsExactly("warm 200 200", "over true " + THREADS / 2 + " " + THREADS / 2 + " {}");
      assertThat(result.err().lines().filter(line -> line.contains("headgate"))).isEmpty();
    }
    assertThat(pinnedByUs(file)).isEmpty();
  }

  /** Stacks in which a frame of ours held the monitor, or was the native one's caller. */
  private static List<String> pinnedByUs(Path file) throws Exception {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
        .filter(VirtualThreadsIT::ours)
        .map(VirtualThreadsIT::words)
        .distinct()
        .toList();
  }

  private static boolean ours(RecordedEvent event) {
    return event.getStackTrace() != null
        && event.getStackTrace().getFrames().stream()
            .anyMatch(frame -> frame.getMethod().getType().getName().startsWith("io.headgate."));
  }

  private static String words(RecordedEvent event) {
    String reason = event.hasField("pinnedReason") ? event.getString("pinnedReason") : "not said";
    return reason
        + event.getStackTrace().getFrames().stream()
            .map(frame -> frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
            .collect(Collectors.joining("\n  ", "\n  ", ""));
  }
}
