// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.standin.Recorded;
import io.headgate.standin.SpanRecord;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Chains whose targets speak different formats, and what the app sees of them. */
class FallbackTranslatedIT {

  private static final String ANSWER =
      "In short: " + Words.MATTER + " Next step: confirm with the customer and close the loop.";
  private static final String OPENAI = "openai/gpt-4o";
  private static final String CLAUDE = "anthropic/claude-sonnet-4-5";
  private static final String OVERLOADED = "The server is currently overloaded.";

  private StandIn openAi;
  private StandIn anthropic;

  @AfterEach
  void stop() {
    openAi.close();
    anthropic.close();
  }

  @Test
  void appSeesAnAnswerOfTheOtherFormat() throws Exception {
    hosts("status=503", "");

    TranslateRun run = run(chain(OPENAI, CLAUDE), "chat", "stream");

    assertThat(run.said())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("chat", by("anthropic", ""), "stream", by("anthropic", "")));
    assertThat(openAi.requests()).hasSize(2);
    assertThat(anthropic.requests()).hasSize(2);
    for (Recorded request : anthropic.requests()) {
      assertThat(request.path()).isEqualTo("/v1/messages");
      assertThat(request.header("x-api-key")).isEqualTo(Target.KEY);
      assertThat(request.headers().toString()).doesNotContain(Words.KEY);
      assertThat(request.json().path("model").asText()).isEqualTo("claude-sonnet-4-5");
    }
    assertThat(run.logical()).hasSize(2);
    for (SpanRecord call : run.logical()) {
      assertThat(run.attempts(call)).isEqualTo(2);
      assertThat(call.status()).isNotEqualTo("ERROR");
      assertThat(call.text("headgate.translation.from")).isEqualTo("openai");
      assertThat(call.text("headgate.translation.to")).isEqualTo("anthropic");
    }
  }

  @Test
  void streamThatFailsBeforeItsFirstContentIsServedByTheOther() throws Exception {
    // A role chunk, then an error inside the 200.
    hosts("error-after=1", "");

    TranslateRun run = run(chain(OPENAI, CLAUDE), "stream");

    assertThat(run.said()).containsEntry("stream", by("anthropic", ""));
    assertThat(openAi.requests()).hasSize(1);
    assertThat(anthropic.requests()).hasSize(1);
  }

  @Test
  void answerOfTheFirstIsGivenAsItIsIfItCanServe() throws Exception {
    hosts("", "status=529");

    TranslateRun run = run(chain(CLAUDE, OPENAI), "chat", "stream");

    assertThat(run.said())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("chat", by("openai", ""), "stream", by("openai", "")));
    assertThat(anthropic.requests()).hasSize(2);
    for (SpanRecord call : run.logical()) {
      assertThat(call.attributes()).doesNotContainKey("headgate.translation.from");
    }
  }

  @Test
  void errorOfTheFirstIsTheErrorIfAllFail() throws Exception {
    hosts("status=503", "status=529");

    TranslateRun run = run(chain(OPENAI, CLAUDE), "chat", "stream");

    assertThat(run.said()).containsOnlyKeys("chat", "stream");
    assertThat(run.said().values())
        .allSatisfy(
            said ->
                assertThat(said).startsWith("InternalServerException 503").contains(OVERLOADED));
    assertThat(anthropic.requests()).hasSize(2);
    assertThat(run.logical()).hasSize(2).allMatch(call -> call.status().equals("ERROR"));
  }

  @Test
  void errorOfTheFirstIsInTheAppsFormatToo() throws Exception {
    hosts("status=401", "status=529");

    TranslateRun run = run(chain(CLAUDE, OPENAI), "chat", "stream");

    assertThat(run.said()).containsOnlyKeys("chat", "stream");
    assertThat(run.said().values())
        .allSatisfy(
            said ->
                assertThat(said).startsWith("InternalServerException 5").contains("Overloaded"));
    assertThat(openAi.requests()).hasSize(2);
  }

  @Test
  void toolThatOnlyOpenAiRunsLeavesOthersOut() throws Exception {
    hosts("", "");

    TranslateRun run = run(chain(CLAUDE, OPENAI), "search", "chat");

    assertThat(run.said())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("search", by("openai", ""), "chat", by("anthropic", "")));
    assertThat(openAi.requests()).hasSize(1);
    assertThat(run.err()).contains("target " + CLAUDE + " is left out", "web_search");
    assertThat(openAi.requests().get(0).json().at("/tools/0/type").asText())
        .isEqualTo("web_search");
    assertThat(anthropic.requests()).hasSize(1);
    assertThat(run.logical().get(0).events())
        .filteredOn(event -> event.name().equals("headgate.skip"))
        .singleElement()
        .satisfies(event -> assertThat(event.attributes().toString()).contains("web_search"));
  }

  @Test
  void whatIsLostIsNamed() throws Exception {
    hosts("", "");

    TranslateRun run = run(chain(CLAUDE, OPENAI), "seed", "chat");

    assertThat(run.said())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("seed", by("anthropic", "seed"), "chat", by("anthropic", "")));
    assertThat(run.logical().get(0).attribute("headgate.translation.warnings"))
        .asInstanceOf(InstanceOfAssertFactories.list(Object.class))
        .contains("dropped:seed");
    assertThat(run.logical().get(1).attributes())
        .doesNotContainKey("headgate.translation.warnings");
    assertThat(anthropic.requests()).noneMatch(request -> request.json().has("seed"));
  }

  @Test
  void whatAProviderRefusesIsNotSaidToItAgain() throws Exception {
    hosts("", "");
    try (PickyHost picky = new PickyHost(anthropic, "temperature")) {
      String yaml = yaml(chain(CLAUDE), picky.url());

      TranslateRun run = TranslateRun.of(jvm("temperature", "temperature again"), yaml, anthropic);

      assertThat(run.said().get("temperature")).startsWith(ANSWER + " | by anthropic");
      assertThat(run.said().get("temperature again")).startsWith(ANSWER + " | by anthropic");
      assertThat(picky.bodies().stream().map(body -> body.has("temperature")).toList())
          .containsExactly(true, false, false);
      JsonNode again = picky.bodies().get(1);
      assertThat(again.at("/messages/0/content").toString()).contains(Words.PROMPT);
      assertThat(run.logical()).hasSize(2);
      assertThat(openAi.requests()).isEmpty();
    }
  }

  private void hosts(String openAiScript, String anthropicScript) throws IOException {
    openAi = StandIn.start(0, openAiScript);
    anthropic = StandIn.start(0, anthropicScript);
  }

  private TranslateRun run(String route, String... calls) throws IOException {
    return TranslateRun.of(jvm(calls), yaml(route, anthropic.url("")), openAi, anthropic);
  }

  private static ForkedJvm jvm(String... calls) {
    return ForkedJvm.java()
        .classPath(ClassPaths.withSdks("com/openai/"))
        .main(FallbackApp.class, calls);
  }

  private static String chain(String... targets) {
    return "first: [" + String.join(", ", targets) + "]";
  }

  private String yaml(String route, String anthropicUrl) {
    return """
    providers:
      openai: {base-url: "%s"}
      anthropic: {base-url: "%s", api-key: "${IT_TARGET_KEY}"}
    routes:
      - match: {model: smart}
        %s
    retry: {max-attempts: 1}
    breaker: {min-calls: 1000}
    """
        .formatted(openAi.url("/v1"), anthropicUrl, route);
  }

  private static String by(String provider, String dropped) {
    return ANSWER + " | by " + provider + ", without " + dropped;
  }
}
