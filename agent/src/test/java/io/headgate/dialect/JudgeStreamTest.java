// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.FailureKind;
import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerJudge.Verdict;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeStreamTest {

  /** A stream that begins, and what makes it content. */
  record Begun(Judging judging, String begin, String content, String end, String text) {
    String all() {
      return begin + content + end;
    }

    @Override
    public String toString() {
      return judging.format() + " " + content;
    }
  }

  private static String events(String... data) {
    return Replay.events(data);
  }

  /** Events with a name that is their type. */
  private static String named(String... data) {
    StringBuilder all = new StringBuilder();
    for (String event : data) {
      String type = event.replaceAll("^\\{\"type\":\"([^\"]*)\".*", "$1");
      all.append("event: ").append(type).append("\ndata: ").append(event).append("\n\n");
    }
    return all.toString();
  }

  private static final String CHAT_BEGIN =
      ": OPENROUTER PROCESSING\n\n"
          + events(
              "{\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\",\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{\"hate\":{\"severity\":\"safe\"}}}]}",
              "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null,\"obfuscation\":\"ab12\"}",
              "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":null,\"reasoning_content\":\"\"}}]}");

  private static final String CHAT_END =
      events("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}", "[DONE]");

  private static String delta(String delta) {
    return events(
        "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
            + delta
            + ",\"finish_reason\":null}]}");
  }

  private static final String RESPONSES_BEGIN =
      named(
          "{\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"status\":\"in_progress\",\"error\":null,\"incomplete_details\":null,\"instructions\":\"Be \\\"kind\\\"\",\"model\":\"gpt-5\",\"output\":[],\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}}",
          "{\"type\":\"response.in_progress\",\"response\":{\"id\":\"r\",\"status\":\"in_progress\",\"output\":[]}}",
          "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"id\":\"rs\",\"type\":\"reasoning\",\"encrypted_content\":\"gAAA\",\"summary\":[]}}",
          "{\"type\":\"response.output_item.added\",\"output_index\":1,\"item\":{\"id\":\"m\",\"type\":\"message\",\"status\":\"in_progress\",\"content\":[],\"role\":\"assistant\"}}",
          "{\"type\":\"response.content_part.added\",\"item_id\":\"m\",\"part\":{\"type\":\"output_text\",\"annotations\":[],\"text\":\"\"}}");

  private static final String RESPONSES_END =
      named(
          "{\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"id\":\"m\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hé\"}]}]}}");

  private static final String MESSAGES_BEGIN =
      named(
          "{\"type\":\"message_start\",\"message\":{\"id\":\"msg\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":3,\"service_tier\":\"standard\"}}}",
          "{\"type\":\"ping\"}",
          "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");

  private static final String MESSAGES_END =
      named(
          "{\"type\":\"content_block_stop\",\"index\":0}",
          "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":5}}",
          "{\"type\":\"message_stop\"}");

  private static final String GEMINI_BEGIN =
      "data: {\"usageMetadata\":{\"promptTokenCount\":4},\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"x\"}\r\n\r\n"
          + "data: {\"candidates\":[{\"content\":{\"role\":\"model\"},\"index\":0}]}\r\n\r\n"
          + "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"\"}]},\"index\":0}]}\r\n\r\n";

  private static final String GEMINI_END =
      "data: {\"candidates\":[{\"finishReason\":\"STOP\",\"index\":0}]}\r\n\r\n";

  private static final String COHERE_BEGIN =
      named(
          "{\"type\":\"message-start\",\"id\":\"x\",\"delta\":{\"message\":{\"role\":\"assistant\",\"content\":[],\"tool_plan\":\"\",\"tool_calls\":[]}}}",
          "{\"type\":\"content-start\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"type\":\"text\",\"text\":\"\"}}}}");

  private static final String COHERE_END =
      named(
          "{\"type\":\"content-end\",\"index\":0}",
          "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\",\"usage\":{\"tokens\":{\"input_tokens\":1}}}}");

  private static final String OLLAMA_BEGIN =
      "{\"model\":\"llama3\",\"created_at\":\"t\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":false}\n";

  private static final String OLLAMA_END =
      "{\"model\":\"llama3\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done_reason\":\"stop\",\"done\":true}\n";

  private static Begun begun(WireFormat format, String content, String text) {
    Judging judging = Judging.stream(format);
    return switch (format) {
      case OPENAI -> new Begun(judging, CHAT_BEGIN, content, CHAT_END, text);
      case OPENAI_RESPONSES -> new Begun(judging, RESPONSES_BEGIN, content, RESPONSES_END, text);
      case ANTHROPIC -> new Begun(judging, MESSAGES_BEGIN, content, MESSAGES_END, text);
      case GEMINI -> new Begun(judging, GEMINI_BEGIN, content, GEMINI_END, text);
      case COHERE -> new Begun(judging, COHERE_BEGIN, content, COHERE_END, text);
      case OLLAMA -> new Begun(judging, OLLAMA_BEGIN, content, OLLAMA_END, text);
      case BEDROCK, OTHER -> throw new IllegalArgumentException();
    };
  }

  static Stream<Begun> streams() {
    return Stream.of(
        begun(WireFormat.OPENAI, delta("{\"content\":\"H\\u00e9 \\ud83d\\ude00\"}"), "Hé 😀"),
        begun(WireFormat.OPENAI, delta("{\"reasoning_content\":\"hm\"}"), ""),
        begun(WireFormat.OPENAI, delta("{\"refusal\":\"No\"}"), ""),
        begun(
            WireFormat.OPENAI,
            delta(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"),
            ""),
        begun(WireFormat.OPENAI, delta("{\"audio\":{\"data\":\"AAAA\"}}"), ""),
        begun(WireFormat.OPENAI, delta("{\"images\":[{\"url\":\"data:x\"}]}"), ""),
        begun(WireFormat.OPENAI, events("{\"kind\":\"of a later year\"}"), ""),
        begun(
            WireFormat.OPENAI_RESPONSES,
            named("{\"type\":\"response.output_text.delta\",\"delta\":\"Hé\"}"),
            "Hé"),
        begun(
            WireFormat.OPENAI_RESPONSES,
            named(
                "{\"type\":\"response.output_item.added\",\"item\":{\"type\":\"function_call\",\"id\":\"fc\",\"name\":\"f\",\"arguments\":\"\"}}"),
            "Hé"),
        begun(
            WireFormat.OPENAI_RESPONSES,
            named("{\"type\":\"response.web_search_call.in_progress\",\"item_id\":\"ws\"}"),
            "Hé"),
        begun(
            WireFormat.ANTHROPIC,
            named(
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hé\"}}"),
            "Hé"),
        begun(
            WireFormat.ANTHROPIC,
            named(
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}}"),
            ""),
        begun(
            WireFormat.ANTHROPIC,
            named(
                "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}}"),
            ""),
        begun(WireFormat.ANTHROPIC, named("{\"type\":\"of_a_later_year\"}"), ""),
        begun(
            WireFormat.GEMINI,
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hé\"}]}}]}\r\n\r\n",
            "Hé"),
        begun(
            WireFormat.GEMINI,
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hm\",\"thought\":true}]}}]}\r\n\r\n",
            ""),
        begun(
            WireFormat.GEMINI,
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{}}}]}}]}\r\n\r\n",
            ""),
        begun(
            WireFormat.GEMINI,
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"AA\"}}]}}]}\r\n\r\n",
            ""),
        begun(
            WireFormat.COHERE,
            named(
                "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"Hé\"}}}}"),
            "Hé"),
        begun(
            WireFormat.COHERE,
            named("{\"type\":\"tool-plan-delta\",\"delta\":{\"message\":{\"tool_plan\":\"I\"}}}"),
            ""),
        begun(
            WireFormat.OLLAMA,
            "{\"model\":\"llama3\",\"message\":{\"role\":\"assistant\",\"content\":\"Hé\"},\"done\":false}\n",
            "Hé"),
        begun(
            WireFormat.OLLAMA,
            "{\"model\":\"llama3\",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]},\"done\":false}\n",
            ""));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void theFirstContentDecidesAndNothingBeforeIt(Begun stream) {
    for (int end = 0; end <= stream.begin.length(); end++) {
      assertThat(stream.judging.sofar(stream.begin.substring(0, end))).isEqualTo(Verdict.OPEN);
    }
    assertThat(stream.judging.sofar(stream.begin + stream.content)).isEqualTo(Verdict.CONTENT);
    assertThat(stream.judging.of(stream.all()).verdict()).isEqualTo(Verdict.CONTENT);
    assertThat(stream.judging.of(stream.all()).text()).isNull();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void everyCutGivesTheSameVerdictAndText(Begun stream) {
    byte[] body = Judging.bytes(stream.all());
    Judging.Sentence good = new Judging.Sentence(Verdict.COMPLETE, null, null, stream.text);
    Judging whole = stream.judging.asWhole();
    assertThat(whole.of(stream.all())).isEqualTo(good);
    assertThat(whole.of(body, 1)).isEqualTo(good);
    for (int cut = 0; cut <= body.length; cut++) {
      assertThat(whole.cut(body, cut)).isEqualTo(good);
      assertThat(stream.judging.cut(body, cut).verdict()).isEqualTo(Verdict.CONTENT);
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void anAnswerThatIsOnlyBegunAndEndedIsEmpty(Begun stream) {
    if (stream.judging.format() != WireFormat.OPENAI_RESPONSES) {
      Judging.Sentence sentence = stream.judging.of(stream.begin + stream.end);
      assertThat(sentence.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(sentence.failure()).isEqualTo(FailureKind.EMPTY);
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void aStreamThatStopsBeforeItsEndIsNoAnswer(Begun stream) {
    assertThat(stream.judging.of(stream.begin).failure()).isEqualTo(FailureKind.INVALID_JSON);
    assertThat(stream.judging.asWhole().of(stream.begin + stream.content).failure())
        .isEqualTo(FailureKind.INVALID_JSON);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void damagedStreamsNeverThrow(Begun stream) {
    for (int seed = 0; seed < 200; seed++) {
      byte[] body = Judging.bytes(stream.all());
      Random random = new Random(seed);
      for (int i = 0; i < 4; i++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      int chunk = 1 + random.nextInt(90);
      Judging judging = random.nextBoolean() ? stream.judging : stream.judging.asWhole();
      assertThat(judging.of(body, chunk)).isEqualTo(judging.of(body, body.length));
      assertThat(judging.of(body, chunk).verdict()).isNotEqualTo(Verdict.OPEN);
    }
  }

  @Test
  void aResponseWhoseContentComesWithItsEndIsContent() {
    Judging judging = Judging.stream(WireFormat.OPENAI_RESPONSES);
    assertThat(judging.of(RESPONSES_BEGIN + RESPONSES_END).verdict()).isEqualTo(Verdict.CONTENT);
    assertThat(
            judging
                .of(
                    named(
                        "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"output\":[{\"type\":\"reasoning\",\"id\":\"rs\",\"summary\":[]}]}}"))
                .failure())
        .isEqualTo(FailureKind.EMPTY);
  }

  /** A stream that fails before its content. */
  record Failing(WireFormat format, String body, FailureKind failure, @Nullable String errorType) {}

  static Stream<Failing> failures() {
    return Stream.of(
        new Failing(
            WireFormat.OPENAI,
            CHAT_BEGIN
                + events(
                    "{\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\",\"param\":null,\"code\":null}}"),
            FailureKind.SERVER_ERROR,
            "server_error"),
        new Failing(
            WireFormat.OPENAI,
            events(
                "{\"error\":{\"message\":\"x\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}"),
            FailureKind.QUOTA,
            "insufficient_quota"),
        new Failing(
            WireFormat.OPENAI,
            events("{\"error\":{\"message\":\"Rate limit reached\",\"code\":429}}"),
            FailureKind.RATE_LIMIT,
            "429"),
        new Failing(
            WireFormat.OPENAI,
            events(
                "{\"id\":\"x\",\"provider\":\"P\",\"error\":{\"code\":502,\"message\":\"Provider disconnected\"},\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}"),
            FailureKind.SERVER_ERROR,
            "502"),
        new Failing(
            WireFormat.OPENAI,
            "event: error\ndata: upstream gone\n\n",
            FailureKind.SERVER_ERROR,
            null),
        new Failing(
            WireFormat.OPENAI,
            events("{\"error\":\"maximum context length is 8192 tokens\"}"),
            FailureKind.CONTEXT_WINDOW,
            null),
        new Failing(
            WireFormat.OPENAI,
            CHAT_BEGIN
                + events(
                    "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"content_filter\"}]}",
                    "[DONE]"),
            FailureKind.CONTENT_FILTER,
            "content_filter"),
        new Failing(WireFormat.OPENAI, events("this is no json"), FailureKind.INVALID_JSON, null),
        new Failing(WireFormat.OPENAI, events("[DONE]"), FailureKind.EMPTY, null),
        new Failing(WireFormat.OPENAI, "<html>busy</html>", FailureKind.INVALID_JSON, null),
        new Failing(WireFormat.OPENAI, "", FailureKind.EMPTY, null),
        new Failing(
            WireFormat.OPENAI_RESPONSES,
            RESPONSES_BEGIN
                + named(
                    "{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}}}"),
            FailureKind.RATE_LIMIT,
            "rate_limit_exceeded"),
        new Failing(
            WireFormat.OPENAI_RESPONSES,
            named(
                "{\"type\":\"error\",\"code\":\"context_length_exceeded\",\"message\":\"long\",\"param\":null}"),
            FailureKind.CONTEXT_WINDOW,
            "context_length_exceeded"),
        new Failing(
            WireFormat.OPENAI_RESPONSES,
            RESPONSES_BEGIN
                + named(
                    "{\"type\":\"response.incomplete\",\"response\":{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"content_filter\"},\"output\":[]}}"),
            FailureKind.CONTENT_FILTER,
            "content_filter"),
        new Failing(
            WireFormat.ANTHROPIC,
            MESSAGES_BEGIN
                + named(
                    "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"),
            FailureKind.OVERLOADED,
            "overloaded_error"),
        new Failing(
            WireFormat.ANTHROPIC,
            named(
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"x\"}}"),
            FailureKind.RATE_LIMIT,
            "rate_limit_error"),
        new Failing(
            WireFormat.ANTHROPIC,
            "event: error\ndata: {\"error\":{\"message\":\"x\",\"type\":\"api_error\"},\"type\":\"error\"}\n\n",
            FailureKind.SERVER_ERROR,
            "api_error"),
        new Failing(
            WireFormat.ANTHROPIC,
            MESSAGES_BEGIN
                + named(
                    "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"refusal\",\"stop_details\":{\"category\":\"cyber\"}}}",
                    "{\"type\":\"message_stop\"}"),
            FailureKind.CONTENT_FILTER,
            "refusal"),
        new Failing(
            WireFormat.GEMINI,
            "data: {\"error\":{\"code\":503,\"message\":\"The model is overloaded. Please try again later.\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n",
            FailureKind.OVERLOADED,
            "UNAVAILABLE"),
        new Failing(
            WireFormat.GEMINI,
            GEMINI_BEGIN + "data: {\"candidates\":[{\"finishReason\":\"SAFETY\"}]}\r\n\r\n",
            FailureKind.CONTENT_FILTER,
            "SAFETY"),
        new Failing(
            WireFormat.GEMINI,
            "data: {\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}}\r\n\r\n",
            FailureKind.CONTENT_FILTER,
            "PROHIBITED_CONTENT"),
        new Failing(
            WireFormat.COHERE,
            COHERE_BEGIN
                + named(
                    "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"internal\"}}"),
            FailureKind.SERVER_ERROR,
            null),
        new Failing(
            WireFormat.OLLAMA,
            OLLAMA_BEGIN + "{\"error\":\"an error was encountered\"}\n",
            FailureKind.SERVER_ERROR,
            null),
        new Failing(WireFormat.OLLAMA, "<html>", FailureKind.INVALID_JSON, null));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void errorsBeforeTheFirstContentAreFailuresHoweverCut(Failing failing) {
    Judging judging = Judging.stream(failing.format);
    byte[] body = Judging.bytes(failing.body);
    Judging.Sentence failed =
        new Judging.Sentence(Verdict.FAILED, failing.failure, failing.errorType, null);
    assertThat(judging.of(failing.body)).isEqualTo(failed);
    for (int cut = 0; cut <= body.length; cut++) {
      assertThat(judging.cut(body, cut)).isEqualTo(failed);
    }
    assertThat(judging.asWhole().of(failing.body).failure()).isEqualTo(failing.failure);
  }

  @Test
  void anErrorAfterContentFailsOnlyWhatIsJudgedAsAWhole() {
    String body =
        CHAT_BEGIN + delta("{\"content\":\"H\"}") + events("{\"error\":{\"code\":\"x\"}}");
    assertThat(Judging.stream(WireFormat.OPENAI).of(body).verdict()).isEqualTo(Verdict.CONTENT);
    assertThat(Judging.stream(WireFormat.OPENAI).asWhole().of(body).failure())
        .isEqualTo(FailureKind.SERVER_ERROR);
  }

  @Test
  void anArrayThatGrowsIsAStream() {
    Judging judging = Judging.stream(WireFormat.GEMINI).headers("content-type", "application/json");
    String begin = "[{\"usageMetadata\":{\"promptTokenCount\":4}}\n,\r\n";
    String content = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hé\"}]}}]}";
    assertThat(judging.sofar(begin)).isEqualTo(Verdict.OPEN);
    assertThat(judging.sofar(begin + content)).isEqualTo(Verdict.CONTENT);
    assertThat(judging.asWhole().of(begin + content + "]").text()).isEqualTo("Hé");
    assertThat(judging.of("[{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}]"))
        .isEqualTo(
            new Judging.Sentence(
                Verdict.FAILED, FailureKind.RATE_LIMIT, "RESOURCE_EXHAUSTED", null));
  }

  @Test
  void aStreamThatIsJsonInSpiteOfItsTypeIsJudgedAsADocument() {
    assertThat(
            Judging.stream(WireFormat.OPENAI)
                .of("{\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}")
                .failure())
        .isEqualTo(FailureKind.SERVER_ERROR);
    assertThat(
            Judging.chat(WireFormat.OPENAI)
                .headers(new String[0])
                .sofar(delta("{\"content\":\"H\"}")))
        .isEqualTo(Verdict.CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "unload"})
  void anOllamaThatOnlyLoadsAModelAnswersWithoutContent(String reason) {
    assertThat(
            Judging.stream(WireFormat.OLLAMA)
                .of("{\"model\":\"m\",\"done\":true,\"done_reason\":\"" + reason + "\"}\n")
                .verdict())
        .isEqualTo(Verdict.COMPLETE);
  }

  @Test
  void soundFlowsAtOnce() {
    Judging speech =
        Judging.chat(WireFormat.OPENAI)
            .operation(Operation.SPEECH)
            .headers("content-type", "audio/mpeg");
    assertThat(speech.sofar("ID3")).isEqualTo(Verdict.CONTENT);
    assertThat(speech.asWhole().of("ID3").verdict()).isEqualTo(Verdict.COMPLETE);
  }

  @Test
  void conversationsOfMistralAreContentFromTheFirstPiece() {
    String begin = named("{\"type\":\"conversation.response.started\",\"conversation_id\":\"c\"}");
    String content = named("{\"type\":\"message.output.delta\",\"content\":\"H\"}");
    Judging judging = Judging.stream(WireFormat.OPENAI);
    assertThat(judging.sofar(begin)).isEqualTo(Verdict.OPEN);
    assertThat(judging.sofar(begin + content)).isEqualTo(Verdict.CONTENT);
    assertThat(judging.of(begin + named("{\"type\":\"conversation.response.done\"}")).failure())
        .isEqualTo(FailureKind.EMPTY);
  }
}
