// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.translate.Unreadable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesAnswerReaderTest {

  private static final String CALL =
      "{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"\"}";
  private static final String REFUSAL =
      "{\"type\":\"message\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"No\"}]}";
  private static final String TEXT =
      "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}";

  private static ChatAnswer read(String json) {
    return Sample.DIALECT.answer(Sample.json(json));
  }

  private static ChatAnswer.Choice choice(String members) {
    return read("{\"output\":[]," + members + "}").choices().get(0);
  }

  @Test
  void itemsArePartsInTheirOrder() {
    ChatAnswer answer =
        read(
            """
            {"id":"resp_1","model":"gpt-5-2026","status":"completed","error":null,"output":[
              {"type":"reasoning","id":"rs_1","encrypted_content":"zzz","summary":[
                {"type":"summary_text","text":"Hm"}]},
              {"type":"reasoning","id":"rs_2","summary":[]},
              {"type":"web_search_call","id":"ws_1"},
              {"type":"message","id":"msg_1","content":[
                {"type":"output_text","text":"Hi","annotations":[
                  {"type":"url_citation","url":"https://a","title":"A","start_index":0,"end_index":2},
                  {"type":"file_citation","file_id":"f"}],
                 "logprobs":[{"token":"Hi","logprob":-0.5,"top_logprobs":[
                  {"token":"Ho","logprob":-2}]}]},
                {"type":"refusal","refusal":"No"}]},
              {"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":"{}"}],
             "usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":4},
               "output_tokens":7,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":17}}\
            """);

    assertThat(answer.id()).isEqualTo("resp_1");
    assertThat(answer.model()).isEqualTo("gpt-5-2026");
    assertThat(answer.usage())
        .isEqualTo(Usage.builder().input(10).cacheRead(4).output(7).reasoning(2).build());
    assertThat(answer.choices())
        .containsExactly(
            new ChatAnswer.Choice(
                List.of(
                    new Part.Thinking("Hm", null, "zzz", Maker.OPENAI),
                    new Part.Foreign("web_search_call"),
                    new Part.Text("Hi", null, List.of(new Citation("https://a", "A", null, 0, 2))),
                    new Part.Refusal("No"),
                    new Part.ToolCall("call_1", "f", "{}")),
                StopReason.TOOLS,
                null,
                List.of(
                    new ChatAnswer.TokenLogprob(
                        "Hi", -0.5, List.of(new ChatAnswer.TokenLogprob("Ho", -2, List.of()))))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"output\":[" + TEXT + "],\"status\":\"completed\" | END",
        "\"output\":[" + TEXT + "] | END",
        "\"output\":[" + CALL + "],\"status\":\"completed\" | TOOLS",
        "\"output\":[" + REFUSAL + "],\"status\":\"completed\" | REFUSAL",
        "\"output\":["
            + CALL
            + "],\"status\":\"incomplete\","
            + "\"incomplete_details\":{\"reason\":\"max_output_tokens\"} | LENGTH",
        "\"output\":["
            + TEXT
            + "],\"status\":\"incomplete\","
            + "\"incomplete_details\":{\"reason\":\"content_filter\"} | FILTER",
        "\"output\":[],\"status\":\"incomplete\",\"incomplete_details\":null | LENGTH",
        "\"output\":[],\"status\":\"incomplete\","
            + "\"incomplete_details\":{\"reason\":\"max_tokens\"} | LENGTH",
      })
  void reasonsToStop(String members, StopReason reason) {
    assertThat(choice(members).stop()).isEqualTo(reason);
  }

  @Test
  void aCallWithoutArgumentsHasNoneAsJson() {
    assertThat(choice("\"output\":[" + CALL + "]").parts())
        .containsExactly(new Part.ToolCall("c", "f", "{}"));
  }

  @Test
  void theTextThatSdksMakeIsTakenWhereThereIsNoOther() {
    assertThat(choice("\"output_text\":\"Hi\"").parts()).containsExactly(new Part.Text("Hi"));
    assertThat(choice("\"output_text\":\"Hi\",\"output\":[" + TEXT + "]").parts()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | SERVER",
        "{\"output\":\"x\"} | SERVER",
        "{\"status\":\"queued\",\"output\":[]} | SERVER",
        "{\"status\":\"cancelled\",\"output\":[]} | SERVER",
        "{\"status\":\"failed\",\"output\":[],\"error\":{\"code\":\"rate_limit_exceeded\","
            + "\"message\":\"Slow\"}} | RATE_LIMIT",
        "{\"error\":{\"message\":\"This model's maximum context length is 8\"}} | CONTEXT_LENGTH",
        "{\"error\":\"overloaded\"} | OVERLOADED",
      })
  void whatIsNoAnswerIsAFailure(String json, ApiFailure.Kind kind) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            Unreadable.class, e -> assertThat(e.failure().kind()).isEqualTo(kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"output\":[3,null,{},{\"type\":\"message\"},{\"type\":7}]",
        "\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":{}},4]}]",
        "\"output\":[{\"type\":\"reasoning\",\"summary\":{},\"content\":[3]}],\"usage\":[]",
        "\"output\":[],\"usage\":{\"input_tokens\":\"x\",\"input_tokens_details\":3},\"id\":{}",
        "\"output\":[],\"status\":\"incomplete\",\"incomplete_details\":[]",
      })
  void membersOfAnotherKindAreNoFailure(String members) {
    assertThat(choice(members).parts())
        .allSatisfy(part -> assertThat(part).isInstanceOf(Part.Foreign.class));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    ChatAnswer answer =
        new ChatAnswer(
            "resp_1",
            "m",
            List.of(
                new ChatAnswer.Choice(
                    List.of(
                        new Part.Thinking("Hm", null, "zzz", Maker.OPENAI),
                        new Part.Text(
                            "Hi", null, List.of(new Citation("https://a", "A", null, 0, 2))),
                        new Part.Refusal("No"),
                        new Part.ToolCall("c", "f", "{\"a\":1}")),
                    StopReason.TOOLS,
                    null,
                    List.of(new ChatAnswer.TokenLogprob("Hi", -0.25, List.of())))),
            Usage.builder().input(3).cacheRead(1).cacheWrite(1).output(2).reasoning(1).build());

    assertThat(read(Sample.text(Sample.DIALECT.answer(Sample.asked()).whole(answer))))
        .isEqualTo(answer);
  }
}
