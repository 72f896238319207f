// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import static io.headgate.translate.openai.ChatJson.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.translate.Unreadable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatAnswerReaderTest {

  private static ChatAnswer.Choice choice(String members) {
    return answer("{\"choices\":[{" + members + "}]}").choices().get(0);
  }

  private static List<Part> message(String members) {
    return choice("\"finish_reason\":\"stop\",\"message\":{" + members + "}").parts();
  }

  private static Usage usage(String counts) {
    return answer("{\"choices\":[{\"message\":{}}],\"usage\":{" + counts + "}}").usage();
  }

  @Test
  void aPlainAnswerIsRead() {
    ChatAnswer answer =
        answer(
            """
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-x",
             "choices":[{"index":0,"message":{"role":"assistant","content":"hi","refusal":null},
                         "logprobs":null,"finish_reason":"stop"}],
             "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}
            """);
    assertThat(answer.id()).isEqualTo("chatcmpl-1");
    assertThat(answer.model()).isEqualTo("gpt-x");
    assertThat(answer.choices())
        .containsExactly(
            new ChatAnswer.Choice(List.of(new Part.Text("hi")), StopReason.END, null, List.of()));
    assertThat(answer.usage()).isEqualTo(Usage.builder().input(3).output(2).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"reasoning_content\":\"hm\",\"content\":\"yes\"",
        "\"reasoning\":\"hm\",\"content\":\"yes\"",
        "\"reasoning\":\"hm\",\"content\":\"yes\","
            + "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\"}]",
        "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},"
            + "{\"type\":\"text\",\"text\":\"yes\"}]",
      })
  void thoughtsAreFoundOnceInAllTheirPlaces(String members) {
    assertThat(message(members))
        .containsExactly(new Part.Thinking("hm", null, null, Maker.OTHER), new Part.Text("yes"));
  }

  @Test
  void detailsOfThoughtTellWhoseTheyAre() {
    assertThat(
            message(
                """
                "reasoning":"hm","content":"yes","reasoning_details":[
                 {"type":"reasoning.text","text":"hm","signature":"s","format":"anthropic-claude-v1"},
                 {"type":"reasoning.encrypted","data":"d","format":"openai-responses-v1"}]
                """))
        .startsWith(
            new Part.Thinking("hm", "s", null, Maker.ANTHROPIC),
            new Part.Thinking("", null, "d", Maker.OPENAI));
  }

  @Test
  void callsAreReadHoweverPoorTheyAre() {
    List<Part> parts =
        message(
            """
            "content":null,"tool_calls":[
              {"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1.0}"}},
              {"function":{"name":"g","arguments":{"b":[2]}}},
              {"index":0,"function":{"name":"h","arguments":null}},
              {"function":{"arguments":"{}"}},
              7]
            """);
    assertThat(parts).hasSize(3);
    assertThat(parts.get(0)).isEqualTo(new Part.ToolCall("c1", "f", "{\"a\":1.0}"));
    Part.ToolCall second = (Part.ToolCall) parts.get(1);
    Part.ToolCall third = (Part.ToolCall) parts.get(2);
    assertThat(second.arguments()).isEqualTo("{\"b\":[2]}");
    assertThat(third.arguments()).isEqualTo("{}");
    assertThat(second.id()).matches("call_[0-9a-f]{16}").isNotEqualTo(third.id());
  }

  @Test
  void oneCallThatIsNotInAListIsOne() {
    assertThat(message("\"tool_calls\":{\"id\":\"c\",\"function\":{\"name\":\"f\"}}"))
        .containsExactly(new Part.ToolCall("c", "f", "{}"));
  }

  @Test
  void aLegacyCallIsACall() {
    ChatAnswer.Choice choice =
        choice(
            """
            "finish_reason":"function_call",
            "message":{"content":null,"function_call":{"name":"f","arguments":"{}"}}
            """);
    assertThat(choice.stop()).isEqualTo(StopReason.TOOLS);
    assertThat(choice.parts())
        .singleElement()
        .satisfies(part -> assertThat(((Part.ToolCall) part).name()).isEqualTo("f"));
  }

  @Test
  void geminisSignatureStaysWithItsCall() {
    assertThat(
            message(
                """
                "tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"},
                  "extra_content":{"google":{"thought_signature":"s"}}}]
                """))
        .containsExactly(new Part.ToolCall("c", "f", "{}", "s", null));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"stop\"', END",
    "'\"length\"', LENGTH",
    "'\"tool_calls\"', TOOLS",
    "'\"function_call\"', TOOLS",
    "'\"content_filter\"', FILTER",
    "'\"model_length\"', LENGTH",
    "'\"eos\"', END",
    "'\"STOP\"', END",
    "'\"SAFETY\"', FILTER",
    "'null', UNKNOWN",
    "'\"whatever\"', UNKNOWN",
    "'5', UNKNOWN",
  })
  void everyFinishReasonIsUnderstood(String word, StopReason stop) {
    assertThat(choice("\"message\":{\"content\":\"x\"},\"finish_reason\":" + word).stop())
        .isEqualTo(stop);
  }

  @ParameterizedTest
  @CsvSource({"stop, TOOLS", "length, LENGTH", "content_filter, FILTER", "'', TOOLS"})
  void callsMakeAStopOneForToolsButNothingElse(String word, StopReason stop) {
    assertThat(
            choice(
                    "\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]},"
                        + "\"finish_reason\":\""
                        + word
                        + "\"")
                .stop())
        .isEqualTo(stop);
  }

  @Test
  void aRefusalIsWhyItStopped() {
    ChatAnswer.Choice choice =
        choice("\"message\":{\"content\":null,\"refusal\":\"no\"},\"finish_reason\":\"stop\"");
    assertThat(choice.parts()).containsExactly(new Part.Refusal("no"));
    assertThat(choice.stop()).isEqualTo(StopReason.REFUSAL);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"stop_reason\":\"###\"', STOP_SEQUENCE, ###",
    "'\"matched_stop\":\"###\"', STOP_SEQUENCE, ###",
    "'\"stop_reason\":151645', END, ",
    "'\"matched_stop\":2', END, ",
    "'\"stop_reason\":\"end_turn\"', END, ",
    "'\"stop_reason\":null', END, ",
  })
  void theStopSequenceThatCameIsKept(String member, StopReason stop, String sequence) {
    ChatAnswer.Choice choice =
        choice("\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"," + member);
    assertThat(choice.stop()).isEqualTo(stop);
    assertThat(choice.stopSequence()).isEqualTo(sequence);
  }

  @Test
  void choicesAreInTheOrderOfTheirIndexes() {
    assertThat(
            answer(
                    """
                    {"choices":[{"index":1,"message":{"content":"b"}},
                                {"index":0,"message":{"content":"a"}}]}
                    """)
                .choices())
        .extracting(choice -> choice.parts().get(0))
        .containsExactly(new Part.Text("a"), new Part.Text("b"));
  }

  @Test
  void citationsAreReadBesideTheTextAndBesideTheChoices() {
    Citation placed = new Citation("https://x", "X", null, 0, 2);
    assertThat(
            message(
                """
                "content":"hi","annotations":[{"type":"url_citation","url_citation":
                  {"url":"https://x","title":"X","start_index":0,"end_index":2}}]
                """))
        .containsExactly(new Part.Text("hi", null, List.of(placed)));
    ChatAnswer beside =
        answer(
            """
            {"choices":[{"message":{"content":"hi"}}],"citations":["https://y"],
             "search_results":[{"title":"Y","url":"https://y"}]}
            """);
    assertThat(beside.choices().get(0).parts())
        .containsExactly(
            new Part.Text("hi", null, List.of(new Citation("https://y", "Y", null, -1, -1))));
  }

  @Test
  void logprobsAreRead() {
    assertThat(
            choice(
                    """
                    "message":{"content":"a"},"logprobs":{"content":[{"token":"a",
                      "logprob":-0.5,"bytes":[97],"top_logprobs":[
                        {"token":"a","logprob":-0.5},{"token":"b","logprob":-1e1}]}]}
                    """)
                .logprobs())
        .containsExactly(
            new ChatAnswer.TokenLogprob(
                "a",
                -0.5,
                List.of(
                    new ChatAnswer.TokenLogprob("a", -0.5, List.of()),
                    new ChatAnswer.TokenLogprob("b", -10, List.of()))));
  }

  @Test
  void picturesThatTheModelMadeAreKept() {
    assertThat(
            message(
                """
                "content":"","images":[{"type":"image_url",
                  "image_url":{"url":"data:image/png;base64,QUJD"}}]
                """))
        .containsExactly(
            new Part.Image(new Media(Media.Kind.BASE64, "QUJD", "image/png"), null, null));
  }

  @Test
  void everyDetailOfUsageIsCounted() {
    assertThat(
            usage(
                """
                "prompt_tokens":100,"completion_tokens":50,"total_tokens":150,
                "prompt_tokens_details":{"cached_tokens":40,"cache_write_tokens":10,
                  "audio_tokens":5,"image_tokens":6},
                "completion_tokens_details":{"reasoning_tokens":20,"audio_tokens":7}
                """))
        .isEqualTo(
            Usage.builder()
                .input(100)
                .cacheRead(40)
                .cacheWrite(10)
                .audioInput(5)
                .imageInput(6)
                .output(50)
                .reasoning(20)
                .audioOutput(7)
                .build());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"prompt_cache_hit_tokens\":4,\"prompt_cache_miss_tokens\":6'",
    "'\"cached_tokens\":4'",
    "'\"cache_read_input_tokens\":4'",
    "'\"prompt_tokens_details\":{\"cached_tokens\":4}'",
    "'\"input_tokens_details\":{\"cached_tokens\":4}'",
  })
  void whatWasCachedIsFoundUnderAllItsNames(String member) {
    Usage usage = usage("\"prompt_tokens\":10,\"completion_tokens\":1," + member);
    assertThat(usage.cacheRead()).isEqualTo(4);
    assertThat(usage.input()).isEqualTo(10);
  }

  @Test
  void thoughtThatIsCountedBesideTheOutputIsAddedToIt() {
    Usage beside =
        usage(
            """
            "prompt_tokens":10,"completion_tokens":5,"total_tokens":45,
            "completion_tokens_details":{"reasoning_tokens":30}
            """);
    assertThat(beside.output()).isEqualTo(35);
    Usage within =
        usage(
            """
            "prompt_tokens":10,"completion_tokens":35,"total_tokens":45,
            "completion_tokens_details":{"reasoning_tokens":30}
            """);
    assertThat(within.output()).isEqualTo(35);
  }

  @Test
  void groqsUsageIsFoundInItsOwnPlace() {
    assertThat(
            answer(
                    """
                    {"choices":[{"message":{}}],
                     "x_groq":{"usage":{"prompt_tokens":1,"completion_tokens":2}}}
                    """)
                .usage()
                .output())
        .isEqualTo(2);
    assertThat(answer("{\"choices\":[{\"message\":{}}]}").usage().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"error\":{\"message\":\"Rate limit reached\",\"code\":429}}', RATE_LIMIT",
    "'{\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}', SERVER",
    "'{\"error\":\"model is overloaded\"}', OVERLOADED",
    "'{\"object\":\"error\",\"message\":\"x\",\"type\":\"invalid_request_error\"}', BAD_REQUEST",
    "'{\"errors\":[{\"code\":5007,\"message\":\"No such model\"}]}', SERVER",
    "'{\"choices\":[{\"error\":{\"code\":502,\"message\":\"x\"}}]}', SERVER",
    "'{\"choices\":[{\"message\":{},\"finish_reason\":\"error\"}]}', SERVER",
    "'{\"choices\":[{\"message\":{\"content\":\"half\"},"
        + "\"finish_reason\":\"insufficient_system_resource\"}]}', SERVER",
    "'{\"choices\":[]}', SERVER",
    "'{}', SERVER",
  })
  void anErrorInASuccessIsNoAnswer(String json, ApiFailure.Kind kind) {
    assertThatThrownBy(() -> answer(json))
        .isInstanceOfSatisfying(
            Unreadable.class, e -> assertThat(e.failure().kind()).isEqualTo(kind));
  }

  @Test
  void anEmptyErrorNextToChoicesIsNone() {
    assertThat(answer("{\"error\":null,\"errors\":[],\"choices\":[{\"text\":\"hi\"}]}").choices())
        .extracting(ChatAnswer.Choice::parts)
        .containsExactly(List.of(new Part.Text("hi")));
  }
}
