// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
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

class MessagesEventReaderTest {

  private static final String START =
      """
      {"type":"message_start","message":{"id":"msg_1","model":"claude-x","usage":
       {"input_tokens":10,"cache_read_input_tokens":100,"output_tokens":1}}}
      """;
  private static final String END_TURN =
      """
      {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},
       "usage":{"output_tokens":7}}
      """;
  private static final String STOP = "{\"type\":\"message_stop\"}";

  @Test
  void aTextIsReadPieceByPiece() {
    assertThat(
            read(
                START,
                block(0, "{\"type\":\"text\",\"text\":\"\"}"),
                "{\"type\":\"ping\"}",
                delta(0, "{\"type\":\"text_delta\",\"text\":\"Zü\"}"),
                delta(0, "{\"type\":\"text_delta\",\"text\":\"rich\"}"),
                stop(0),
                END_TURN,
                STOP))
        .containsExactly(
            new ChatEvent.Begin("msg_1", "claude-x"),
            new ChatEvent.UsageTold(usage(110, 1)),
            new ChatEvent.Ping(),
            new ChatEvent.Text(0, "Zü"),
            new ChatEvent.Text(0, "rich"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Stop(0, StopReason.END, null),
            new ChatEvent.UsageTold(usage(110, 7)),
            new ChatEvent.End());
  }

  @Test
  void laterCountsReplaceAndAddToNone() {
    List<ChatEvent> events =
        read(
            START,
            """
            {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":
             {"input_tokens":12,"cache_read_input_tokens":100,"cache_creation_input_tokens":null,
              "output_tokens":7}}
            """);
    assertThat(events).last().isEqualTo(new ChatEvent.UsageTold(usage(112, 7)));
  }

  @Test
  void thoughtsComeWithTheirSignatures() {
    assertThat(
            read(
                block(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
                delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"Hm\"}"),
                delta(0, "{\"type\":\"signature_delta\",\"signature\":\"si\"}"),
                delta(0, "{\"type\":\"signature_delta\",\"signature\":\"g\"}"),
                stop(0),
                block(1, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"only\"}"),
                stop(1),
                block(2, "{\"type\":\"redacted_thinking\",\"data\":\"xyz\"}"),
                stop(2)))
        .containsExactly(
            new ChatEvent.Thinking(0, "Hm", Maker.ANTHROPIC),
            new ChatEvent.Signature(0, "sig", Maker.ANTHROPIC),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Signature(0, "only", Maker.ANTHROPIC),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Redacted(0, "xyz", Maker.ANTHROPIC),
            new ChatEvent.BlockEnd(0));
  }

  @Test
  void callsAreCountedRatherThanBlocks() {
    assertThat(
            read(
                block(0, "{\"type\":\"text\",\"text\":\"Let me\"}"),
                stop(0),
                block(1, "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"t\",\"input\":{}}"),
                delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"\"}"),
                delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"x\\\":\"}"),
                delta(1, "{\"type\":\"input_json_delta\",\"partial_json\":\"1}\"}"),
                stop(1),
                block(2, "{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"u\",\"input\":{}}"),
                stop(2),
                block(3, "{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"u\",\"input\":{\"y\":2}}"),
                stop(3)))
        .containsExactly(
            new ChatEvent.Text(0, "Let me"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.CallBegin(0, 0, "a", "t", null),
            new ChatEvent.CallArguments(0, 0, "{\"x\":"),
            new ChatEvent.CallArguments(0, 0, "1}"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.CallBegin(0, 1, "b", "u", null),
            new ChatEvent.CallArguments(0, 1, "{}"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.CallBegin(0, 2, "c", "u", null),
            new ChatEvent.CallArguments(0, 2, "{\"y\":2}"),
            new ChatEvent.BlockEnd(0));
  }

  @Test
  void citationsFollowTheirText() {
    assertThat(
            read(
                block(0, "{\"type\":\"text\",\"text\":\"\",\"citations\":[]}"),
                delta(
                    0,
                    """
                    {"type":"citations_delta","citation":{"type":"web_search_result_location",
                     "url":"https://x","title":"X","cited_text":"dos"}}
                    """),
                delta(0, "{\"type\":\"text_delta\",\"text\":\"Two.\"}"),
                stop(0)))
        .containsExactly(
            new ChatEvent.Text(0, "Two."),
            new ChatEvent.Cited(0, new Citation("https://x", "X", "dos", 0, 4)),
            new ChatEvent.BlockEnd(0));
  }

  @Test
  void whatRunsAtTheProviderIsNotShown() {
    assertThat(
            read(
                block(0, "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\"}"),
                delta(0, "{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}"),
                stop(0),
                block(1, "{\"type\":\"web_search_tool_result\",\"content\":[]}"),
                stop(1)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, END",
    "stop_sequence, STOP_SEQUENCE",
    "max_tokens, LENGTH",
    "tool_use, TOOLS",
    "pause_turn, PAUSE",
    "model_context_window_exceeded, CONTEXT_FULL",
    "something_new, UNKNOWN",
  })
  void reasonsToStopAreRead(String word, StopReason reason) {
    assertThat(
            read(
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""
                    + word
                    + "\",\"stop_sequence\":\"X\"}}"))
        .containsExactly(new ChatEvent.Stop(0, reason, "X"));
  }

  @Test
  void aCallThatEndsPlainlyIsACall() {
    assertThat(
            read(
                block(0, "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"t\"}"),
                stop(0),
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}"))
        .last()
        .isEqualTo(new ChatEvent.Stop(0, StopReason.TOOLS, null));
  }

  @Test
  void aRefusalIsExplained() {
    assertThat(
            read(
                """
                {"type":"message_delta","delta":{"stop_reason":"refusal",
                 "stop_details":{"type":"refusal","explanation":"No."}}}
                """))
        .containsExactly(
            new ChatEvent.Refusal(0, "No."), new ChatEvent.Stop(0, StopReason.REFUSAL, null));
  }

  @Test
  void noReasonYetIsNone() {
    assertThat(read("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":null}}")).isEmpty();
  }

  @Test
  void anErrorEndsIt() {
    assertThat(
            read(
                START,
                """
                {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}
                """,
                END_TURN,
                STOP))
        .last()
        .isEqualTo(
            new ChatEvent.Failed(
                new ApiFailure(
                    ApiFailure.Kind.OVERLOADED, 0, "Overloaded", "overloaded_error", null)));
  }

  @Test
  void anErrorOfGooglesEndsIt() {
    assertThat(read("{\"error\":{\"code\":503,\"message\":\"No\",\"status\":\"UNAVAILABLE\"}}"))
        .containsExactly(
            new ChatEvent.Failed(
                new ApiFailure(ApiFailure.Kind.OVERLOADED, 503, "No", "UNAVAILABLE", null)));
  }

  @Test
  void aStreamThatJustStopsHasNoEnd() {
    EventReader reader = Trees.DIALECT.events();
    Trees.events(reader, START, block(0, "{\"type\":\"text\",\"text\":\"Hi\"}"));
    assertThat(end(reader)).isEmpty();
  }

  @Test
  void aServerThatSaidWhyItStoppedNeedNotSayThatItDid() {
    EventReader reader = Trees.DIALECT.events();
    Trees.events(reader, START, END_TURN);
    assertThat(end(reader)).containsExactly(new ChatEvent.End());
    assertThat(end(reader)).isEmpty();
  }

  @Test
  void theEndIsToldOnce() {
    EventReader reader = Trees.DIALECT.events();
    assertThat(Trees.events(reader, START, END_TURN, STOP, STOP))
        .filteredOn(ChatEvent.End.class::isInstance)
        .hasSize(1);
    assertThat(end(reader)).isEmpty();
  }

  @Test
  void aBlockThatIsNeverEndedEndsWithTheMessage() {
    assertThat(
            read(
                block(0, "{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"\"}"),
                delta(0, "{\"type\":\"signature_delta\",\"signature\":\"sig\"}"),
                END_TURN))
        .startsWith(
            new ChatEvent.Thinking(0, "Hm", Maker.ANTHROPIC),
            new ChatEvent.Signature(0, "sig", Maker.ANTHROPIC),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Stop(0, StopReason.END, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\":\"something_new\",\"x\":1}",
        "{\"type\":7}",
        "{\"type\":\"content_block_start\",\"index\":\"x\",\"content_block\":[]}",
        "{\"type\":\"content_block_delta\"}",
        "{\"type\":\"content_block_delta\",\"index\":3,\"delta\":{\"type\":\"new_delta\"}}",
        "{\"type\":\"content_block_stop\",\"index\":9}",
        "{\"type\":\"message_delta\",\"delta\":3,\"usage\":\"x\"}",
      })
  void whatIsNotKnownIsPassedOver(String event) {
    assertThat(read(event)).isEmpty();
  }

  private static List<ChatEvent> read(String... documents) {
    return Trees.events(Trees.DIALECT.events(), documents);
  }

  private static List<ChatEvent> end(EventReader reader) {
    List<ChatEvent> events = new ArrayList<>();
    reader.event(StreamEvent.DONE, events::add);
    reader.end(events::add);
    return events;
  }

  private static String block(int index, String block) {
    return "{\"type\":\"content_block_start\",\"index\":"
        + index
        + ",\"content_block\":"
        + block
        + "}";
  }

  private static String delta(int index, String delta) {
    return "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}";
  }

  private static String stop(int index) {
    return "{\"type\":\"content_block_stop\",\"index\":" + index + "}";
  }

  private static Usage usage(long input, long output) {
    return Usage.builder().input(input).cacheRead(100).output(output).build();
  }
}
