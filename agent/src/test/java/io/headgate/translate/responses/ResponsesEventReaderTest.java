// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesEventReaderTest {

  private static final String CREATED =
      """
      {"type":"response.created","response":{"id":"resp_1","model":"gpt","status":"in_progress","error":null}}
      {"type":"response.in_progress","response":{"id":"resp_1","model":"gpt"}}
      """;

  private static final String COMPLETED =
      """
      {"type":"response.completed","response":{"id":"resp_1","status":"completed","error":null,"output":[%s],"usage":{"input_tokens":3,"output_tokens":2}}}
      """;

  private static final String MESSAGE =
      "{\"type\":\"message\",\"id\":\"m1\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hey\"}]}";

  private static final String CALL =
      "{\"type\":\"function_call\",\"id\":\"f1\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{}\"}";

  private static final ChatEvent BEGIN = new ChatEvent.Begin("resp_1", "gpt");
  private static final ChatEvent BLOCK = new ChatEvent.BlockEnd(0);
  private static final ChatEvent END = new ChatEvent.End();
  private static final ChatEvent USAGE =
      new ChatEvent.UsageTold(Usage.builder().input(3).output(2).build());

  private static ChatEvent text(String text) {
    return new ChatEvent.Text(0, text);
  }

  private static ChatEvent stop(StopReason reason) {
    return new ChatEvent.Stop(0, reason, null);
  }

  @Test
  void aTextIsToldOnceThoughItComesFourTimes() {
    assertThat(
            Sample.steps(
                CREATED
                    + """
                    {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m1","content":[]}}
                    {"type":"response.content_part.added","item_id":"m1","output_index":0,"content_index":0,"part":{"type":"output_text","text":""}}
                    {"type":"response.output_text.delta","item_id":"m1","output_index":0,"content_index":0,"delta":"He","obfuscation":"x"}
                    {"type":"response.output_text.delta","item_id":"m1","output_index":0,"content_index":0,"delta":"y"}
                    {"type":"response.output_text.done","item_id":"m1","output_index":0,"content_index":0,"text":"Hey"}
                    {"type":"response.content_part.done","item_id":"m1","output_index":0,"content_index":0,"part":{"type":"output_text","text":"Hey"}}
                    {"type":"response.output_item.done","output_index":0,"item":%s}
                    """
                        .formatted(MESSAGE)
                    + COMPLETED.formatted(MESSAGE)))
        .containsExactly(BEGIN, text("He"), text("y"), BLOCK, stop(StopReason.END), USAGE, END);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"response.output_text.done\",\"item_id\":\"m1\",\"text\":\"Hey\"}",
        "{\"type\":\"response.content_part.done\",\"item_id\":\"m1\",\"part\":"
            + "{\"type\":\"output_text\",\"text\":\"Hey\"}}",
        "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + MESSAGE + "}",
        "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":"
            + "{\"type\":\"message\",\"id\":\"m1\"}}",
        "{\"type\":\"response.heard_of_never\"}",
      })
  void whatIsNotStreamedIsTakenFromWhereItComes(String line) {
    assertThat(Sample.steps(CREATED + line + "\n" + COMPLETED.formatted(MESSAGE)))
        .containsExactly(BEGIN, text("Hey"), BLOCK, stop(StopReason.END), USAGE, END);
  }

  @Test
  void anEmptyOutputInTheEndTakesNothingBack() {
    assertThat(
            Sample.steps(
                """
                {"type":"response.output_text.delta","item_id":"m1","output_index":0,"content_index":0,"delta":"Hey"}
                """
                    + COMPLETED.formatted("")))
        .containsExactly(
            new ChatEvent.Begin(null, null), text("Hey"), stop(StopReason.END), USAGE, END);
  }

  @Test
  void theRestOfATextThatCameOnlyPartlyIsTold() {
    assertThat(
            Sample.steps(
                """
                {"type":"response.output_text.delta","item_id":"m1","output_index":0,"content_index":0,"delta":"H"}
                """
                    + COMPLETED.formatted(MESSAGE)))
        .contains(text("H"), text("ey"));
  }

  @Test
  void idsThatChangeWithEveryEventMakeNothingTwice() {
    assertThat(
            Sample.steps(
                CREATED
                    + """
                    {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"a"}}
                    {"type":"response.output_text.delta","item_id":"b","output_index":0,"content_index":0,"delta":"Hey"}
                    {"type":"response.output_item.done","output_index":0,"item":{"type":"message","id":"c","content":[{"type":"output_text","text":"Hey"}]}}
                    """
                    + COMPLETED.formatted(MESSAGE)))
        .containsExactly(BEGIN, text("Hey"), BLOCK, stop(StopReason.END), USAGE, END);
  }

  @Test
  void placesThatAreAllTheSameMakeNothingTwice() {
    assertThat(
            Sample.steps(
                CREATED
                    + """
                    {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m1"}}
                    {"type":"response.output_text.delta","item_id":"m1","output_index":0,"delta":"Hey"}
                    {"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"f1","call_id":"c1","name":"f"}}
                    {"type":"response.function_call_arguments.delta","item_id":"f1","output_index":0,"delta":"{}"}
                    {"type":"response.output_item.done","output_index":0,"item":%s}
                    """
                        .formatted(CALL)
                    + COMPLETED.formatted(MESSAGE + "," + CALL)))
        .containsExactly(
            BEGIN,
            text("Hey"),
            new ChatEvent.CallBegin(0, 0, "c1", "f", null),
            new ChatEvent.CallArguments(0, 0, "{}"),
            BLOCK,
            stop(StopReason.TOOLS),
            USAGE,
            END);
  }

  @Test
  void callsAreCounted() {
    assertThat(
            Sample.steps(
                CREATED
                    + """
                    {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m1"}}
                    {"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","id":"f1","call_id":"c1","name":"f","arguments":""}}
                    {"type":"response.output_item.added","output_index":2,"item":{"type":"function_call","id":"f2","call_id":"c2","name":"g","arguments":""}}
                    {"type":"response.function_call_arguments.delta","item_id":"f2","output_index":2,"delta":"{\\"b\\""}
                    {"type":"response.function_call_arguments.delta","item_id":"f1","output_index":1,"delta":"{}"}
                    {"type":"response.function_call_arguments.done","item_id":"f2","output_index":2,"arguments":"{\\"b\\":2}"}
                    """
                    + COMPLETED.formatted("")))
        .containsExactly(
            BEGIN,
            new ChatEvent.CallBegin(0, 0, "c1", "f", null),
            new ChatEvent.CallBegin(0, 1, "c2", "g", null),
            new ChatEvent.CallArguments(0, 1, "{\"b\""),
            new ChatEvent.CallArguments(0, 0, "{}"),
            new ChatEvent.CallArguments(0, 1, ":2}"),
            stop(StopReason.TOOLS),
            USAGE,
            END);
  }

  @Test
  void aCallWhoseNameComesLateIsToldWhenItIsKnown() {
    assertThat(
            Sample.steps(
                CREATED
                    + """
                    {"type":"response.function_call_arguments.delta","item_id":"f1","output_index":0,"delta":"{}"}
                    {"type":"response.output_item.done","output_index":0,"item":%s}
                    """
                        .formatted(CALL)
                    + COMPLETED.formatted(CALL)))
        .containsExactly(
            BEGIN,
            new ChatEvent.CallBegin(0, 0, "c1", "f", null),
            new ChatEvent.CallArguments(0, 0, "{}"),
            BLOCK,
            stop(StopReason.TOOLS),
            USAGE,
            END);
  }

  @Test
  void thoughtsAreTheSummaryAndWhatIsEncrypted() {
    String item =
        "{\"type\":\"reasoning\",\"id\":\"r1\",\"encrypted_content\":\"zzz\",\"summary\":["
            + "{\"type\":\"summary_text\",\"text\":\"A\"},{\"type\":\"summary_text\",\"text\":\"B\"}],"
            + "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"long\"}]}";
    String delta =
        "{\"type\":\"response.reasoning_summary_text.delta\",\"item_id\":\"r1\",\"output_index\":0,"
            + "\"summary_index\":%d,\"delta\":\"%s\"}\n";
    String done =
        "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + item + "}\n";
    List<ChatEvent> thoughts =
        List.of(
            BEGIN,
            new ChatEvent.Thinking(0, "A", Maker.OPENAI),
            new ChatEvent.Thinking(0, "\n\nB", Maker.OPENAI),
            new ChatEvent.Redacted(0, "zzz", Maker.OPENAI),
            BLOCK,
            stop(StopReason.END),
            USAGE,
            END);

    assertThat(
            Sample.steps(
                CREATED
                    + delta.formatted(0, "A")
                    + delta.formatted(1, "B")
                    + done
                    + COMPLETED.formatted(item)))
        .isEqualTo(thoughts);
    assertThat(Sample.steps(CREATED + COMPLETED.formatted(item))).isEqualTo(thoughts);
  }

  @Test
  void openModelsShowAllOfTheirThoughts() {
    assertThat(
            Sample.steps(
                """
                {"type":"response.reasoning_text.delta","item_id":"r1","output_index":0,"content_index":0,"delta":"Hm"}
                """))
        .contains(new ChatEvent.Thinking(0, "Hm", Maker.OPENAI));
  }

  @Test
  void aRefusalIsAReasonToStop() {
    assertThat(
            Sample.steps(
                CREATED
                    + """
                    {"type":"response.refusal.delta","item_id":"m1","output_index":0,"content_index":0,"delta":"N"}
                    {"type":"response.refusal.done","item_id":"m1","output_index":0,"content_index":0,"refusal":"No"}
                    """
                    + COMPLETED.formatted("")))
        .containsExactly(
            BEGIN,
            new ChatEvent.Refusal(0, "N"),
            new ChatEvent.Refusal(0, "o"),
            stop(StopReason.REFUSAL),
            USAGE,
            END);
  }

  @ParameterizedTest
  @CsvSource({"max_output_tokens, LENGTH", "content_filter, FILTER", ", LENGTH"})
  void anAnswerThatIsCutIsNoFailure(String why, StopReason reason) {
    String details = why == null ? "null" : "{\"reason\":\"" + why + "\"}";

    assertThat(
            Sample.steps(
                CREATED
                    + "{\"type\":\"response.incomplete\",\"response\":{\"incomplete_details\":"
                    + details
                    + ",\"output\":["
                    + CALL
                    + "]}}"))
        .endsWith(BLOCK, stop(reason), END);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"No.\",\"param\":null}"
            + " | RATE_LIMIT",
        "{\"type\":\"error\",\"error\":{\"type\":\"server_error\",\"message\":\"No.\"}} | SERVER",
        "{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":"
            + "{\"code\":\"server_error\",\"message\":\"No.\"}}} | SERVER",
        "{\"type\":\"response.completed\",\"response\":{\"status\":\"failed\",\"error\":"
            + "{\"code\":\"context_length_exceeded\",\"message\":\"No.\"}}} | CONTEXT_LENGTH",
        "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"No.\"}} | QUOTA",
      })
  void failuresInTheMiddle(String line, ApiFailure.Kind kind) {
    List<ChatEvent> steps = Sample.steps(CREATED + line + "\n" + COMPLETED.formatted(MESSAGE));

    assertThat(steps).hasSize(2);
    assertThat(steps.get(1))
        .isInstanceOfSatisfying(
            ChatEvent.Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(kind);
              assertThat(failed.failure().message()).isEqualTo("No.");
              assertThat(failed.failure().status()).isZero();
            });
  }

  @Test
  void aStreamThatJustStopsHasNoEnd() {
    List<StreamEvent> events = new ArrayList<>();
    events.add(StreamEvent.typed("response.output_text.delta", "item_id", "m1", "delta", "H"));
    events.add(StreamEvent.DONE);

    assertThat(Sample.steps(events)).containsExactly(new ChatEvent.Begin(null, null), text("H"));
  }

  @Test
  void citationsAndLikelihoodsFollowTheirText() {
    assertThat(
            Sample.steps(
                """
                {"type":"response.output_text.delta","item_id":"m1","output_index":0,"content_index":0,"delta":"Hey","logprobs":[{"token":"Hey","logprob":-0.5}]}
                {"type":"response.output_text.annotation.added","item_id":"m1","output_index":0,"content_index":0,"annotation":{"type":"url_citation","url":"https://a","start_index":0,"end_index":3}}
                {"type":"response.output_text.done","item_id":"m1","output_index":0,"content_index":0,"text":"Hey","logprobs":[{"token":"Hey","logprob":-0.5}]}
                {"type":"response.content_part.done","item_id":"m1","output_index":0,"content_index":0,"part":{"type":"output_text","text":"Hey","annotations":[{"type":"url_citation","url":"https://a"},{"type":"url_citation","url":"https://b"}]}}
                """))
        .containsExactly(
            new ChatEvent.Begin(null, null),
            text("Hey"),
            new ChatEvent.Logprobs(0, List.of(new ChatAnswer.TokenLogprob("Hey", -0.5, List.of()))),
            new ChatEvent.Cited(0, new Citation("https://a", null, null, 0, 3)),
            new ChatEvent.Cited(0, new Citation("https://b", null, null, -1, -1)),
            BLOCK);
  }

  @Test
  void membersOfAnotherKindAreNoFailure() {
    assertThat(
            Sample.steps(
                """
                {"type":"response.created","response":3}
                {"type":"response.output_item.added","output_index":"x","item":[]}
                {"type":"response.output_text.delta","output_index":{},"delta":{}}
                {"type":"response.output_item.done","item":{"type":"message","content":[3,{"type":"output_text"}]}}
                {"type":"response.function_call_arguments.delta","delta":7}
                {"type":"response.reasoning_summary_text.delta","summary_index":"a"}
                {"type":3}
                {"type":"keepalive"}
                {"type":"response.completed","response":{"output":[4,{}],"usage":[]}}\
                """))
        .containsExactly(
            new ChatEvent.Begin(null, null), new ChatEvent.Ping(), stop(StopReason.END), END);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    List<ChatEvent> steps =
        List.of(
            new ChatEvent.Begin("resp_1", "gpt"),
            new ChatEvent.Thinking(0, "Hm", Maker.OPENAI),
            new ChatEvent.Redacted(0, "zzz", Maker.OPENAI),
            BLOCK,
            text("He"),
            text("y"),
            BLOCK,
            new ChatEvent.Refusal(0, "No"),
            BLOCK,
            new ChatEvent.CallBegin(0, 0, "c1", "f", null),
            new ChatEvent.CallArguments(0, 0, "{\"a\""),
            new ChatEvent.CallArguments(0, 0, ":1}"),
            BLOCK,
            stop(StopReason.TOOLS),
            new ChatEvent.UsageTold(
                Usage.builder().input(3).cacheRead(1).cacheWrite(0).output(2).reasoning(0).build()),
            END);

    StringBuilder lines = new StringBuilder();
    for (StreamEvent event : Sample.stream(Sample.asked(), steps)) {
      lines.append(Sample.text(event.data())).append('\n');
    }
    assertThat(Sample.steps(lines.toString())).isEqualTo(steps);
  }
}
