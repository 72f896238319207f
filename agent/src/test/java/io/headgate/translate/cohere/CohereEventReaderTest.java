// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CohereEventReaderTest {

  private static final String START =
      """
      {"type":"message-start","id":"c1","delta":{"message":{"role":"assistant","content":[],
       "tool_plan":"","tool_calls":[],"citations":[]}}}\
      """;
  private static final ChatEvent BEGIN = new ChatEvent.Begin("c1", null);

  private static String end(String reason) {
    return "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"" + reason + "\"}}";
  }

  private static String text(String text) {
    return "{\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":"
        + "{\"text\":\""
        + text
        + "\"}}}}";
  }

  private static String call(String type, String call) {
    return "{\"type\":\"tool-call-"
        + type
        + "\",\"index\":0,\"delta\":{\"message\":"
        + "{\"tool_calls\":"
        + call
        + "}}}";
  }

  private static String arguments(String fragment) {
    return call("delta", "{\"function\":{\"arguments\":\"" + fragment + "\"}}");
  }

  @Test
  void textWithCitationsAndUsageComes() {
    assertThat(
            Cohere.events(
                START,
                """
                {"type":"content-start","index":0,"delta":{"message":{"content":
                 {"type":"thinking","thinking":""}}}}\
                """,
                """
                {"type":"content-delta","index":0,"delta":{"message":{"content":
                 {"thinking":"hm"}}}}\
                """,
                "{\"type\":\"content-end\",\"index\":0}",
                """
                {"type":"content-start","index":1,"delta":{"message":{"content":
                 {"type":"text","text":""}}}}\
                """,
                text("a fact"),
                """
                {"type":"citation-start","index":0,"delta":{"message":{"citations":
                 {"start":2,"end":6,"text":"fact","sources":[{"document":{"title":"T"}}]}}}}\
                """,
                "{\"type\":\"citation-end\",\"index\":0}",
                "{\"type\":\"content-end\",\"index\":1}",
                """
                {"type":"message-end","delta":{"finish_reason":"COMPLETE","usage":
                 {"tokens":{"input_tokens":5,"output_tokens":2}}}}\
                """))
        .containsExactly(
            BEGIN,
            new ChatEvent.Thinking(0, "hm", Maker.OTHER),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Text(0, "a fact"),
            new ChatEvent.Cited(0, new Citation(null, "T", null, 2, 6)),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Stop(0, StopReason.END, null),
            new ChatEvent.UsageTold(Usage.builder().input(5).output(2).build()),
            new ChatEvent.End());
  }

  @Test
  void planAndCallsCome() {
    assertThat(
            Cohere.events(
                START,
                "{\"type\":\"tool-plan-delta\",\"delta\":{\"message\":{\"tool_plan\":\"I\"}}}",
                call(
                    "start",
                    "{\"id\":\"t1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                arguments("{\\\"a\\\":"),
                arguments("null}"),
                "{\"type\":\"tool-call-end\",\"index\":0}",
                call("start", "[{\"id\":\"t2\",\"function\":{\"name\":\"g\"}}]"),
                arguments("1"),
                "{\"type\":\"tool-call-end\",\"index\":1}",
                end("TOOL_CALL")))
        .containsExactly(
            BEGIN,
            new ChatEvent.Thinking(0, "I", Maker.OTHER),
            new ChatEvent.CallBegin(0, 0, "t1", "f", null),
            new ChatEvent.CallArguments(0, 0, "{\"a\":"),
            new ChatEvent.CallArguments(0, 0, "null}"),
            new ChatEvent.CallBegin(0, 1, "t2", "g", null),
            new ChatEvent.CallArguments(0, 1, "1"),
            new ChatEvent.Stop(0, StopReason.TOOLS, null),
            new ChatEvent.End());
  }

  @Test
  void argumentsThatAreNullAreNone() {
    assertThat(
            Cohere.events(
                START,
                call("start", "{\"id\":\"t\",\"function\":{\"name\":\"f\",\"arguments\":\"nu\"}}"),
                arguments("ll"),
                call("start", "{\"id\":\"u\",\"function\":{\"name\":\"g\",\"arguments\":\"n\"}}"),
                "{\"type\":\"tool-call-end\",\"index\":1}",
                end("COMPLETE")))
        .containsExactly(
            BEGIN,
            new ChatEvent.CallBegin(0, 0, "t", "f", null),
            new ChatEvent.CallBegin(0, 1, "u", "g", null),
            new ChatEvent.CallArguments(0, 1, "n"),
            new ChatEvent.Stop(0, StopReason.TOOLS, null),
            new ChatEvent.End());
  }

  @Test
  void logprobsComeWithTheirText() {
    assertThat(
            Cohere.events(
                """
                {"type":"content-delta","delta":{"message":{"content":{"text":"a"}}},
                 "logprobs":{"token_ids":[1],"text":"a","logprobs":[-0.5]}}\
                """))
        .containsExactly(
            new ChatEvent.Begin(null, null),
            new ChatEvent.Text(0, "a"),
            new ChatEvent.Logprobs(0, List.of(new TokenLogprob("a", -0.5, List.of()))));
  }

  @Test
  void streamThatJustStopsHasNoEnd() {
    assertThat(Cohere.events(START, text("a"))).containsExactly(BEGIN, new ChatEvent.Text(0, "a"));
  }

  @Test
  void endsInErrorAreFailures() {
    assertThat(Cohere.events(START, text("a"), end("TIMEOUT"), text("b")).get(2))
        .isEqualTo(
            new ChatEvent.Failed(
                new ApiFailure(
                    ApiFailure.Kind.TIMEOUT, 0, "the model took too long", "TIMEOUT", null)));
    String told =
        "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"bad\"}}";
    assertThat(Cohere.events(START, told))
        .containsExactly(
            BEGIN,
            new ChatEvent.Failed(new ApiFailure(ApiFailure.Kind.SERVER, 0, "bad", "ERROR", null)));
  }

  @Test
  void errorsInsteadOfEventsAreFailures() {
    ChatEvent failed =
        new ChatEvent.Failed(new ApiFailure(ApiFailure.Kind.SERVER, 0, "no", null, null));
    assertThat(Cohere.events("{\"message\":\"no\"}", START)).containsExactly(failed);
    assertThat(Cohere.events("{\"type\":\"error\",\"message\":\"no\"}")).containsExactly(failed);
    assertThat(Cohere.events("{\"error\":{\"message\":\"no\"}}")).containsExactly(failed);
  }

  @Test
  void eventsOfAnotherKindDoNoHarm() {
    List<ChatEvent> events = new ArrayList<>();
    Cohere.DIALECT.events().event(StreamEvent.DONE, events::add);
    events.addAll(
        Cohere.events(
            "{\"type\":\"debug\"}",
            "{\"type\":\"content-delta\",\"delta\":7}",
            "{\"type\":\"tool-call-delta\",\"delta\":{\"message\":{\"tool_calls\":"
                + "{\"function\":{\"arguments\":\"x\"}}}}}",
            "{\"type\":\"citation-start\",\"delta\":{\"message\":{\"citations\":[]}}}"));
    assertThat(events).containsExactly(new ChatEvent.Begin(null, null));
  }
}
