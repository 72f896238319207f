// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

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

class ConverseEventReaderTest {

  private static final String START = "messageStart {\"role\":\"assistant\",\"p\":\"abc\"}";
  private static final String STOP = "messageStop {\"stopReason\":\"end_turn\"}";
  private static final String METADATA =
      "metadata {\"usage\":{\"inputTokens\":1,\"outputTokens\":2,\"cacheReadInputTokens\":3},"
          + "\"metrics\":{\"latencyMs\":5}}";

  private static final ChatEvent BEGIN = new ChatEvent.Begin(null, null);
  private static final ChatEvent ENDED = new ChatEvent.Stop(0, StopReason.END, null);
  private static final ChatEvent TOLD =
      new ChatEvent.UsageTold(Usage.builder().input(4).cacheRead(3).output(2).build());

  private static String delta(int index, String delta) {
    return "contentBlockDelta {\"contentBlockIndex\":" + index + ",\"delta\":" + delta + "}";
  }

  private static String stop(int index) {
    return "contentBlockStop {\"contentBlockIndex\":" + index + "}";
  }

  @Test
  void textThinkingAndCallsCome() {
    List<ChatEvent> events =
        Converse.events(
            true,
            START,
            delta(0, "{\"reasoningContent\":{\"text\":\"hm\"}}"),
            delta(0, "{\"reasoningContent\":{\"signature\":\"s1\"}}"),
            delta(0, "{\"reasoningContent\":{\"signature\":\"s2\"}}"),
            stop(0),
            delta(1, "{\"reasoningContent\":{\"redactedContent\":\"r\"}}"),
            stop(1),
            delta(2, "{\"text\":\"a\"}"),
            delta(2, "{\"text\":\"\"}"),
            stop(2),
            "contentBlockStart {\"contentBlockIndex\":3,\"start\":{\"toolUse\":"
                + "{\"toolUseId\":\"t1\",\"name\":\"f\"}}}",
            delta(3, "{\"toolUse\":{\"input\":\"\"}}"),
            delta(3, "{\"toolUse\":{\"input\":\"{\\\"a\\\":\"}}"),
            delta(3, "{\"toolUse\":{\"input\":\"1}\"}}"),
            stop(3),
            "contentBlockStart {\"contentBlockIndex\":4,\"start\":{\"toolUse\":"
                + "{\"toolUseId\":\"t2\",\"name\":\"g\"}}}",
            stop(4),
            "messageStop {\"stopReason\":\"tool_use\"}",
            METADATA);
    assertThat(events)
        .containsExactly(
            BEGIN,
            new ChatEvent.Thinking(0, "hm", Maker.ANTHROPIC),
            new ChatEvent.Signature(0, "s1s2", Maker.ANTHROPIC),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Redacted(0, "r", Maker.ANTHROPIC),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Text(0, "a"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.CallBegin(0, 0, "t1", "f", null),
            new ChatEvent.CallArguments(0, 0, "{\"a\":"),
            new ChatEvent.CallArguments(0, 0, "1}"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.CallBegin(0, 1, "t2", "g", null),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Stop(0, StopReason.TOOLS, null),
            TOLD,
            new ChatEvent.End());
  }

  @Test
  void whatOthersThinkIsNotClaudes() {
    assertThat(
            Converse.events(
                Converse.DIALECT.by(Maker.OTHER),
                false,
                START,
                delta(0, "{\"reasoningContent\":{\"text\":\"hm\"}}"),
                stop(0)))
        .containsExactly(
            BEGIN, new ChatEvent.Thinking(0, "hm", Maker.OTHER), new ChatEvent.BlockEnd(0));
    assertThat(
            Converse.events(
                Converse.DIALECT, false, delta(0, "{\"reasoningContent\":{\"text\":\"hm\"}}")))
        .contains(new ChatEvent.Thinking(0, "hm", Maker.OTHER));
  }

  @Test
  void usageMayComeBeforeTheStop() {
    assertThat(Converse.events(true, START, METADATA, STOP))
        .containsExactly(BEGIN, TOLD, ENDED, new ChatEvent.End());
  }

  @Test
  void streamWithoutUsageEndsWithItsBytes() {
    assertThat(Converse.events(false, START, STOP)).containsExactly(BEGIN, ENDED);
    assertThat(Converse.events(true, START, STOP))
        .containsExactly(BEGIN, ENDED, new ChatEvent.End());
  }

  @Test
  void streamThatJustStopsHasNoEnd() {
    assertThat(Converse.events(true, START, delta(0, "{\"text\":\"a\"}")))
        .containsExactly(BEGIN, new ChatEvent.Text(0, "a"));
    assertThat(Converse.events(true, START, METADATA)).containsExactly(BEGIN, TOLD);
    assertThat(Converse.events(true)).isEmpty();
  }

  @Test
  void contentBeforeTheStartBeginsToo() {
    assertThat(Converse.events(false, delta(0, "{\"text\":\"a\"}"), START))
        .containsExactly(BEGIN, new ChatEvent.Text(0, "a"));
  }

  @Test
  void citationsAndStopSequencesAreTold() {
    assertThat(
            Converse.events(
                false,
                START,
                delta(0, "{\"text\":\"a\"}"),
                delta(0, "{\"citation\":{\"title\":\"t\",\"sourceContent\":[{\"text\":\"q\"}]}}"),
                "messageStop {\"stopReason\":\"stop_sequence\","
                    + "\"additionalModelResponseFields\":{\"stop_sequence\":\"X\"}}"))
        .containsExactly(
            BEGIN,
            new ChatEvent.Text(0, "a"),
            new ChatEvent.Cited(0, new Citation(null, "t", "q", -1, -1)),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Stop(0, StopReason.STOP_SEQUENCE, "X"));
  }

  @ParameterizedTest
  @CsvSource({
    "throttlingException,RATE_LIMIT",
    "serviceUnavailableException,OVERLOADED",
    "internalServerException,SERVER",
    "modelStreamErrorException,SERVER",
    "modelTimeoutException,TIMEOUT",
    "validationException,BAD_REQUEST",
    "somethingNewException,SERVER",
    "error,SERVER"
  })
  void exceptionsFailTheStream(String name, ApiFailure.Kind kind) {
    List<ChatEvent> events =
        Converse.events(true, START, name + " {\"type\":\"error\",\"message\":\"m\"}", STOP);
    assertThat(events).hasSize(2);
    assertThat(events.get(1))
        .isInstanceOfSatisfying(
            ChatEvent.Failed.class,
            it -> {
              assertThat(it.failure().kind()).isEqualTo(kind);
              assertThat(it.failure().message()).isEqualTo("m");
            });
  }

  @Test
  void eventsOfAnotherKindDoNoHarm() {
    EventReader reader = Converse.DIALECT.events();
    List<ChatEvent> events = new ArrayList<>();
    reader.event(StreamEvent.DONE, events::add);
    for (String line :
        List.of(
            "newEvent {\"a\":1}",
            "contentBlockStart {\"start\":{\"image\":{\"format\":\"png\"}}}",
            "contentBlockStart {\"start\":4}",
            delta(9, "{\"toolUse\":{\"input\":\"x\"}}"),
            delta(9, "{\"toolUse\":[],\"text\":4,\"reasoningContent\":\"\"}"),
            "contentBlockDelta {\"delta\":null}",
            stop(9),
            "metadata {\"usage\":7}")) {
      int space = line.indexOf(' ');
      reader.event(
          new StreamEvent(line.substring(0, space), Converse.tree(line.substring(space + 1))),
          events::add);
    }
    assertThat(events).containsExactly(BEGIN);
  }
}
