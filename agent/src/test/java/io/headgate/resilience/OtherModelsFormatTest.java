// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static io.headgate.resilience.Play.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.dialect.WireEdits;
import io.headgate.gateway.GatewayRequest;
import io.headgate.json.JsonTree;
import io.headgate.resilience.Play.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of the provider that the app calls anyway, which it serves in another format. */
class OtherModelsFormatTest {

  private static final String PROJECT =
      "https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/europe-west1";

  private static final String MESSAGE =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929",
       "content":[{"type":"text","text":"yes"}],"stop_reason":"end_turn","stop_sequence":null,
       "usage":{"input_tokens":5,"output_tokens":1}}""";

  private Play play = new Play(Yaml.config("mode: enforce"));

  private Play with(String... lines) {
    play = new Play(Yaml.config(lines), new WireEdits(), Map.of());
    return play;
  }

  @AfterEach
  void nothingIsWrongInside() {
    assertThat(play.faults).isEmpty();
  }

  private static @Nullable Object at(String text, String path) {
    return JsonTree.at(JsonTree.read(text.getBytes(StandardCharsets.UTF_8)), path);
  }

  @Test
  void claudeOfTheSameProjectServesAnAppOfGeminis() {
    with("models: {gemini-2.5-pro: vertex/claude-sonnet-4-5}").then(Reply.json(200, MESSAGE));
    String body =
        text(
            play.bare(
                    PROJECT + "/publishers/google/models/gemini-2.5-pro:generateContent",
                    "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}",
                    "Authorization",
                    "Bearer app-token",
                    "x-goog-user-project",
                    "billed")
                .join());

    GatewayRequest sent = play.sent.get(0);
    assertThat(sent.uri().toString())
        .isEqualTo(PROJECT + "/publishers/anthropic/models/claude-sonnet-4-5:rawPredict");
    assertThat(sent.headers().first("authorization")).isEqualTo("Bearer app-token");
    assertThat(sent.headers().first("x-goog-user-project")).isEqualTo("billed");
    assertThat(at(sent.body().text(), "anthropic_version")).isEqualTo("vertex-2023-10-16");
    assertThat(at(body, "candidates.0.content.parts.0.text")).isEqualTo("yes");
  }

  @Test
  void anotherModelOfTheSameFormatIsCalledAsEver() {
    with("models: {gemini-2.5-pro: vertex/gemini-2.5-flash}").then(Reply.json(200, "{}"));
    text(
        play.bare(
                PROJECT + "/publishers/google/models/gemini-2.5-pro:generateContent",
                "{\"contents\": [{\"parts\": [{\"text\": \"hi\"}]}]}",
                "Authorization",
                "Bearer app-token")
            .join());

    assertThat(play.sent.get(0).uri().toString())
        .isEqualTo(PROJECT + "/publishers/google/models/gemini-2.5-flash:generateContent");
    assertThat(play.sent.get(0).body().text())
        .isEqualTo("{\"contents\": [{\"parts\": [{\"text\": \"hi\"}]}]}");
  }

  @Test
  void theBaseUrlOfTheProviderHoldsForItsOtherFormats() {
    with(
            "providers: {vertex: {base-url: \"https://gw.corp/ai/v1/projects/q/locations/us-east5\"}}",
            "models: {gemini-2.5-pro: vertex/claude-sonnet-4-5}")
        .then(Reply.json(200, MESSAGE));
    text(
        play.bare(
                PROJECT + "/publishers/google/models/gemini-2.5-pro:streamGenerateContent?alt=sse",
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}",
                "Authorization",
                "Bearer app-token")
            .join());

    assertThat(play.sent.get(0).uri().toString())
        .isEqualTo(
            "https://gw.corp/ai/v1/projects/q/locations/us-east5"
                + "/publishers/anthropic/models/claude-sonnet-4-5:streamRawPredict");
  }

  @ParameterizedTest
  @CsvSource({
    PROJECT
        + "/publishers/google/models/gemini-2.5-pro:streamGenerateContent?alt=sse&key=k, "
        + "gemini-2.5-pro, meta/llama-4-maverick-17b-128e-instruct-maas, ?key=k",
    PROJECT
        + "/publishers/google/models/gemini-2.5-pro:generateContent, "
        + "gemini-2.5-pro, google/gemini-2.5-flash, ''",
    PROJECT
        + "/publishers/anthropic/models/claude-sonnet-4-5:rawPredict, "
        + "claude-sonnet-4-5, google/gemini-2.5-flash, ''",
    PROJECT
        + "/publishers/anthropic/models/claude-sonnet-4-5:streamRawPredict, "
        + "claude-sonnet-4-5, deepseek-ai/deepseek-v3.1-maas, ''",
  })
  void modelsOfOtherPublishersAreAskedByChatCompletions(
      String url, String asked, String model, String query) {
    with("models: {" + asked + ": vertex/" + model + "}").then(Reply.json(200, "{}"));
    boolean streamed = url.contains(":stream");
    String turns =
        url.contains("google/models")
            ? "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}"
            : "{\"anthropic_version\":\"vertex-2023-10-16\",\"max_tokens\":9,\"stream\":"
                + streamed
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    play.bare(url, turns, "Authorization", "Bearer app-token").join();

    GatewayRequest sent = play.sent.get(0);
    assertThat(sent.uri().toString())
        .isEqualTo(PROJECT + "/endpoints/openapi/chat/completions" + query);
    assertThat(at(sent.body().text(), "model")).isEqualTo(model);
    assertThat(at(sent.body().text(), "messages.0.content")).isEqualTo("hi");
    assertThat(at(sent.body().text(), "stream")).isEqualTo(streamed ? true : null);
  }

  @ParameterizedTest
  @CsvSource({
    "generateContent?key=AIza&%24alt=json&x=%26, rawPredict?key=AIza&x=%26",
    "streamGenerateContent?alt=sse&$alt=json, streamRawPredict",
    "generateContent?, rawPredict",
  })
  void theQueryComesAlongButForTheFormOfTheAnswer(String asked, String sent) {
    with("models: {gemini-2.5-pro: vertex/claude-sonnet-4-5}").then(Reply.json(200, MESSAGE));
    play.bare(
            PROJECT + "/publishers/google/models/gemini-2.5-pro:" + asked,
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}",
            "Authorization",
            "Bearer app-token")
        .join();

    assertThat(play.sent.get(0).uri().toString())
        .isEqualTo(PROJECT + "/publishers/anthropic/models/claude-sonnet-4-5:" + sent);
  }

  @Test
  void aStreamOfGeminisIsAskedForAsOneOfEvents() {
    with("models: {claude-sonnet-4-5: vertex/gemini-2.5-flash}").then(Reply.json(200, "{}"));
    play.bare(
            PROJECT + "/publishers/anthropic/models/claude-sonnet-4-5:streamRawPredict?x=1",
            "{\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
            "Authorization",
            "Bearer app-token")
        .join();

    assertThat(play.sent.get(0).uri().toString())
        .isEqualTo(
            PROJECT
                + "/publishers/google/models/gemini-2.5-flash:streamGenerateContent?x=1&alt=sse");
  }

  @ParameterizedTest
  @CsvSource({
    "https://ours.services.ai.azure.com/anthropic/v1/messages, prod-opus, azure/prod-opus",
    "https://ours.services.ai.azure.com/anthropic/v1/messages, claude-opus-4-5, azure/prod-opus",
    "https://ours.openai.azure.com/openai/v1/chat/completions, gpt-4o, azure/not-claude",
    PROJECT + "/endpoints/12345/chat/completions, my-llama, vertex/my-llama",
    PROJECT + "/endpoints/openapi/chat/completions, google/gemini-2.5-pro, vertex/gemini-2.5-flash",
  })
  void namesThatSayNothingLeaveTheFormatAlone(String url, String asked, String target) {
    with("routes:", "  - match: {model: \"" + asked + "\"}", "    use: " + target)
        .then(Reply.json(200, "{}"));
    text(play.request(url, Play.body(asked, false)).join());

    assertThat(play.sent.get(0).uri().toString()).isEqualTo(url);
    assertThat(play.sent.get(0).body().text())
        .isEqualTo(Play.body(target.substring(target.indexOf('/') + 1), false));
    assertThat(play.decisions("translate")).isEmpty();
  }

  @Test
  void whatOnlyResponsesHasIsAskedThereAtTheHostOfTheApp() {
    with("models: {gpt-4o: openai/gpt-5-codex}").then(Reply.json(200, "{}"));
    play.request(
            "https://eu.api.openai.com/v1/chat/completions",
            Play.body("gpt-4o", false),
            "OpenAI-Organization",
            "ours")
        .join();

    GatewayRequest sent = play.sent.get(0);
    assertThat(sent.uri().toString()).isEqualTo("https://eu.api.openai.com/v1/responses");
    assertThat(sent.headers().first("authorization")).isEqualTo("Bearer app-key");
    assertThat(at(sent.body().text(), "model")).isEqualTo("gpt-5-codex");
  }
}
