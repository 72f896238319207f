// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static io.headgate.resilience.Play.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.CacheResult;
import io.headgate.gateway.GatewayResponse;
import io.headgate.resilience.Play.Reply;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Calls that are answered because a similar one was: the whole pipeline before scripted providers.
 */
class SemanticCachingTest {

  private static final String URL = "https://api.openai.com/v1/chat/completions";
  private static final String OK =
      "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"yes\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1,\"total_tokens\":6}}";

  private Play play = new Play(Yaml.config("mode: enforce"));

  private void semantic(String settings) {
    play =
        new Play(
            Yaml.config("mode: enforce", "cache:", "  - {ttl: 1h, semantic: {" + settings + "}}"));
    play.then(Reply.json(200, OK));
  }

  @AfterEach
  void nothingIsWrongInside() {
    assertThat(play.faults).isEmpty();
  }

  private static String body(String system, String question) {
    return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\""
        + system
        + "\"},{\"role\":\"user\",\"content\":\""
        + question
        + "\"}]}";
  }

  private GatewayResponse ask(String system, String question, String... headers) {
    GatewayResponse answer = play.request(URL, body(system, question), headers).join();
    assertThat(text(answer)).isEqualTo(OK);
    return answer;
  }

  private static String status(GatewayResponse answer) {
    return String.valueOf(answer.headers().first("x-headgate-cache"));
  }

  private CacheResult result() {
    return Objects.requireNonNull(Objects.requireNonNull(play.exchange).cache());
  }

  @Test
  void theSameQuestionInOtherWordsHasTheSameAnswer() {
    semantic("threshold: 0.8");
    ask("Be kind.", "How do I reset my password?");
    GatewayResponse similar = ask("Be kind.", "How can I reset my password, please?");
    assertThat(status(similar)).isEqualTo("SEMANTIC");
    assertThat(similar.headers().first("x-headgate-similarity")).matches("0\\.\\d{3}|1\\.000");
    assertThat(result().similarity()).isGreaterThan(0.8);
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void theOppositeIsAnotherQuestion() {
    semantic("threshold: 0.5");
    ask("Be kind.", "How do I turn notifications on?");
    assertThat(status(ask("Be kind.", "How do I turn notifications off?"))).isEqualTo("MISS");
    assertThat(play.decisions("semantic").toString()).contains("differs in");
  }

  @Test
  void everythingElseHasToBeTheSame() {
    semantic("threshold: 0.8");
    ask("Be kind.", "How do I reset my password?");
    String other = "How can I reset my password, please?";
    assertThat(status(ask("Be rude.", other))).isEqualTo("MISS");
    assertThat(status(ask("Be kind.", other, "api-key", "another"))).isEqualTo("MISS");
  }

  @Test
  void toolTurnsAreNeverAnsweredSo() {
    semantic("threshold: 0.8");
    String tools =
        "{\"model\":\"gpt-4o\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
    text(play.request(URL, tools.formatted("How do I reset my password?")).join());
    GatewayResponse similar =
        play.request(URL, tools.formatted("How can I reset my password, please?")).join();
    assertThat(status(similar)).isEqualTo("MISS");
    text(similar);
  }

  @Test
  void shadowOnlySaysWhatWouldBeFound() {
    semantic("threshold: 0.8, mode: shadow");
    ask("Be kind.", "How do I reset my password?");
    assertThat(status(ask("Be kind.", "How can I reset my password, please?"))).isEqualTo("MISS");
    assertThat(play.decisions("semantic").toString()).contains("would=hit");
    assertThat(play.sent).hasSize(2);
  }

  @Test
  void aModelOfAProviderEmbedsWithACallOfItsOwn() {
    semantic("threshold: 0.9, embed: openai/text-embedding-3-small");
    play.replaceScript();
    String vector =
        "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":%s}],\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}";
    play.then(Reply.json(200, vector.formatted("[0.1,0.9,0.2]")))
        .then(Reply.json(200, OK))
        .then(Reply.json(200, vector.formatted("[0.12,0.88,0.2]")));
    ask("Be kind.", "How do I reset my password?");
    assertThat(status(ask("Be kind.", "How can I reset my password, please?")))
        .isEqualTo("SEMANTIC");
    assertThat(play.sent.stream().map(request -> request.uri().getPath()))
        .containsExactly("/v1/embeddings", "/v1/chat/completions", "/v1/embeddings");
    assertThat(play.sent.get(0).headers().first("Authorization")).isEqualTo("Bearer app-key");
    assertThat(play.sent.get(0).body().text()).contains("How do I reset my password?");
  }

  @Test
  void theQuestionIsEmbeddedWhereTheAppAsksIt() {
    semantic("embed: openai/text-embedding-3-small");
    play.replaceScript();
    play.then(Reply.json(500, "{\"error\":{}}")).then(Reply.json(200, OK));
    String url = URL.replace("api.", "eu.api.");
    text(play.request(url, body("Be kind.", "Why?"), "Idempotency-Key", "i").join());
    assertThat(play.hosts()).containsExactly("eu.api.openai.com", "eu.api.openai.com");
    assertThat(play.sent.get(0).uri().getPath()).isEqualTo("/v1/embeddings");
    assertThat(play.sent.get(0).headers().contains("Idempotency-Key")).isFalse();
  }

  @Test
  void aCallGoesOnIfItsQuestionCannotBeEmbedded() {
    semantic("embed: openai/text-embedding-3-small");
    play.replaceScript();
    play.then(Reply.json(500, "{\"error\":{}}")).then(Reply.json(200, OK));
    assertThat(status(ask("Be kind.", "How do I reset my password?"))).isEqualTo("MISS");
  }
}
