// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import io.headgate.it.RunningJvm;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a cache on disk when the JVM has ended, one way or the other. */
class CacheRestartIT {

  private static final String ANSWER = "canary-of-the-answer";

  @TempDir Path dir;

  @Test
  void anAnswerOutlivesTheJvm() throws Exception {
    try (StandIn hosts = StandIn.start()) {
      hosts.next("answer=" + ANSWER);
      Map<String, String> first = CacheRun.said(app(hosts).main(CacheApp.class, "ask|a|Q").run());
      Map<String, String> second = CacheRun.said(app(hosts).main(CacheApp.class, "ask|b|Q").run());

      assertThat(first).containsEntry("a", "200|MISS|" + ANSWER);
      assertThat(second).containsEntry("b", "200|HIT|" + ANSWER);
      assertThat(hosts.requests()).hasSize(1);
    }
  }

  @Test
  void anAnswerOutlivesAJvmThatIsKilled() throws Exception {
    try (StandIn hosts = StandIn.start()) {
      for (String question : List.of("Q1", "Q2", "Q3")) {
        hosts.next("answer=" + ANSWER + question);
        try (RunningJvm jvm =
            app(hosts).main(CacheApp.class, "ask|a|" + question, "pause|asked").launch()) {
          jvm.awaitLine("PAUSED asked");
          // What was answered is on disk within a second.
          TimeUnit.MILLISECONDS.sleep(1_500);
        }
        Map<String, String> next =
            CacheRun.said(app(hosts).main(CacheApp.class, "ask|b|" + question).run());
        assertThat(next).containsEntry("b", "200|HIT|" + ANSWER + question);
      }
      assertThat(hosts.requests()).hasSize(3);
    }
  }

  @Test
  void aJvmThatIsKilledAtOnceLeavesNothingWrong() throws Exception {
    try (StandIn hosts = StandIn.start()) {
      for (String question : List.of("Q1", "Q2", "Q3")) {
        hosts.next("answer=" + ANSWER + question, "answer=" + ANSWER + question);
        try (RunningJvm jvm =
            app(hosts).main(CacheApp.class, "ask|a|" + question, "pause|asked").launch()) {
          jvm.awaitLine("PAUSED asked");
        }
        Map<String, String> next =
            CacheRun.said(
                app(hosts).main(CacheApp.class, "ask|b|" + question, "ask|c|" + question).run());
        assertThat(next.get("b"))
            .isIn("200|HIT|" + ANSWER + question, "200|MISS|" + ANSWER + question);
        assertThat(next).containsEntry("c", "200|HIT|" + ANSWER + question);
        hosts.clear();
      }
    }
  }

  @Test
  void jvmsThatRunAtTheSameTimeSeeEachOthersAnswers() throws Exception {
    try (StandIn hosts = StandIn.start()) {
      hosts.next("answer=first", "answer=second");
      try (RunningJvm one =
              app(hosts)
                  .main(
                      CacheApp.class,
                      "ask|a|Q1",
                      "pause|asked",
                      "until|HIT|b|Q2|x-headgate-cache: only")
                  .launch();
          RunningJvm other =
              app(hosts)
                  .main(
                      CacheApp.class,
                      "pause|up",
                      "until|HIT|a|Q1|x-headgate-cache: only",
                      "ask|b|Q2",
                      "pause|asked")
                  .launch()) {
        one.awaitLine("PAUSED asked");
        other.awaitLine("PAUSED up");
        other.go();
        other.awaitLine("CALL a\t200|HIT|first");
        other.awaitLine("PAUSED asked");
        one.go();
        one.awaitLine("CALL b\t200|HIT|second");
        other.go();
        assertThat(one.end().err()).isEmpty();
        assertThat(other.end().err()).isEmpty();
      }
      assertThat(hosts.requests()).hasSize(2);
    }
  }

  @Test
  void theFilesAreTheirOwnersAndHaveNeitherPromptsNorKeys() throws Exception {
    try (StandIn hosts = StandIn.start()) {
      hosts.next("answer=" + ANSWER);
      CacheRun.said(app(hosts).main(CacheApp.class, "ask|a|Q").run());
    }
    byte[] key = CacheApp.KEY.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(key);
    StringBuilder all = new StringBuilder();
    try (Stream<Path> paths = Files.walk(dir.resolve("state"))) {
      for (Path path : paths.toList()) {
        boolean directory = Files.isDirectory(path);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(directory ? "rwx------" : "rw-------");
        if (!directory) {
          all.append(Files.readString(path, StandardCharsets.ISO_8859_1));
        }
      }
    }
    assertThat(all.toString())
        .contains(ANSWER)
        .doesNotContain(CacheApp.PROMPT, "Sum up", CacheApp.KEY)
        .doesNotContain(HexFormat.of().formatHex(key))
        .doesNotContain(base64.substring(0, base64.length() - 4));
  }

  @Test
  void memoryServesAloneWhereNothingCanBeWritten() throws Exception {
    Files.writeString(dir.resolve("state"), "a file where a directory is expected");
    try (StandIn hosts = StandIn.start()) {
      ForkedJvm.Result result = app(hosts).main(CacheApp.class, "ask|a|Q", "ask|b|Q").run();

      assertThat(CacheRun.said(result).get("a")).startsWith("200|MISS|");
      assertThat(CacheRun.said(result).get("b")).startsWith("200|HIT|");
      assertThat(result.err().lines())
          .singleElement()
          .asString()
          .contains("headgate", dir.resolve("state").toString());
      assertThat(hosts.requests()).hasSize(1);
    }
  }

  private ForkedJvm app(StandIn hosts) throws IOException {
    Path config = CacheRun.config(dir, hosts.url(""), CacheRun.onDisk(dir));
    return ForkedJvm.java().agent("config=" + config);
  }
}
