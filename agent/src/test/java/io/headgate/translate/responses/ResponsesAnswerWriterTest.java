// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.json.Nodes;
import io.headgate.translate.Asked;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesAnswerWriterTest {

  private static Map<String, @Nullable Object> whole(ChatAnswer answer) {
    return Sample.DIALECT.answer(Sample.asked()).whole(answer);
  }

  private static String output(Part... parts) {
    return Sample.text(whole(Sample.answer(StopReason.END, parts)).get("output"));
  }

  @Test
  void aTextIsAMessage() {
    assertThat(output(new Part.Text("Hi")))
        .isEqualTo(
            Sample.compact(
                """
                [{"id":"msg_x10","type":"message","status":"completed","role":"assistant",
                  "content":[{"type":"output_text","text":"Hi","annotations":[],"logprobs":[]}]}]\
                """));
  }

  @Test
  void thoughtsTextsAndCallsAreItemsInTheirOrder() {
    assertThat(
            output(
                new Part.Thinking("Hm", "sig", null, Maker.ANTHROPIC),
                new Part.Text("Hi"),
                new Part.ToolCall("toolu_1", "f", "{\"a\":1}"),
                new Part.ToolCall("toolu_2", "g", "{}")))
        .isEqualTo(
            Sample.compact(
                """
                [{"id":"rs_x10","type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}]},
                 {"id":"msg_x11","type":"message","status":"completed","role":"assistant",
                  "content":[{"type":"output_text","text":"Hi","annotations":[],"logprobs":[]}]},
                 {"id":"fc_x12","type":"function_call","status":"completed","call_id":"toolu_1",
                  "name":"f","arguments":"{\\"a\\":1}"},
                 {"id":"fc_x13","type":"function_call","status":"completed","call_id":"toolu_2",
                  "name":"g","arguments":"{}"}]\
                """));
  }

  @Test
  void encryptedThoughtsAreToldOnlyIfTheyAreOpenAis() {
    assertThat(output(new Part.Thinking("", null, "zzz", Maker.OPENAI)))
        .isEqualTo(
            Sample.compact(
                """
                [{"id":"rs_x10","type":"reasoning","summary":[],"encrypted_content":"zzz"}]\
                """));
    assertThat(output(new Part.Thinking("", null, "zzz", Maker.ANTHROPIC))).isEqualTo("[]");
  }

  @Test
  void thoughtsAreShownOnlyToWhoAskedForThem() {
    Asked silent =
        new Asked(Sample.read("{\"model\":\"m\",\"input\":\"Hi\"}"), Map.of(), "m", false, 1, "x1");
    Part[] parts = {
      new Part.Thinking("Hm", null, "zzz", Maker.OPENAI),
      new Part.Thinking("Hm", "s", null, Maker.OTHER)
    };

    assertThat(
            Sample.text(
                Sample.DIALECT
                    .answer(silent)
                    .whole(Sample.answer(StopReason.END, parts))
                    .get("output")))
        .isEqualTo(
            Sample.compact(
                """
                [{"id":"rs_x10","type":"reasoning","summary":[],"encrypted_content":"zzz"}]\
                """));
  }

  @Test
  void textsOfSeveralBlocksAreOneText() {
    String output =
        output(
            new Part.Text("Sky "),
            new Part.Text("is blue.", null, List.of(new Citation("https://a", null, "q", -1, -1))),
            new Part.Text(" So", null, List.of(new Citation("https://b", "B", null, 1, 3))));

    assertThat(output)
        .isEqualTo(
            Sample.compact(
                """
                [{"id":"msg_x10","type":"message","status":"completed","role":"assistant",
                  "content":[{"type":"output_text","text":"Sky is blue. So","annotations":[
                    {"type":"url_citation","start_index":4,"end_index":12,"url":"https://a",
                     "title":"https://a"},
                    {"type":"url_citation","start_index":13,"end_index":15,"url":"https://b",
                     "title":"B"}],"logprobs":[]}]}]\
                """));
  }

  @Test
  void aRefusalIsAPartOfItsOwn() {
    assertThat(output(new Part.Text("Well. "), new Part.Refusal("No")))
        .contains(
            "{\"type\":\"output_text\",\"text\":\"Well. \",\"annotations\":[],\"logprobs\":[]},"
                + "{\"type\":\"refusal\",\"refusal\":\"No\"}");
  }

  @Test
  void nothingSaidIsNoItem() {
    assertThat(output(new Part.Text(""))).isEqualTo("[]");
    assertThat(Sample.text(whole(new ChatAnswer(null, null, List.of(), Usage.builder().build()))))
        .contains("\"output\":[]", "\"usage\":null", "\"status\":\"completed\"");
  }

  @ParameterizedTest
  @CsvSource({
    "END, completed, null",
    "STOP_SEQUENCE, completed, null",
    "TOOLS, completed, null",
    "PAUSE, completed, null",
    "UNKNOWN, completed, null",
    "LENGTH, incomplete, '{\"reason\":\"max_output_tokens\"}'",
    "CONTEXT_FULL, incomplete, '{\"reason\":\"max_output_tokens\"}'",
    "FILTER, incomplete, '{\"reason\":\"content_filter\"}'",
    "REFUSAL, incomplete, '{\"reason\":\"content_filter\"}'",
    "MALFORMED_CALL, failed, null",
    "ERROR, failed, null",
  })
  void reasonsToStop(StopReason reason, String status, String details) {
    Map<String, @Nullable Object> whole = whole(Sample.answer(reason, new Part.Text("Hi")));

    assertThat(whole.get("status")).isEqualTo(status);
    assertThat(Sample.text(whole.get("incomplete_details"))).isEqualTo(details);
    assertThat(whole.get("error") != null).isEqualTo(status.equals("failed"));
    assertThat(Sample.text(whole.get("output")))
        .contains(
            "\"status\":\"" + (status.equals("completed") ? "completed" : "incomplete") + "\"");
  }

  @Test
  void aRefusalInSoManyWordsIsComplete() {
    assertThat(whole(Sample.answer(StopReason.REFUSAL, new Part.Refusal("No"))).get("status"))
        .isEqualTo("completed");
  }

  @Test
  void usageHasBothDetails() {
    assertThat(Sample.text(whole(Sample.answer(StopReason.END, new Part.Text("Hi"))).get("usage")))
        .isEqualTo(
            Sample.compact(
                """
                {"input_tokens":10,"input_tokens_details":{"cached_tokens":4,"cache_write_tokens":0},
                 "output_tokens":7,"output_tokens_details":{"reasoning_tokens":2},
                 "total_tokens":17}\
                """));
  }

  @Test
  void whatTheAppAskedForIsRepeated() {
    Asked asked =
        Sample.asked(
            """
            {"model":"m","input":"Hi","instructions":"Be","max_output_tokens":50,
             "parallel_tool_calls":false,"temperature":0.70,"top_p":0.5,"tool_choice":"required",
             "tools":[{"type":"function","name":"f","parameters":null,"strict":true}],
             "metadata":{"a":"b"},"reasoning":{"effort":"low"},"text":{"verbosity":"low"},
             "truncation":"auto","user":"u","service_tier":"flex"}\
            """);

    assertThat(
            Sample.text(
                Sample.DIALECT
                    .answer(asked)
                    .whole(Sample.answer(StopReason.END, new Part.Text("A")))))
        .isEqualTo(
            Sample.compact(
                """
                {"id":"resp_x1","object":"response","created_at":1700000000,"status":"completed",
                 "background":false,"error":null,"incomplete_details":null,"instructions":"Be",
                 "max_output_tokens":50,"model":"claude-test","output":[{"id":"msg_x10",
                  "type":"message","status":"completed","role":"assistant","content":[{"type":
                  "output_text","text":"A","annotations":[],"logprobs":[]}]}],
                 "parallel_tool_calls":false,"previous_response_id":null,"prompt_cache_key":null,
                 "reasoning":{"effort":"low","summary":null},"safety_identifier":null,
                 "service_tier":"flex","store":false,"temperature":0.70,"text":{"verbosity":"low",
                  "format":{"type":"text"}},"tool_choice":"required","tools":[{"type":"function",
                  "name":"f","parameters":null,"strict":true}],"top_logprobs":0,"top_p":0.5,
                 "truncation":"auto","usage":{"input_tokens":10,"input_tokens_details":
                  {"cached_tokens":4,"cache_write_tokens":0},"output_tokens":7,
                  "output_tokens_details":{"reasoning_tokens":2},"total_tokens":17},"user":"u",
                 "metadata":{"a":"b"}}\
                """));
  }

  @Test
  void whatTheAppDidNotSayIsTheDefault() {
    Map<String, @Nullable Object> whole = whole(Sample.answer(StopReason.END, new Part.Text("A")));

    assertThat(Sample.text(whole))
        .contains(
            "\"error\":null,\"incomplete_details\":null,\"instructions\":null",
            "\"parallel_tool_calls\":true",
            "\"temperature\":1.0",
            "\"top_p\":1.0",
            "\"tool_choice\":\"auto\",\"tools\":[]",
            "\"text\":{\"format\":{\"type\":\"text\"}}",
            "\"metadata\":{}");
  }

  @Test
  void nonsenseOfTheAppIsNotRepeated() {
    Asked asked =
        Sample.asked(
            """
            {"temperature":"hot","tools":{"a":1},"tool_choice":3,"metadata":[],"text":[],
             "reasoning":7,"instructions":{},"parallel_tool_calls":"x"}\
            """);

    assertThat(
            Sample.text(
                Sample.DIALECT
                    .answer(asked)
                    .whole(Sample.answer(StopReason.END, new Part.Text("A")))))
        .contains(
            "\"temperature\":1.0", "\"tools\":[]", "\"tool_choice\":\"auto\"", "\"metadata\":{}");
  }

  @Test
  void theIdOfAResponseIsKeptAndThatOfAnythingElseIsNot() {
    ChatAnswer answer = Sample.answer(StopReason.END);

    assertThat(whole(answer).get("id")).isEqualTo("resp_x1");
    assertThat(whole(new ChatAnswer("resp_abc", null, answer.choices(), answer.usage())).get("id"))
        .isEqualTo("resp_abc");
  }

  @Test
  void theAppMayBeToldItsOwnNameOfTheModel() {
    Asked renamed = new Asked(Sample.asked().request(), Map.of(), "gpt-asked", true, 1, "x1");

    assertThat(Sample.DIALECT.answer(renamed).whole(Sample.answer(StopReason.END)).get("model"))
        .isEqualTo("gpt-asked");
  }

  @Test
  void likelihoodsAreToldWithTheirText() {
    ChatAnswer answer =
        new ChatAnswer(
            null,
            null,
            List.of(
                new ChatAnswer.Choice(
                    List.of(new Part.Text("é")),
                    StopReason.END,
                    null,
                    List.of(
                        new ChatAnswer.TokenLogprob(
                            "é",
                            -0.5,
                            List.of(
                                new ChatAnswer.TokenLogprob(
                                    "e", Double.NEGATIVE_INFINITY, List.of())))))),
            Usage.builder().build());
    Map<String, @Nullable Object> item = Nodes.map(Nodes.list(whole(answer).get("output")).get(0));

    assertThat(Sample.text(item == null ? null : item.get("content")))
        .contains(
            "\"logprobs\":[{\"token\":\"é\",\"bytes\":[195,169],\"logprob\":-0.5,"
                + "\"top_logprobs\":[{\"token\":\"e\",\"bytes\":[101],\"logprob\":-9999.0}]}]");
  }
}
