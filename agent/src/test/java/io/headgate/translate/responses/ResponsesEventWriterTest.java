// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.AnswerWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponsesEventWriterTest {

  private static final ChatEvent BEGIN = new ChatEvent.Begin("msg_1", "claude-test");
  private static final ChatEvent END = new ChatEvent.End();

  private static ChatEvent stop(StopReason reason) {
    return new ChatEvent.Stop(0, reason, null);
  }

  private static ChatEvent usage(long input, long output) {
    return new ChatEvent.UsageTold(Usage.builder().input(input).output(output).build());
  }

  /** Each event as a line, without the response within it. */
  private static String lines(List<StreamEvent> events) {
    StringBuilder lines = new StringBuilder();
    for (StreamEvent event : events) {
      Map<String, @Nullable Object> data = Objects.requireNonNull(event.data());
      assertThat(event.name()).isEqualTo(data.get("type"));
      lines.append(Sample.text(Nodes.over(data, "response", "…"))).append('\n');
    }
    return lines.toString();
  }

  private static Map<String, @Nullable Object> last(List<StreamEvent> events) {
    Map<String, @Nullable Object> data = events.get(events.size() - 1).data();
    return data == null ? Nodes.object() : Nodes.map(data, "response");
  }

  @Test
  void aTextHasItsWholeLife() {
    List<StreamEvent> events =
        Sample.stream(
            BEGIN,
            new ChatEvent.Text(0, "He"),
            new ChatEvent.Text(0, "y"),
            new ChatEvent.BlockEnd(0),
            stop(StopReason.END),
            usage(3, 2),
            END);

    assertThat(lines(events))
        .isEqualTo(
            """
            {"type":"response.created","sequence_number":0,"response":"…"}
            {"type":"response.in_progress","sequence_number":1,"response":"…"}
            {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"msg_x10","type":"message","status":"in_progress","role":"assistant","content":[]}}
            {"type":"response.content_part.added","sequence_number":3,"item_id":"msg_x10","output_index":0,"content_index":0,"part":{"type":"output_text","text":"","annotations":[],"logprobs":[]}}
            {"type":"response.output_text.delta","sequence_number":4,"item_id":"msg_x10","output_index":0,"content_index":0,"delta":"He","logprobs":[]}
            {"type":"response.output_text.delta","sequence_number":5,"item_id":"msg_x10","output_index":0,"content_index":0,"delta":"y","logprobs":[]}
            {"type":"response.output_text.done","sequence_number":6,"item_id":"msg_x10","output_index":0,"content_index":0,"text":"Hey","logprobs":[]}
            {"type":"response.content_part.done","sequence_number":7,"item_id":"msg_x10","output_index":0,"content_index":0,"part":{"type":"output_text","text":"Hey","annotations":[],"logprobs":[]}}
            {"type":"response.output_item.done","sequence_number":8,"output_index":0,"item":{"id":"msg_x10","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hey","annotations":[],"logprobs":[]}]}}
            {"type":"response.completed","sequence_number":9,"response":"…"}
            """);
  }

  @Test
  void theFirstEventsHaveAResponseThatHasJustBegun() {
    Map<String, @Nullable Object> begun = last(Sample.stream(BEGIN));

    assertThat(Sample.text(begun))
        .contains(
            "\"id\":\"resp_x1\"",
            "\"status\":\"in_progress\"",
            "\"model\":\"claude-test\"",
            "\"output\":[]",
            "\"usage\":null");
  }

  @Test
  void aCallThatIsWholeEndsBeforeTheNextBegins() {
    List<StreamEvent> events =
        Sample.stream(
            BEGIN,
            new ChatEvent.CallBegin(0, 0, "call_a", "f", null),
            new ChatEvent.CallArguments(0, 0, "{\"a\":1}"),
            new ChatEvent.CallBegin(0, 1, "call_b", "g", null),
            new ChatEvent.CallArguments(0, 1, "{}"),
            stop(StopReason.TOOLS),
            END);

    assertThat(events.stream().map(it -> it.name() + " " + it.get("output_index")))
        .containsExactly(
            "response.created null",
            "response.in_progress null",
            "response.output_item.added 0",
            "response.function_call_arguments.delta 0",
            "response.function_call_arguments.done 0",
            "response.output_item.done 0",
            "response.output_item.added 1",
            "response.function_call_arguments.delta 1",
            "response.function_call_arguments.done 1",
            "response.output_item.done 1",
            "response.completed null");
  }

  @Test
  void callsMayComeMixed() {
    List<StreamEvent> events =
        Sample.stream(
            BEGIN,
            new ChatEvent.CallBegin(0, 0, "call_a", "f", null),
            new ChatEvent.CallArguments(0, 0, "{\"a\""),
            new ChatEvent.CallBegin(0, 1, "call_b", "g", null),
            new ChatEvent.CallArguments(0, 0, ":1}"),
            stop(StopReason.TOOLS),
            END);

    assertThat(lines(events.subList(2, events.size())))
        .isEqualTo(
            """
            {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"fc_x10","type":"function_call","status":"in_progress","call_id":"call_a","name":"f","arguments":""}}
            {"type":"response.function_call_arguments.delta","sequence_number":3,"item_id":"fc_x10","output_index":0,"delta":"{\\"a\\""}
            {"type":"response.output_item.added","sequence_number":4,"output_index":1,"item":{"id":"fc_x11","type":"function_call","status":"in_progress","call_id":"call_b","name":"g","arguments":""}}
            {"type":"response.function_call_arguments.delta","sequence_number":5,"item_id":"fc_x10","output_index":0,"delta":":1}"}
            {"type":"response.function_call_arguments.done","sequence_number":6,"item_id":"fc_x10","output_index":0,"name":"f","arguments":"{\\"a\\":1}"}
            {"type":"response.output_item.done","sequence_number":7,"output_index":0,"item":{"id":"fc_x10","type":"function_call","status":"completed","call_id":"call_a","name":"f","arguments":"{\\"a\\":1}"}}
            {"type":"response.function_call_arguments.delta","sequence_number":8,"item_id":"fc_x11","output_index":1,"delta":"{}"}
            {"type":"response.function_call_arguments.done","sequence_number":9,"item_id":"fc_x11","output_index":1,"name":"g","arguments":"{}"}
            {"type":"response.output_item.done","sequence_number":10,"output_index":1,"item":{"id":"fc_x11","type":"function_call","status":"completed","call_id":"call_b","name":"g","arguments":"{}"}}
            {"type":"response.completed","sequence_number":11,"response":"…"}
            """);
  }

  @Test
  void thoughtsAreASummary() {
    List<StreamEvent> events =
        Sample.stream(
            BEGIN,
            new ChatEvent.Thinking(0, "H", Maker.ANTHROPIC),
            new ChatEvent.Thinking(0, "m", Maker.ANTHROPIC),
            new ChatEvent.Signature(0, "sig", Maker.ANTHROPIC),
            new ChatEvent.BlockEnd(0));

    assertThat(lines(events.subList(2, events.size())))
        .isEqualTo(
            """
            {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"rs_x10","type":"reasoning","summary":[]}}
            {"type":"response.reasoning_summary_part.added","sequence_number":3,"item_id":"rs_x10","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}
            {"type":"response.reasoning_summary_text.delta","sequence_number":4,"item_id":"rs_x10","output_index":0,"summary_index":0,"delta":"H"}
            {"type":"response.reasoning_summary_text.delta","sequence_number":5,"item_id":"rs_x10","output_index":0,"summary_index":0,"delta":"m"}
            {"type":"response.reasoning_summary_text.done","sequence_number":6,"item_id":"rs_x10","output_index":0,"summary_index":0,"text":"Hm"}
            {"type":"response.reasoning_summary_part.done","sequence_number":7,"item_id":"rs_x10","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":"Hm"}}
            {"type":"response.output_item.done","sequence_number":8,"output_index":0,"item":{"id":"rs_x10","type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}]}}
            """);
  }

  @Test
  void aRefusalHasEventsOfItsOwn() {
    List<StreamEvent> events =
        Sample.stream(BEGIN, new ChatEvent.Refusal(0, "No"), stop(StopReason.REFUSAL), END);

    assertThat(lines(events))
        .contains(
            "\"part\":{\"type\":\"refusal\",\"refusal\":\"\"}",
            "{\"type\":\"response.refusal.delta\",\"sequence_number\":4,\"item_id\":\"msg_x10\","
                + "\"output_index\":0,\"content_index\":0,\"delta\":\"No\"}",
            "{\"type\":\"response.refusal.done\",\"sequence_number\":5,\"item_id\":\"msg_x10\","
                + "\"output_index\":0,\"content_index\":0,\"refusal\":\"No\"}",
            "response.completed");
  }

  @Test
  void whatATextRestsOnIsToldAtOnce() {
    List<StreamEvent> events =
        Sample.stream(
            BEGIN,
            new ChatEvent.Text(0, "A b"),
            new ChatEvent.Cited(0, new Citation("https://a", "T", null, -1, -1)),
            new ChatEvent.Cited(0, new Citation(null, "A document", null, 0, 1)));

    assertThat(lines(events.subList(events.size() - 1, events.size())))
        .isEqualTo(
            """
            {"type":"response.output_text.annotation.added","sequence_number":5,"item_id":"msg_x10","output_index":0,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","start_index":0,"end_index":3,"url":"https://a","title":"T"}}
            """);
  }

  @Test
  void usageThatComesAfterTheReasonIsInTheLastEvent() {
    List<StreamEvent> events =
        Sample.stream(
            BEGIN,
            usage(3, 1),
            new ChatEvent.Text(0, "Hi"),
            stop(StopReason.LENGTH),
            usage(3, 9),
            END);

    assertThat(events.get(events.size() - 1).name()).isEqualTo("response.incomplete");
    assertThat(Sample.text(last(events)))
        .contains(
            "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}",
            "\"input_tokens\":3",
            "\"output_tokens\":9",
            "\"status\":\"incomplete\",\"role\":\"assistant\"");
  }

  @Test
  void theLastEventHasAllThatAWholeAnswerHas() {
    Part[] parts = {
      new Part.Thinking("Hm", null, null, Maker.OTHER),
      new Part.Text("A"),
      new Part.Refusal("No"),
      new Part.ToolCall("c", "f", "{}"),
    };
    ChatAnswer answer = Sample.answer(StopReason.TOOLS, parts);
    List<StreamEvent> events =
        Sample.stream(
            new ChatEvent.Begin(answer.id(), answer.model()),
            new ChatEvent.Thinking(0, "Hm", Maker.OTHER),
            new ChatEvent.Text(0, "A"),
            new ChatEvent.Refusal(0, "No"),
            new ChatEvent.CallBegin(0, 0, "c", "f", null),
            new ChatEvent.CallArguments(0, 0, "{}"),
            stop(StopReason.TOOLS),
            new ChatEvent.UsageTold(answer.usage()),
            END);

    assertThat(Sample.text(last(events)))
        .isEqualTo(Sample.text(Sample.DIALECT.answer(Sample.asked()).whole(answer)));
  }

  @Test
  void aFailureIsAnEventThatTheSdkThrowsFor() {
    List<StreamEvent> events =
        Sample.stream(
            BEGIN,
            new ChatEvent.Text(0, "Hi"),
            new ChatEvent.Failed(Sample.failure(ApiFailure.Kind.OVERLOADED, 0)),
            new ChatEvent.Text(0, "never"),
            END);

    assertThat(lines(events.subList(5, events.size())))
        .isEqualTo(
            """
            {"type":"error","sequence_number":5,"code":"server_is_overloaded","message":"No.","param":"tools[0].name","error":{"message":"No.","type":"server_error","param":"tools[0].name","code":"server_is_overloaded"}}
            """);
  }

  @Test
  void anAnswerThatCouldNotBeReadHasFailed() {
    List<StreamEvent> events = Sample.stream(BEGIN, stop(StopReason.MALFORMED_CALL), END);

    assertThat(events.get(events.size() - 1).name()).isEqualTo("response.failed");
    assertThat(Sample.text(last(events))).contains("\"error\":{\"code\":\"server_error\"");
  }

  @Test
  void aStreamThatSaysNothingIsWholeNevertheless() {
    assertThat(Sample.stream(BEGIN, new ChatEvent.Ping(), stop(StopReason.END), END))
        .extracting(StreamEvent::name)
        .containsExactly("response.created", "response.in_progress", "response.completed");
  }

  @Test
  void otherChoicesAndWhatComesTooLateAreLeftOut() {
    assertThat(
            Sample.stream(
                new ChatEvent.Text(1, "B"),
                new ChatEvent.CallArguments(0, 7, "x"),
                new ChatEvent.CallBegin(0, 0, "c", "f", null),
                new ChatEvent.BlockEnd(0),
                new ChatEvent.CallArguments(0, 0, "late"),
                new ChatEvent.Stop(1, StopReason.LENGTH, null),
                END,
                END))
        .extracting(StreamEvent::name)
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.completed");
  }

  @Test
  void nothingIsKeptBackButTheEnd() {
    AnswerWriter writer = Sample.DIALECT.answer(Sample.asked());
    List<StreamEvent> events = new ArrayList<>();
    writer.event(BEGIN, events::add);
    assertThat(events).hasSize(2);
    writer.event(new ChatEvent.Text(0, "H"), events::add);
    assertThat(events).hasSize(5);
    writer.event(stop(StopReason.END), events::add);
    assertThat(events).hasSize(8);
    writer.event(usage(1, 1), events::add);
    assertThat(events).hasSize(8);
    writer.event(END, events::add);
    assertThat(events).hasSize(9);
  }

  @Test
  void whatHasBeenSentDoesNotChangeAnyMore() {
    AnswerWriter writer = Sample.DIALECT.answer(Sample.asked());
    List<StreamEvent> events = new ArrayList<>();
    List<String> sent = new ArrayList<>();
    for (ChatEvent step :
        List.of(
            BEGIN,
            new ChatEvent.Text(0, "A"),
            new ChatEvent.Refusal(0, "B"),
            new ChatEvent.CallBegin(0, 0, "c", "f", null),
            stop(StopReason.END),
            END)) {
      writer.event(
          step,
          event -> {
            events.add(event);
            sent.add(Sample.text(event.data()));
          });
    }

    assertThat(events).extracting(event -> Sample.text(event.data())).isEqualTo(sent);
  }
}
