// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's jar as a tool. */
class CliIT {

  private static final String CONFIG =
      """
      providers:
        openai: {base-url: "%s"}
        anthropic: {api-key: "${SOME_KEY:any}"}
      metadata: {plan: header:x-plan}
      models: {fast: openai/gpt-4o-mini}
      routes:
        - name: free
          match: {operation: chat, when: 'metadata.plan == "free"'}
          first: [{use: fast}, {use: anthropic/claude-haiku-4-5}]
        - name: paid
          match: {operation: chat}
          when: 'metadata.plan == "paid"'
          then: {use: openai/gpt-4o}
          else: {deny: upgrade your plan}
      """;

  @TempDir Path dir;

  @Test
  void validConfigurationIsSummedUp() throws Exception {
    Path config = config("http://127.0.0.1:1/v1");

    ForkedJvm.Result result = run("validate", "--config", config.toString());

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines())
        .singleElement()
        .asString()
        .startsWith(config + ": valid; mode enforce")
        .contains("2 providers", "1 model name", "2 routes");
  }

  @Test
  void mistakesAreExplained() throws Exception {
    assertThat(mistakes("retry: {max-atempts: 2}\nmood: enforce\n"))
        .contains("bad.yaml:1:", "max-atempts", "did you mean \"max-attempts\"?")
        .contains("bad.yaml:2:", "mood");
  }

  @Test
  void conditionsAreRead() throws Exception {
    assertThat(
            mistakes(
                """
                routes:
                  - match: {when: 'metadata.plan =='}
                    use: openai/gpt-4o
                  - match: {when: 'request.model == "a"'}
                    sticky: nobody.knows
                    split: [{use: openai/gpt-4o}, {use: openai/gpt-5}]
                """))
        .contains("bad.yaml:2:", "when", "bad.yaml:5:", "sticky", "nobody");
  }

  private String mistakes(String yaml) throws IOException {
    Path config = Files.writeString(dir.resolve("bad.yaml"), yaml);
    ForkedJvm.Result result = run("validate", "--config", config.toString());
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    return result.err();
  }

  @Test
  void wrongUseIsToldApartFromAWrongFile() {
    for (String[] arguments :
        new String[][] {
          {}, {"frobnicate"}, {"validate", "--confg", "x"}, {"validate", "--config"}, {"explain"}
        }) {
      ForkedJvm.Result result = run(arguments);

      assertThat(result.exit()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).isNotEmpty();
    }
    assertThat(run("--help").exit()).isZero();
    ForkedJvm.Result missing = run("validate", "--config", dir.resolve("none.yaml").toString());
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.err()).contains("none.yaml");
  }

  @Test
  void requestIsExplainedAndNothingIsSent() throws Exception {
    try (StandIn hosts = StandIn.start()) {
      Path config = config(hosts.url("/v1"));

      assertThat(explained(config, "free"))
          .contains(
              "chat at openai",
              "metadata.plan = free",
              "route free",
              "use openai/gpt-4o-mini",
              "use anthropic/claude-haiku-4-5",
              "translated for anthropic/claude-haiku-4-5, without seed")
          .containsPattern("when.*true");
      assertThat(explained(config, "paid"))
          .contains("route paid", "use openai/gpt-4o")
          .containsPattern("when.*false")
          .doesNotContain("deny");
      assertThat(explained(config, "none")).contains("route paid", "deny 403 upgrade your plan");
      assertThat(hosts.requests()).isEmpty();
    }
  }

  @Test
  void requestThatIsNoneIsToldApart() throws Exception {
    Path config = config("http://127.0.0.1:1/v1");
    Path request = Files.writeString(dir.resolve("request.json"), "[1, 2]");

    ForkedJvm.Result result =
        run("explain", "--config", config.toString(), "--request", request.toString());

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains(request.toString(), "expected a JSON object");
  }

  private String explained(Path config, String plan) throws IOException {
    Path request =
        Files.writeString(
            dir.resolve("request.json"),
            """
            {"url": "https://api.openai.com/v1/chat/completions",
             "headers": {"x-plan": "%s", "authorization": "Bearer canary-key"},
             "body": {"model": "smart", "seed": 7, "messages": [{"role": "user", "content": "canary-text"}]}}
            """
                .formatted(plan));
    ForkedJvm.Result result =
        run("explain", "--config", config.toString(), "--request", request.toString());
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).doesNotContain("canary");
    return result.out();
  }

  private Path config(String baseUrl) throws IOException {
    return Files.writeString(dir.resolve("good.yaml"), CONFIG.formatted(baseUrl));
  }

  private static ForkedJvm.Result run(String... arguments) {
    return ForkedJvm.java().option("-jar").main(ForkedJvm.agentJar().toString(), arguments).run();
  }
}
