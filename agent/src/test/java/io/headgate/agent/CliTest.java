// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

  private static final String GOOD =
      """
      metadata: {plan: ["header:x-plan", "value:free"]}
      models: {fast: openai/gpt-4o-mini}
      routes:
        - name: paid
          match: {model: smart, when: 'metadata.plan == "paid"'}
          first: [{use: openai/gpt-4o}, {use: fast}]
        - match: {model: smart}
          deny: upgrade your plan
      cache:
        - {match: {when: 'metadata.plan == "free"'}, ttl: 1h}
      """;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Cli.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private int explain(String config, String request) {
    return run(
        "explain",
        "--config",
        file("headgate.yaml", config),
        "--request",
        file("request.json", request));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "frobnicate",
        "validate --config",
        "validate extra",
        "validate --request x",
        "explain --config",
        "explain --verbose x",
        "help --request x"
      })
  void whatCannotBeUnderstoodIsToldHow(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(Cli.USAGE);
    assertThat(err()).contains("usage:");
    assertThat(out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void helpIsNoError(String word) {
    assertThat(run(word)).isEqualTo(Cli.OK);
    assertThat(out()).contains("validate").contains("explain");
    assertThat(err()).isEmpty();
  }

  @Test
  void aGoodConfigurationIsSummedUp() {
    assertThat(run("validate", "--config", file("headgate.yaml", GOOD))).isEqualTo(Cli.OK);
    assertThat(out())
        .contains("headgate.yaml: valid; mode enforce")
        .contains("1 model name, 2 routes, 1 cache rule");
    assertThat(err()).isEmpty();
  }

  @Test
  void aWrongConfigurationIsRefusedWithTheReason() {
    assertThat(run("validate", "--config", file("headgate.yaml", "retry: {max-attempt: 3}")))
        .isEqualTo(Cli.INVALID);
    assertThat(err()).contains("headgate.yaml:1").contains("max-attempts");
    assertThat(out()).isEmpty();
  }

  @Test
  void aConditionThatIsNoExpressionIsRefused() {
    String wrong = GOOD.replace("metadata.plan == \"paid\"", "metadata.plan ==");
    assertThat(run("validate", "--config", file("headgate.yaml", wrong))).isEqualTo(Cli.INVALID);
    assertThat(err()).contains("headgate.yaml:5:33: routes[0].match.when");
  }

  @Test
  void anExpressionOfACacheRuleIsCheckedWithThoseOfRoutes() {
    String wrong =
        GOOD.replace("metadata.plan ==", "metadata.plan =")
            .replace("ttl: 1h", "ttl: 1h, isolate: [response.text], store-when: response.status");
    assertThat(run("validate", "--config", file("headgate.yaml", wrong))).isEqualTo(Cli.INVALID);
    assertThat(err().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("headgate.yaml:5:33: routes[0].match.when: "))
        .anyMatch(line -> line.contains("headgate.yaml:10:20: cache[0].match.when: "))
        .anyMatch(line -> line.contains(": cache[0].isolate[0]: "));
  }

  @Test
  void aFileThatIsNotThereIsAnError() {
    String missing = folder.resolve("missing.yaml").toString();
    assertThat(run("validate", "--config", missing)).isEqualTo(Cli.INVALID);
    assertThat(err()).contains("missing.yaml");
  }

  @Test
  void anExplanationNeedsARequest() {
    assertThat(run("explain", "--config", file("headgate.yaml", GOOD))).isEqualTo(Cli.USAGE);
    assertThat(err()).contains("--request");
    String missing = folder.resolve("missing.json").toString();
    assertThat(run("explain", "--config", file("headgate.yaml", GOOD), "--request", missing))
        .isEqualTo(Cli.INVALID);
    assertThat(err()).contains("missing.json cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"url\":", "7", "{\"url\":\"not a url\",\"body\":{}}"})
  void whatIsNoRequestIsAnError(String request) {
    assertThat(explain(GOOD, request)).isEqualTo(Cli.INVALID);
    assertThat(err()).contains("request.json: expected a JSON object");
    assertThat(out()).isEmpty();
  }

  @Test
  void aBodyAloneStandsForACallToOpenAi() {
    assertThat(explain(GOOD, "{\"model\":\"smart\",\"messages\":[]}")).isEqualTo(Cli.OK);
    assertThat(out())
        .contains("POST api.openai.com/v1/chat/completions: chat at openai")
        .contains("metadata.plan = free")
        .contains("routes[1]")
        .contains("upgrade your plan");
    assertThat(err()).isEmpty();
  }

  @Test
  void headersDecideAsTheyWouldInACall() {
    assertThat(explain(GOOD, "{\"headers\":{\"x-plan\":\"paid\"},\"body\":{\"model\":\"smart\"}}"))
        .isEqualTo(Cli.OK);
    assertThat(out())
        .contains("metadata.plan = paid")
        .contains("openai/gpt-4o")
        .contains("openai/gpt-4o-mini");
  }

  @Test
  void targetsThatCannotServeTheCallAreNamed() {
    explain(
        """
        routes:
          - match: {model: smart}
            first: [{use: openai/gpt-4o}, {use: azure/gpt-4o}]
        """,
        "{\"model\": \"smart\", \"messages\": []}");
    assertThat(out()).contains("left out: azure/gpt-4o: ").doesNotContain("left out: openai");
  }

  @Test
  void metadataMayBeGiven() {
    assertThat(explain(GOOD, "{\"metadata\":{\"plan\":\"paid\"},\"body\":{\"model\":\"smart\"}}"))
        .isEqualTo(Cli.OK);
    assertThat(out()).contains("metadata.plan = paid").contains("paid");
  }

  @Test
  void aHostOfNobodyIsLeftAlone() {
    assertThat(explain(GOOD, "{\"url\":\"https://example.org/x\",\"body\":{}}")).isEqualTo(Cli.OK);
    assertThat(out())
        .isEqualToIgnoringNewLines("example.org is not handled: the call goes as it is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/chat/completions", "mailto:a@b", "https://"})
  void anAddressWithoutAHostIsNoRequest(String url) {
    assertThat(explain(GOOD, "{\"url\":\"" + url + "\",\"body\":{}}")).isEqualTo(Cli.INVALID);
    assertThat(err()).contains("request.json: expected a JSON object");
  }

  @Test
  void theModeIsTold() {
    assertThat(explain("mode: shadow\n" + GOOD, "{\"model\":\"smart\"}")).isEqualTo(Cli.OK);
    assertThat(out()).contains("mode shadow");
  }

  @Test
  void noSecretIsShown() {
    String config = "providers: {openai: {api-key: \"${user.name}-secret\"}}\n" + GOOD;
    explain(
        config,
        "{\"headers\":{\"authorization\":\"Bearer sk-canary\"},\"body\":{\"model\":\"smart\"}}");
    assertThat(out() + err()).doesNotContain("sk-canary").doesNotContain("-secret");
  }
}
