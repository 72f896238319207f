// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import io.headgate.it.routing.AppClient;
import io.headgate.standin.OtlpSink;
import io.headgate.standin.SpanRecord;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an app with a cache gets, with every client and every format. */
class CacheIT {

  @TempDir Path dir;

  /** A configuration that caches everything below the test's directory. */
  static String yaml(StandIn hosts, Path state) {
    return """
        providers:
          openai: {base-url: "%1$s/openai/v1"}
          anthropic: {base-url: "%1$s/anthropic"}
          gemini: {base-url: "%1$s/gemini"}
          cohere: {base-url: "%1$s/cohere"}
          ollama: {base-url: "%1$s/ollama"}
        cache:
          - ttl: 1h
        state: {type: disk, path: "%2$s"}
        """
        .formatted(hosts.url(""), state);
  }

  private ForkedJvm cached(StandIn hosts) throws IOException {
    Path config = Files.writeString(dir.resolve("cache.yaml"), yaml(hosts, dir.resolve("state")));
    return ForkedJvm.java().agent("config=" + config);
  }

  /** What each call of a run got: status, cache, content type, body. */
  static Map<String, String[]> calls(ForkedJvm.Result result) {
    return result
        .orThrow()
        .out()
        .lines()
        .filter(line -> line.startsWith("CALL "))
        .map(line -> line.substring(5).split("\t", 2))
        .collect(Collectors.toMap(call -> call[0], call -> call[1].split("\\|", 4)));
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatIsAskedOnceWholeOrStreamed(AppClient client) throws Exception {
    List<String> formats = Arrays.stream(CacheProbe.Format.values()).map(Enum::name).toList();
    try (StandIn hosts = StandIn.start()) {
      String[] arguments = new String[formats.size() + 1];
      arguments[0] = client.name();
      for (int i = 0; i < formats.size(); i++) {
        arguments[i + 1] = formats.get(i);
      }
      ForkedJvm.Result result = cached(hosts).main(CacheProbe.class, arguments).run();
      Map<String, String[]> calls = calls(result);
      assertThat(result.err()).doesNotContain("headgate", "Exception");
      for (String format : formats) {
        for (String question : List.of("whole", "streamed")) {
          String[] first = calls.get(format + " " + question + " 1");
          String[] second = calls.get(format + " " + question + " 2");
          String[] third = calls.get(format + " " + question + " 3");
          String name = client + " " + format + " " + question;
          assertThat(first).as(name).startsWith("200", "MISS");
          assertThat(second).as(name).startsWith("200", "HIT");
          assertThat(second[2]).as(name).isEqualTo(first[2]);
          assertThat(second[3]).as(name).isEqualTo(first[3]);
          assertThat(third).as(name + " in the other form").startsWith("200", "HIT");
          assertThat(third[2]).as(name + " in the other form").isNotEqualTo(first[2]);
        }
      }
      assertThat(hosts.requests()).hasSize(2 * formats.size());
    }
  }

  @Test
  void aHitIsInTheTraceWithWhatItSaved() throws Exception {
    try (StandIn hosts = StandIn.start();
        OtlpSink sink = OtlpSink.start()) {
      cached(hosts).exportingTo(sink.endpoint()).main(CacheProbe.class, "JDK_SEND", "OPENAI").run();
      List<SpanRecord> hits =
          sink.awaitSpans(
              span -> "hit".equals(span.text("headgate.cache.status")), 4, Duration.ofSeconds(10));
      assertThat(hits).hasSize(4);
      for (SpanRecord hit : hits) {
        assertThat(hit.text("headgate.cache.key")).hasSize(64);
        assertThat(hit.decimal("headgate.cost.saved")).isPositive();
        assertThat(hit.decimal("gen_ai.usage.cost")).isZero();
      }
    }
  }
}
