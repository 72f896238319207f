// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static io.headgate.resilience.Play.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.dialect.WireEdits;
import io.headgate.gateway.GatewayResponse;
import io.headgate.json.JsonTree;
import io.headgate.resilience.Play.Reply;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that are served in another format: the whole pipeline before scripted providers. */
class TranslatedRoutingTest {

  private static final String[] CLAUDE = {"models: {gpt-4o: anthropic/claude-sonnet-4-5}"};

  private static final String MESSAGE =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929",
       "content":[{"type":"text","text":"yes"}],"stop_reason":"end_turn","stop_sequence":null,
       "usage":{"input_tokens":5,"cache_read_input_tokens":3,"output_tokens":1}}""";

  private static final String START =
      "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\","
          + "\"role\":\"assistant\",\"model\":\"claude-x\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
          + "\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}}\n\n"
          + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
          + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";

  private static final String STOP =
      "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
          + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\","
          + "\"stop_sequence\":null},\"usage\":{\"output_tokens\":2}}\n\n"
          + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

  private static String word(String text) {
    return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
        + "\"delta\":{\"type\":\"text_delta\",\"text\":\""
        + text
        + "\"}}\n\n";
  }

  private Play play = new Play(Yaml.config("mode: enforce"));

  private Play with(String... lines) {
    play = new Play(Yaml.config(lines), new WireEdits(), Play.KEYS);
    return play;
  }

  @AfterEach
  void nothingIsWrongInside() {
    assertThat(play.faults).isEmpty();
    assertThat(play.timers.pending()).as("timers left behind").isZero();
  }

  private static String header(GatewayResponse response, String name) {
    return String.valueOf(response.headers().first("x-headgate-" + name));
  }

  private static @Nullable Object json(String text) {
    return JsonTree.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable Object at(String text, String path) {
    return JsonTree.at(json(text), path);
  }

  private String sent(int index) {
    return play.sent.get(index).body().text();
  }

  @Test
  void aCallInOneFormatIsServedInAnother() {
    with(CLAUDE).then(Reply.json(200, MESSAGE, "request-id", "req_7"));
    GatewayResponse answer = play.call("gpt-4o", "OpenAI-Organization", "org-secret").join();

    assertThat(play.sent.get(0).uri().toString())
        .isEqualTo("https://api.anthropic.com/v1/messages");
    assertThat(play.sent.get(0).headers().first("x-api-key")).isEqualTo("claude-key");
    assertThat(play.sent.get(0).headers().first("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(play.sent.get(0).headers().toMap().toString())
        .doesNotContain("app-key")
        .doesNotContain("org-secret");
    assertThat(at(sent(0), "model")).isEqualTo("claude-sonnet-4-5");
    assertThat(at(sent(0), "messages.0.role")).isEqualTo("user");
    assertThat(at(sent(0), "max_tokens")).isInstanceOf(Long.class);
    assertThat(sent(0)).doesNotContain("x_unknown");

    String body = text(answer);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().first("content-type")).startsWith("application/json");
    assertThat(answer.headers().first("x-request-id")).isEqualTo("req_7");
    assertThat(at(body, "object")).isEqualTo("chat.completion");
    assertThat(at(body, "model")).isEqualTo("gpt-4o");
    assertThat(at(body, "choices.0.message.content")).isEqualTo("yes");
    assertThat(at(body, "choices.0.finish_reason")).isEqualTo("stop");
    assertThat(at(body, "usage.prompt_tokens")).isEqualTo(8L);
    assertThat(at(body, "usage.prompt_tokens_details.cached_tokens")).isEqualTo(3L);
    assertThat(header(answer, "provider")).isEqualTo("anthropic");
    assertThat(header(answer, "model")).isEqualTo("claude-sonnet-4-5");
    assertThat(play.decisions("translate"))
        .singleElement()
        .asString()
        .contains("from=openai", "to=anthropic");
  }

  @Test
  void aStreamIsTranslatedEventByEvent() {
    with(CLAUDE).then(Reply.sse(START, word("ye"), word("s"), STOP));
    GatewayResponse answer = play.stream("gpt-4o").join();
    String body = text(answer);

    assertThat(answer.headers().first("content-type")).startsWith("text/event-stream");
    assertThat(body)
        .contains("\"content\":\"ye\"", "\"content\":\"s\"", "\"finish_reason\":\"stop\"")
        .endsWith("data: [DONE]\n\n")
        .doesNotContain("event:", "\"usage\":{");
    assertThat(at(sent(0), "stream")).isEqualTo(true);
  }

  @Test
  void aStreamThatIsCutEndsInTheWordsOfTheApp() {
    with(CLAUDE).then(Reply.sse(START, word("ye")));
    String body = text(play.stream("gpt-4o").join());

    assertThat(body).contains("\"content\":\"ye\"", "data: {\"error\":").doesNotContain("[DONE]");
  }

  @Test
  void aFailureInTheMiddleIsToldOnceInTheWordsOfTheApp() {
    String failed =
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
    with(CLAUDE).then(Reply.sse(START, word("ye"), failed));
    String body = text(play.stream("gpt-4o").join());

    assertThat(body.split("\"error\"", -1)).hasSize(2);
    assertThat(body).contains("Overloaded").doesNotContain("[DONE]", "event: error");
  }

  @Test
  void anErrorComesInTheWordsOfTheApp() {
    with(CLAUDE)
        .then(
            Reply.json(
                429,
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}",
                "retry-after",
                "2"));
    GatewayResponse answer = play.call("gpt-4o").join();
    String body = text(answer);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(at(body, "error.message")).isEqualTo("slow down");
    assertThat(at(body, "error.code")).isEqualTo("rate_limit_exceeded");
    assertThat(header(answer, "provider")).isEqualTo("anthropic");
  }

  private static final String[] CHAIN = {
    "routes:",
    "  - match: {model: gpt-4o}",
    "    first:",
    "      - use: openai/gpt-4o",
    "      - use: anthropic/claude-sonnet-4-5"
  };

  private static final String BUSY = "{\"error\":{\"message\":\"busy\",\"type\":\"server_error\"}}";

  @Test
  void aFallbackIsInvisible() {
    with(CHAIN).then(Reply.json(503, BUSY)).then(Reply.json(200, MESSAGE));
    GatewayResponse answer = play.call("gpt-4o").join();

    assertThat(play.hosts()).containsExactly("api.openai.com", "api.anthropic.com");
    assertThat(sent(0)).isEqualTo(Play.body("gpt-4o", false));
    assertThat(at(text(answer), "choices.0.message.content")).isEqualTo("yes");
    assertThat(header(answer, "step")).isEqualTo("1");
  }

  @Test
  void ifAllFailTheFirstOnesErrorIsTheApps() {
    with(CHAIN)
        .then(Reply.json(503, BUSY))
        .then(
            Reply.json(
                401,
                "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"x\"}}"));
    GatewayResponse answer = play.call("gpt-4o").join();

    assertThat(answer.status()).isEqualTo(503);
    assertThat(text(answer)).isEqualTo(BUSY);
  }

  @Test
  void whatOnlyTheAskedProviderCanDoLeavesTheOthersOut() {
    with(CHAIN).then(Reply.json(503, BUSY));
    String body =
        "{\"model\":\"gpt-4o\",\"web_search_options\":{},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    GatewayResponse answer =
        play.request("https://api.openai.com/v1/chat/completions", body).join();

    assertThat(play.hosts()).containsExactly("api.openai.com");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(play.decisions("skip")).singleElement().asString().contains("web_search_options");
    text(answer);
  }

  @Test
  void whatIsLostIsTold() {
    with(CLAUDE).then(Reply.json(200, MESSAGE));
    String body =
        "{\"model\":\"gpt-4o\",\"seed\":7,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    GatewayResponse answer =
        play.request("https://api.openai.com/v1/chat/completions", body).join();

    assertThat(header(answer, "dropped")).isEqualTo("seed");
    text(answer);
  }

  @Test
  void aParameterThatIsRefusedIsLeftOutFromThenOn() {
    with(CLAUDE)
        .then(
            Reply.json(
                400,
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                    + "\"message\":\"`temperature` is deprecated for this model.\"}}"))
        .then(Reply.json(200, MESSAGE));
    String body =
        "{\"model\":\"gpt-4o\",\"temperature\":0.5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    GatewayResponse answer =
        play.request("https://api.openai.com/v1/chat/completions", body).join();
    assertThat(answer.status()).isEqualTo(200);
    text(answer);
    text(play.request("https://api.openai.com/v1/chat/completions", body).join());

    assertThat(play.sent).hasSize(3);
    assertThat(sent(0)).contains("temperature");
    assertThat(sent(1)).doesNotContain("temperature");
    assertThat(sent(2)).doesNotContain("temperature");
    assertThat(play.replies.get(0).closed).isTrue();
  }

  @Test
  void aParameterThatTheSameFormatRefusesIsLeftOutToo() {
    with("models: {gpt-4o: groq/some-model}")
        .then(
            Reply.json(
                400,
                "{\"error\":{\"message\":\"Unsupported parameter: 'seed'\",\"type\":\"invalid_request_error\","
                    + "\"param\":\"seed\",\"code\":\"unsupported_parameter\"}}"))
        .then(Reply.json(200, "{\"choices\":[{\"message\":{\"content\":\"yes\"}}]}"));
    String body =
        "{\"model\":\"gpt-4o\",\"seed\":7,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    GatewayResponse answer =
        play.request("https://api.openai.com/v1/chat/completions", body).join();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(sent(1))
        .isEqualTo(
            "{\"model\":\"some-model\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    text(answer);
  }

  @Test
  void aProviderThatCopiedTheFormatIsAskedInItsOwnWords() {
    with("models: {gpt-4o: mistral/mistral-large-latest}")
        .then(Reply.json(200, "{\"choices\":[{\"message\":{\"content\":\"yes\"}}]}"));
    String body =
        "{\"model\":\"gpt-4o\",\"max_completion_tokens\":64, \"seed\":7,\"logit_bias\":{\"5\":1},"
            + "\"x_own\": 1e2,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    text(play.request("https://api.openai.com/v1/chat/completions", body).join());

    assertThat(at(sent(0), "max_tokens")).as(sent(0)).isEqualTo(64L);
    assertThat(at(sent(0), "random_seed")).isEqualTo(7L);
    assertThat(sent(0))
        .contains("\"x_own\": 1e2")
        .doesNotContain("max_completion_tokens", "logit_bias", "\"seed\"");
  }

  @Test
  void whatTheAppItselfAskedForIsNeverTakenOut() {
    play.then(
        Reply.json(
            400,
            "{\"error\":{\"message\":\"Unsupported parameter: 'seed'\",\"param\":\"seed\",\"code\":\"unsupported_parameter\"}}"));
    GatewayResponse answer = play.call("gpt-4o").join();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void anAnswerThatIsNoneIsAnErrorInTheWordsOfTheApp() {
    with(CLAUDE).then(Reply.json(200, "<html>"));
    GatewayResponse answer = play.call("gpt-4o").join();

    assertThat(answer.status()).isGreaterThanOrEqualTo(500);
    assertThat(at(text(answer), "error.message")).isNotNull();
  }

  @Test
  void aRewriteIsMadeInTheFormatOfTheTarget() {
    with(
            "rewrite: {terse: {system: {append: \"Be brief.\"}}}",
            "routes:",
            "  - match: {model: gpt-4o}",
            "    use: anthropic/claude-sonnet-4-5",
            "    rewrite: terse")
        .then(Reply.json(200, MESSAGE));
    text(play.call("gpt-4o").join());

    assertThat(String.valueOf(at(sent(0), "system"))).contains("Be brief.");
  }

  @Test
  void anAnswerOfTheCacheIsTranslatedLikeAnother() {
    with(
            "models: {gpt-4o: anthropic/claude-sonnet-4-5}",
            "cache: [{match: {operation: chat}, ttl: 1h}]")
        .then(Reply.json(200, MESSAGE));
    String whole = text(play.call("gpt-4o").join());
    GatewayResponse again = play.call("gpt-4o").join();
    String streamed = text(play.stream("gpt-4o").join());

    assertThat(play.sent).hasSize(1);
    assertThat(header(again, "cache")).isEqualTo("HIT");
    assertThat(at(text(again), "choices.0.message.content")).isEqualTo("yes");
    assertThat(at(whole, "choices.0.message.content")).isEqualTo("yes");
    assertThat(streamed).contains("\"content\":\"yes\"").endsWith("data: [DONE]\n\n");
  }

  private static final String COMPLETION =
      """
      {"id":"c1","object":"chat.completion","created":1,"model":"gpt-4o-2024","choices":[{"index":0,
       "message":{"role":"assistant","content":"yes"},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}}""";

  @Test
  void anAppOfAnthropicsIsServedByGpt() {
    with("models: {claude-sonnet-4-5: openai/gpt-4o}").then(Reply.json(200, COMPLETION));
    GatewayResponse answer =
        play.bare(
                "https://api.anthropic.com/v1/messages",
                "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":64,\"system\":\"Be kind.\","
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "x-api-key",
                "app-key",
                "anthropic-version",
                "2023-06-01",
                "anthropic-beta",
                "some-beta")
            .join();
    String body = text(answer);

    assertThat(play.sent.get(0).uri().toString())
        .isEqualTo("https://api.openai.com/v1/chat/completions");
    assertThat(play.sent.get(0).headers().first("authorization")).isEqualTo("Bearer gpt-key");
    assertThat(play.sent.get(0).headers().toMap().toString())
        .doesNotContain("app-key")
        .doesNotContain("anthropic");
    assertThat(at(sent(0), "messages.1.content")).isEqualTo("hi");
    assertThat(at(body, "type")).isEqualTo("message");
    assertThat(at(body, "content.0.text")).isEqualTo("yes");
    assertThat(at(body, "stop_reason")).isEqualTo("end_turn");
  }

  private static final String VERTEX =
      "providers: {vertex: {base-url: \"https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/europe-west1\","
          + " headers: {authorization: \"Bearer ${VERTEX_TOKEN:own}\"}}}";

  @Test
  void claudeOnVertexIsTheSameInAnotherEnvelope() {
    with(VERTEX, "models: {claude-sonnet-4-5: vertex/claude-sonnet-4-5@20250929}")
        .then(Reply.sse(START, word("yes"), STOP));
    String body =
        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":64,\"stream\":true,\"x_unknown\": 1e2,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    GatewayResponse answer =
        play.bare("https://api.anthropic.com/v1/messages", body, "x-api-key", "app-key").join();

    assertThat(text(answer))
        .isEqualTo((START + word("yes") + STOP).replace("claude-x", "claude-sonnet-4-5"));
    assertThat(play.sent.get(0).uri().toString())
        .isEqualTo(
            "https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/europe-west1"
                + "/publishers/anthropic/models/claude-sonnet-4-5@20250929:streamRawPredict");
    assertThat(sent(0))
        .isEqualTo(
            "{\"max_tokens\":64,\"stream\":true,\"x_unknown\": 1e2,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
                + "\"anthropic_version\":\"vertex-2023-10-16\"}");
  }

  @Test
  void anAppOfGeminisGetsAnArrayIfItDoesNotAskForEvents() {
    with("models: {gemini-2.5-flash: anthropic/claude-haiku-4-5}")
        .then(Reply.sse(START, word("ye"), word("s"), STOP));
    String body =
        text(
            play.bare(
                    "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent",
                    "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}",
                    "x-goog-api-key",
                    "app-key")
                .join());

    assertThat(at(body, "0.candidates.0.content.parts.0.text")).isEqualTo("ye");
    assertThat(body).endsWith("]");
  }

  @Test
  void aTargetThatMakesNoStreamIsGivenOutAsOne() {
    with(CLAUDE).then(Reply.json(200, MESSAGE));
    GatewayResponse answer = play.stream("gpt-4o").join();

    assertThat(answer.headers().first("content-type")).startsWith("text/event-stream");
    assertThat(text(answer)).contains("\"content\":\"yes\"").endsWith("data: [DONE]\n\n");
  }
}
