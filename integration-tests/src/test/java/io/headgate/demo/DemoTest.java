// SPDX-License-Identifier: Apache-2.0
package io.headgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.standin.SpanRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

  private static final Collector NONE = new Collector(URI.create("http://localhost:4318"), false);
  private static final SpanRecord SPAN =
      new SpanRecord(
          "chat m",
          "CLIENT",
          "abcdef0123456789",
          "01",
          "",
          Map.of("gen_ai.operation.name", "chat", "gen_ai.request.model", "m"),
          List.of(),
          "UNSET",
          "",
          "io.headgate",
          Map.of(),
          0,
          1_000_000);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Demo demo =
      new Demo(Map.of(), new PrintStream(printed, true, StandardCharsets.UTF_8), false);

  @Test
  void missingAgentIsNamedWithTheWayToGetIt(@TempDir Path nowhere) throws Exception {
    Path agent = nowhere.resolve("headgate-agent.jar");

    assertThat(demo.run(agent)).isEqualTo(2);
    assertThat(text())
        .contains("there is no agent at " + agent, "mvn -q -DskipTests package")
        .contains("-Dheadgate.agent.jar=");
  }

  @Test
  void noCallSeenIsAFailure() {
    assertThat(demo.report(0, List.of(), NONE, 0)).isEqualTo(3);
    assertThat(demo.report(1, List.of(), NONE, 0)).isEqualTo(1);
    assertThat(text()).contains("the agent exported no call");
  }

  @Test
  void failedAppIsAFailureThoughItsCallsAreShown() {
    assertThat(demo.report(1, List.of(SPAN), NONE, 0)).isEqualTo(1);
    assertThat(text()).contains("abcdef01", "the app failed and ended with 1");
  }

  @Test
  void withoutACollectorItSaysHowToGetOne() {
    assertThat(demo.report(0, List.of(SPAN), NONE, 0)).isZero();
    assertThat(text()).contains("docker run", "http://localhost:16686");
  }

  @Test
  void withACollectorItSaysWhereToLook() {
    Collector local = new Collector(URI.create("http://localhost:4318"), true);
    Collector other = new Collector(URI.create("https://otel.example"), true);

    demo.report(0, List.of(SPAN), local, 2);
    assertThat(text()).contains("http://localhost:16686, service support-desk");
    demo.report(0, List.of(SPAN), other, 2);
    assertThat(text()).contains("at https://otel.example too").doesNotContain("docker");
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
