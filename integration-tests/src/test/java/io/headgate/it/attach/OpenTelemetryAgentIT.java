// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import io.headgate.standin.OtlpSink;
import io.headgate.standin.SpanRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In one JVM with the OpenTelemetry agent: its trace is ours, whoever came first. */
class OpenTelemetryAgentIT {

  @TempDir Path dir;

  @Test
  void spansJoinTheTraceIfTheOtherAgentIsFirst() throws Exception {
    spansJoinTheTrace(true);
  }

  @Test
  void spansJoinTheTraceIfTheOtherAgentIsSecond() throws Exception {
    spansJoinTheTrace(false);
  }

  private void spansJoinTheTrace(boolean otherFirst) throws Exception {
    try (Hosts hosts = new Hosts();
        OtlpSink sink = OtlpSink.start()) {
      String own = "config=" + hosts.redirectIn(dir);
      String other = "-javaagent:" + Jars.client("opentelemetry-javaagent").get(0);
      ForkedJvm jvm = ForkedJvm.java().exportingTo(sink.endpoint());
      jvm.env("OTEL_LOGS_EXPORTER", "none");
      jvm = otherFirst ? jvm.option(other).agent(own) : jvm.agent(own).option(other);

      ForkedJvm.Result result = jvm.main(Probe.class, "serve=" + hosts.url()).run().orThrow();

      assertThat(result.out().lines()).containsExactly("jdk 200 okhttp 200 url 200");
      assertThat(result.err().lines()).noneMatch(line -> line.contains("headgate"));
      hosts.assertRedirected(3);
      SpanRecord app =
          sink.awaitSpans(span -> span.kind().equals("SERVER"), 1, Duration.ofSeconds(1)).get(0);
      List<SpanRecord> chats =
          sink.spans().stream().filter(span -> span.name().startsWith("chat ")).toList();
      assertThat(chats).hasSize(3).allMatch(chat -> chat.isChildOf(app));
      for (SpanRecord chat : chats) {
        SpanRecord attempt = onlyChild(sink, chat);
        assertThat(attempt.scope()).as("the one attempt").isEqualTo("io.headgate");
        assertThat(onlyChild(sink, attempt).scope())
            .as("the other agent's span of the request")
            .startsWith("io.opentelemetry.");
      }
      assertThat(sink.spans()).as("none beside these").hasSize(1 + 3 * chats.size());
    }
  }

  private static SpanRecord onlyChild(OtlpSink sink, SpanRecord parent) {
    List<SpanRecord> children =
        sink.spans().stream().filter(span -> span.isChildOf(parent)).toList();
    assertThat(children).as("children of " + parent.name()).hasSize(1);
    assertThat(children.get(0).kind()).isEqualTo("CLIENT");
    return children.get(0);
  }
}
