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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions on answers that the app will read in another format. */
class TranslatedConditionsTest {

  /** Has no JSON schemas of its own: a tool stands for one. */
  private static final String OLD = "anthropic/claude-3-7-sonnet-20250219";

  private static final String ASKED =
      """
      {"model":"gpt-4o","messages":[{"role":"user","content":"hi"}],"response_format":{
       "type":"json_schema","json_schema":{"name":"colour","schema":{"type":"object",
       "properties":{"colour":{"type":"string"}},"required":["colour"]}}}%s}""";

  private static final String USED =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-3-7-sonnet-20250219",
       "content":[{"type":"tool_use","id":"toolu_1","name":"structured_output","input":{"colour":"blue"}}],
       "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":7}}""";

  private static final String STREAMED =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
      "model":"claude-3-7-sonnet-20250219","content":[],"stop_reason":null,"stop_sequence":null,\
      "usage":{"input_tokens":5,"output_tokens":1}}}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use",\
      "id":"toolu_1","name":"structured_output","input":{}}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta",\
      "partial_json":"{\\"colour\\":\\"blue\\"}"}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":0}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},\
      "usage":{"output_tokens":7}}

      event: message_stop
      data: {"type":"message_stop"}

      """;

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

  private GatewayResponse asked(boolean stream) {
    return play.request(
            "https://api.openai.com/v1/chat/completions",
            ASKED.formatted(stream ? ",\"stream\":true" : ""))
        .join();
  }

  private static @Nullable Object content(GatewayResponse answer) {
    return JsonTree.at(
        JsonTree.read(text(answer).getBytes(StandardCharsets.UTF_8)), "choices.0.message.content");
  }

  private static String[] cascade() {
    return new String[] {
      "routes:",
      "  - match: {model: gpt-4o}",
      "    cascade:",
      "      - use: " + OLD,
      "        accept: 'response.text.contains(\"blue\") && response.finish == \"stop\"'",
      "      - {use: openai/gpt-4o}"
    };
  }

  @Test
  void acceptSeesTheTextThatTheAppWillGet() {
    with(cascade()).then(Reply.json(200, USED));
    GatewayResponse answer = asked(false);

    assertThat(play.sent).hasSize(1);
    assertThat(content(answer)).isEqualTo("{\"colour\":\"blue\"}");
  }

  @Test
  void acceptSeesTheTextOfAStream() {
    with(cascade()).then(Reply.sse(STREAMED));
    String body = text(asked(true));

    assertThat(play.sent).hasSize(1);
    assertThat(body).contains("blue").endsWith("data: [DONE]\n\n");
  }

  @Test
  void whatIsNotAcceptedIsStillNot() {
    with(cascade())
        .then(Reply.json(200, USED.replace("blue", "red")))
        .then(Reply.json(200, USED.replace("blue", "red")));
    text(asked(false));

    assertThat(play.hosts()).containsExactly("api.anthropic.com", "api.openai.com");
  }

  private static final String REFUSED =
      """
      {"id":"c1","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,
       "message":{"role":"assistant","content":null,"refusal":"I can't help."},
       "finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}}""";

  /** What is asked, in what words, and what a condition on the answer sees. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "api.anthropic.com/v1/messages|'model':'m','max_tokens':9,'messages':[{'role':'user',"
            + "'content':'hi'}]|I can't help.|refusal",
        "generativelanguage.googleapis.com/v1beta/models/m:generateContent|'contents':[{'parts':"
            + "[{'text':'hi'}]}]|I can't help.|SAFETY",
        "bedrock-runtime.us-east-1.amazonaws.com/model/m/converse|'messages':[{'role':'user',"
            + "'content':[{'text':'hi'}]}]|I can't help.|content_filtered",
        "api.openai.com/v1/responses|'model':'m','input':'hi'||completed",
      })
  void aRefusalIsSeenAsTheAppWillSeeIt(
      String url, String body, @Nullable String shown, String finish) {
    String text = shown == null ? "" : shown;
    String condition = "response.text == \"" + text + "\" && response.finish == \"" + finish + "\"";
    with(
            "routes:",
            "  - match: {model: m}",
            "    cascade:",
            "      - {use: mistral/x, accept: '" + condition.replace("'", "''") + "'}",
            "      - {use: groq/x}")
        .then(Reply.json(200, REFUSED))
        .then(Reply.json(200, REFUSED));
    play.request("https://" + url, "{" + body.replace('\'', '"') + "}").join();

    assertThat(play.hosts()).containsExactly("api.mistral.ai");
  }

  @Test
  void whatIsKeptIsDecidedByTheTextThatTheAppGets() {
    with(
            "models: {gpt-4o: " + OLD + "}",
            "cache: [{match: {operation: chat}, ttl: 1h, "
                + "store-when: 'response.finish == \"stop\" && response.text.contains(\"blue\")'}]")
        .then(Reply.json(200, USED));
    text(asked(false));
    GatewayResponse again = asked(false);

    assertThat(play.sent).hasSize(1);
    assertThat(content(again)).isEqualTo("{\"colour\":\"blue\"}");
  }

  @Test
  void anAnswerThatTheAppCouldNotReadIsAFailureOfItsTarget() {
    String half =
        """
        {"id":"c1","object":"chat.completion","created":1,"model":"x","choices":[{"index":0,
         "message":{"role":"assistant","content":"blue"},"finish_reason":"error"}],
         "usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}}""";
    String whole = USED.replace("tool_use", "end_turn");
    with(
            "routes:",
            "  - match: {model: claude-sonnet-4-5}",
            "    cascade:",
            "      - {use: groq/x, accept: 'response.text.contains(\"blue\")'}",
            "      - {use: anthropic/claude-sonnet-4-5}")
        .then(Reply.json(200, half))
        .then(Reply.json(200, whole));
    play.request(
            "https://api.anthropic.com/v1/messages",
            "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
        .join();

    assertThat(play.hosts()).containsExactly("api.groq.com", "api.anthropic.com");
  }
}
