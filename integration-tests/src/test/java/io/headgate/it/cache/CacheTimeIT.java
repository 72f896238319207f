// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.it.RunningJvm;
import io.headgate.standin.OtlpSink;
import io.headgate.standin.SpanRecord;
import io.headgate.standin.StandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers past their time, and answers that are not to be fetched at all. */
class CacheTimeIT {

  private static final String RULE =
      """
      cache:
        - ttl: 5s
          %s: 1h
      state: {type: memory}
      """;

  @TempDir Path dir;

  @Test
  void anAnswerThatIsTooOldServesWhenTheHostIsAway() throws Exception {
    StandIn hosts = StandIn.start();
    Path config = CacheRun.config(dir, hosts.url(""), RULE.formatted("stale-if-error"));
    try (RunningJvm jvm =
        ForkedJvm.java()
            .agent("config=" + config)
            .main(CacheApp.class, "ask|a|Q", "pause|asked", "until|STALE|b|Q", "ask|c|Q2")
            .launch()) {
      jvm.awaitLine("PAUSED asked");
      hosts.close();
      jvm.go();
      Map<String, String> said = CacheRun.said(jvm.end());

      assertThat(said.get("a")).startsWith("200|MISS|In short");
      assertThat(said).containsEntry("b", said.get("a").replace("MISS", "STALE"));
      assertThat(said.get("c")).startsWith("FAILED java.net.ConnectException");
    } finally {
      hosts.close();
    }
  }

  @Test
  void anAnswerThatIsTooOldIsGivenWhileOneRequestFetchesANewOne() throws Exception {
    try (StandIn hosts = StandIn.start();
        OtlpSink sink = OtlpSink.start()) {
      hosts.next("answer=old", "answer=new");
      Path config = CacheRun.config(dir, hosts.url(""), RULE.formatted("stale-while-revalidate"));
      Map<String, String> said =
          CacheRun.said(
              ForkedJvm.java()
                  .agent("config=" + config)
                  .exportingTo(sink.endpoint())
                  .main(CacheApp.class, "ask|a|Q", "until|STALE|b|Q", "until|HIT|c|Q")
                  .run());

      assertThat(said)
          .containsEntry("a", "200|MISS|old")
          .containsEntry("b", "200|STALE|old")
          .containsEntry("c", "200|HIT|new");
      assertThat(hosts.requests()).hasSize(2);
      assertThat(hosts.lastRequest().headers().keySet())
          .noneMatch(name -> name.startsWith("x-headgate"));
      List<SpanRecord> refreshes =
          sink.awaitSpans(
              span -> "refresh".equals(span.text("headgate.cache.status")),
              1,
              Duration.ofSeconds(10));
      assertThat(refreshes).hasSize(1);
      assertThat(sink.spans())
          .filteredOn(span -> "stale".equals(span.text("headgate.cache.status")))
          .anyMatch(stale -> refreshes.get(0).isChildOf(stale));
    }
  }

  @Test
  void aMissThatIsNotToBeSentIsTheSdksOwnExceptionAtOnce() throws Exception {
    try (StandIn hosts = StandIn.start();
        OtlpSink sink = OtlpSink.start()) {
      Path config = CacheRun.config(dir, hosts.url(""), RULE.formatted("stale-if-error"));
      Map<String, String> said =
          CacheRun.said(
              ForkedJvm.java()
                  .classPath(ClassPaths.withSdks("com/openai/"))
                  .agent("config=" + config)
                  .exportingTo(sink.endpoint())
                  .main(OnlyCacheProbe.class)
                  .run());

      assertThat(said).containsEntry("only", "InternalServerException 504 cache_miss");
      assertThat(said).containsEntry("only streamed", "InternalServerException 504 cache_miss");
      assertThat(hosts.requests()).isEmpty();
      sink.awaitSpans(span -> span.kind().equals("CLIENT"), 2, Duration.ofSeconds(10));
      // The exit waits for the last export: a second try would be here, too.
      assertThat(sink.spans())
          .filteredOn(span -> span.text("headgate.cache.status") != null)
          .hasSize(2)
          .allMatch(span -> "miss".equals(span.text("headgate.cache.status")));
    }
  }
}
