// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import static io.headgate.translate.openai.ChatJson.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.translate.EventReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEventReaderTest {

  private static final ChatEvent BEGIN = new ChatEvent.Begin("i", "m");

  private static final ChatEvent END = new ChatEvent.End();

  /** A chunk of one choice. */
  private static String chunk(String choice) {
    return "{\"id\":\"i\",\"model\":\"m\",\"choices\":[{\"index\":0," + choice + "}]}";
  }

  private static String delta(String delta) {
    return chunk("\"delta\":{" + delta + "},\"finish_reason\":null");
  }

  private static String calls(String calls) {
    return delta("\"tool_calls\":[" + calls + "]");
  }

  private static String finish(String word) {
    return chunk("\"delta\":{},\"finish_reason\":\"" + word + "\"");
  }

  private static ChatEvent text(String text) {
    return new ChatEvent.Text(0, text);
  }

  private static ChatEvent stop(StopReason reason) {
    return new ChatEvent.Stop(0, reason, null);
  }

  private static List<ChatEvent> callsOf(List<ChatEvent> events) {
    return events.stream()
        .filter(
            event ->
                event instanceof ChatEvent.CallBegin || event instanceof ChatEvent.CallArguments)
        .toList();
  }

  private static ChatEvent begin(int call, String id, String name) {
    return new ChatEvent.CallBegin(0, call, id, name, null);
  }

  private static ChatEvent arguments(int call, String fragment) {
    return new ChatEvent.CallArguments(0, call, fragment);
  }

  @Test
  void aPlainStreamIsRead() {
    assertThat(
            events(
                delta("\"role\":\"assistant\",\"content\":\"\""),
                chunk("\"delta\":{\"content\":\"hi\"},\"obfuscation\":\"xyz\""),
                delta("\"content\":\" you\""),
                finish("stop"),
                """
                {"id":"i","model":"m","choices":[],
                 "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}
                """,
                "[DONE]"))
        .containsExactly(
            BEGIN,
            text("hi"),
            text(" you"),
            stop(StopReason.END),
            new ChatEvent.UsageTold(Usage.builder().input(3).output(2).build()),
            END);
  }

  @Test
  void azuresChunksWithoutChoicesOrDeltaAreNoHarm() {
    assertThat(
            events(
                """
                {"id":"","model":"","object":"","choices":[],
                 "prompt_filter_results":[{"prompt_index":0}]}
                """,
                delta("\"role\":\"assistant\",\"content\":\"\""),
                delta("\"content\":\"hi\""),
                chunk("\"content_filter_offsets\":{\"check_offset\":1},\"finish_reason\":null"),
                chunk("\"delta\":null,\"finish_reason\":null"),
                finish("stop"),
                "[DONE]"))
        .containsExactly(BEGIN, text("hi"), stop(StopReason.END), END);
  }

  @Test
  void usageIsFoundAnywhereAndTheLastOneCounts() {
    List<ChatEvent> events =
        events(
            """
            {"id":"i","model":"m","choices":[{"index":0,"delta":{"content":"a"}}],
             "usage":{"prompt_tokens":3,"completion_tokens":1}}
            """,
            """
            {"id":"i","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],
             "usage":null,"x_groq":{"usage":{"prompt_tokens":3,"completion_tokens":2}}}
            """,
            "{\"choices\":[],\"usage\":null}");
    assertThat(events)
        .filteredOn(ChatEvent.UsageTold.class::isInstance)
        .containsExactly(
            new ChatEvent.UsageTold(Usage.builder().input(3).output(1).build()),
            new ChatEvent.UsageTold(Usage.builder().input(3).output(2).build()));
  }

  @Test
  void callsAreNumberedAsTheyCome() {
    assertThat(
            callsOf(
                events(
                    calls(
                        "{\"index\":0,\"id\":\"a\",\"type\":\"function\","
                            + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                    calls("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}"),
                    calls("{\"index\":0,\"function\":{\"arguments\":\":1}\"}}"),
                    calls("{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\"}}"),
                    calls("{\"index\":1,\"function\":{\"arguments\":\"{}\"}}"))))
        .containsExactly(
            begin(0, "a", "f"),
            arguments(0, "{\"x\""),
            arguments(0, ":1}"),
            begin(1, "b", "g"),
            arguments(1, "{}"));
  }

  @Test
  void wholeCallsInOneDeltaAreCalls() {
    assertThat(
            callsOf(
                events(
                    calls(
                        "{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                            + "{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":{\"x\":1}}}"))))
        .containsExactly(
            begin(0, "a", "f"), arguments(0, "{}"), begin(1, "b", "g"), arguments(1, "{\"x\":1}"));
  }

  @Test
  void callsThatAllHaveIndexZeroAreToldApartByTheirIds() {
    assertThat(
            callsOf(
                events(
                    calls("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\"}}"),
                    calls("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":1}\"}}"),
                    calls("{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"f\"}}"),
                    calls("{\"index\":0,\"function\":{\"arguments\":\"{\\\"y\\\":2}\"}}"))))
        .containsExactly(
            begin(0, "a", "f"),
            arguments(0, "{\"x\":1}"),
            begin(1, "b", "f"),
            arguments(1, "{\"y\":2}"));
  }

  @Test
  void callsWithoutIdsAtOneIndexAreToldApartByTheirArguments() {
    List<ChatEvent> calls =
        callsOf(
            events(
                calls(
                    "{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\\\"}\\\\\\\"\"}}"),
                calls("{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"\\\"}\"}}"),
                calls("{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")));
    assertThat(calls).filteredOn(ChatEvent.CallBegin.class::isInstance).hasSize(2);
    assertThat(calls)
        .filteredOn(ChatEvent.CallArguments.class::isInstance)
        .extracting(event -> ((ChatEvent.CallArguments) event).call())
        .containsExactly(0, 0, 1);
    assertThat(calls)
        .filteredOn(ChatEvent.CallBegin.class::isInstance)
        .extracting(event -> ((ChatEvent.CallBegin) event).id())
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("call_[0-9a-f]{16}"));
  }

  @Test
  void idAndNameThatComeWithEveryDeltaAreOneCall() {
    assertThat(
            callsOf(
                events(
                    calls(
                        "{\"index\":0,\"id\":\"a\",\"function\":"
                            + "{\"name\":\"f\",\"arguments\":\"{\"}}"),
                    calls(
                        "{\"index\":0,\"id\":\"a\",\"function\":"
                            + "{\"name\":\"f\",\"arguments\":\"}\"}}"))))
        .containsExactly(begin(0, "a", "f"), arguments(0, "{"), arguments(0, "}"));
  }

  @Test
  void argumentsWithoutAnIndexAreTheLastCalls() {
    assertThat(
            callsOf(
                events(
                    calls("{\"id\":\"a\",\"function\":{\"name\":\"f\"}}"),
                    calls("{\"function\":{\"arguments\":\"{}\"}}"),
                    calls("{\"index\":5,\"id\":\"\",\"function\":{\"arguments\":\" \"}}"))))
        .containsExactly(begin(0, "a", "f"), arguments(0, "{}"), arguments(0, " "));
  }

  @Test
  void aLegacyCallIsACall() {
    List<ChatEvent> events =
        events(
            delta("\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}"),
            delta("\"function_call\":{\"arguments\":\"{}\"}"),
            finish("function_call"));
    assertThat(callsOf(events)).hasSize(2).contains(arguments(0, "{}"));
    assertThat(events).contains(stop(StopReason.TOOLS));
  }

  @Test
  void geminisSignatureComesWithItsCall() {
    assertThat(
            callsOf(
                events(
                    calls(
                        "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\"},"
                            + "\"extra_content\":{\"google\":{\"thought_signature\":\"s\"}}}"))))
        .containsExactly(new ChatEvent.CallBegin(0, 0, "a", "f", "s"));
  }

  @ParameterizedTest
  @CsvSource({"stop, TOOLS", "tool_calls, TOOLS", "length, LENGTH", "content_filter, FILTER"})
  void callsOfAnEarlierChunkMakeAStopOneForTools(String word, StopReason stop) {
    assertThat(
            events(calls("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\"}}"), finish(word)))
        .contains(stop(stop));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"reasoning_content\":\"hm\"",
        "\"reasoning\":\"hm\"",
        "\"reasoning_content\":\"hm\",\"reasoning\":\"hm\"",
        "\"reasoning\":\"hm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\"}]",
        "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]}]",
      })
  void thoughtIsFoundOnceInAllItsPlaces(String members) {
    assertThat(events(delta(members), delta("\"content\":\"yes\",\"reasoning_content\":null")))
        .containsExactly(BEGIN, new ChatEvent.Thinking(0, "hm", Maker.OTHER), text("yes"));
  }

  @Test
  void signaturesOfThoughtsAreTold() {
    assertThat(
            events(
                delta("\"reasoning_content\":\"hm\""),
                delta("\"thinking_blocks\":[{\"type\":\"thinking\",\"signature\":\"s\"}]"),
                delta("\"thinking_blocks\":[{\"type\":\"redacted_thinking\",\"data\":\"d\"}]")))
        .containsExactly(
            BEGIN,
            new ChatEvent.Thinking(0, "hm", Maker.OTHER),
            new ChatEvent.Signature(0, "s", Maker.ANTHROPIC),
            new ChatEvent.Redacted(0, "d", Maker.ANTHROPIC));
  }

  @Test
  void refusalsCitationsAndLogprobsAreTold() {
    assertThat(
            events(
                chunk(
                    "\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":"
                        + "[{\"token\":\"a\",\"logprob\":-1,\"top_logprobs\":[]}]}"),
                delta(
                    "\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":"
                        + "{\"url\":\"https://x\",\"title\":\"X\",\"start_index\":0,\"end_index\":1}}]"),
                delta("\"refusal\":\"no\""),
                finish("stop")))
        .containsExactly(
            BEGIN,
            text("a"),
            new ChatEvent.Logprobs(0, List.of(new ChatAnswer.TokenLogprob("a", -1, List.of()))),
            new ChatEvent.Cited(0, new Citation("https://x", "X", null, 0, 1)),
            new ChatEvent.Refusal(0, "no"),
            stop(StopReason.REFUSAL),
            END);
  }

  @Test
  void pagesThatComeWithEveryChunkAreCitedOnce() {
    String pages = "\"citations\":[\"https://x\"]}";
    assertThat(
            events(
                "{\"id\":\"i\",\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\"}}],"
                    + pages,
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]," + pages,
                "{\"choices\":[]," + pages,
                "[DONE]"))
        .filteredOn(ChatEvent.Cited.class::isInstance)
        .containsExactly(new ChatEvent.Cited(0, new Citation("https://x", null, null, -1, -1)));
  }

  @Test
  void theStopSequenceThatCameIsTold() {
    assertThat(
            events(
                chunk(
                    "\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\",\"stop_reason\":\"#\"")))
        .contains(new ChatEvent.Stop(0, StopReason.STOP_SEQUENCE, "#"));
  }

  @Test
  void severalChoicesAreToldApart() {
    assertThat(
            events(
                """
                {"id":"i","model":"m","choices":[{"index":1,"delta":{"content":"b"}},
                  {"index":0,"delta":{"content":"a"}}]}
                """,
                """
                {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
                """,
                """
                {"choices":[{"index":1,"delta":{},"finish_reason":"length"}]}
                """))
        .containsExactly(
            BEGIN,
            new ChatEvent.Text(1, "b"),
            text("a"),
            stop(StopReason.END),
            new ChatEvent.Stop(1, StopReason.LENGTH, null),
            END);
  }

  @Test
  void aChoiceEndsOnce() {
    assertThat(events(delta("\"content\":\"a\""), finish("stop"), finish("stop"), "[DONE]"))
        .containsExactly(BEGIN, text("a"), stop(StopReason.END), END);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"error\":{\"message\":\"slow\",\"code\":429}}', RATE_LIMIT",
    "'{\"error\":{\"message\":\"slow\",\"type\":\"overloaded_error\"}}', OVERLOADED",
    "'{\"error\":\"slow\"}', SERVER",
    "'{\"object\":\"error\",\"message\":\"slow\"}', SERVER",
    "'{\"id\":\"i\",\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}],"
        + "\"error\":{\"code\":502,\"message\":\"slow\"}}', SERVER",
    "'{\"choices\":[{\"index\":0,\"error\":{\"code\":503,\"message\":\"slow\"}}]}', OVERLOADED",
    "'{\"choices\":[],\"x_groq\":{\"error\":\"slow\"}}', SERVER",
  })
  void anErrorInTheMiddleIsTheEnd(String chunk, ApiFailure.Kind kind) {
    List<ChatEvent> events =
        events(delta("\"content\":\"a\""), chunk, delta("\"content\":\"b\""), "[DONE]");
    assertThat(events).hasSize(3).startsWith(BEGIN, text("a"));
    ApiFailure failure = ((ChatEvent.Failed) events.get(2)).failure();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.message()).isEqualTo("slow");
  }

  @Test
  void anEventNamedErrorIsOne() {
    List<ChatEvent> events = new ArrayList<>();
    EventReader reader = ChatJson.DIALECT.events();
    reader.event(new StreamEvent("error", ChatJson.tree("{\"message\":\"slow\"}")), events::add);
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            ChatEvent.Failed.class,
            failed -> assertThat(failed.failure().message()).isEqualTo("slow"));
  }

  @Test
  void aStreamThatJustStopsHasNoEnd() {
    assertThat(events(delta("\"content\":\"a\""))).containsExactly(BEGIN, text("a"));
    assertThat(events()).isEmpty();
    assertThat(events("[DONE]")).isEmpty();
  }

  @Test
  void withoutDoneAFinishReasonIsEnough() {
    assertThat(events(delta("\"content\":\"a\""), finish("stop"))).endsWith(END);
  }

  @Test
  void withoutAFinishReasonDoneIsEnough() {
    assertThat(events(delta("\"content\":\"a\""), "[DONE]"))
        .containsExactly(BEGIN, text("a"), stop(StopReason.UNKNOWN), END);
  }

  @Test
  void anEmptyChunkIsASignOfLife() {
    assertThat(events(delta("\"content\":\"a\""), "{}", "{\"choices\":[]}"))
        .containsExactly(BEGIN, text("a"), new ChatEvent.Ping(), new ChatEvent.Ping());
  }
}
