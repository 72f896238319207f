// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConverseEventWriterTest {
  private static final ChatEvent BEGIN = new ChatEvent.Begin("id", "m");
  private static final String START = "messageStart {\"role\":\"assistant\"}";
  private static final String NOTHING_USED =
      "metadata {\"usage\":{\"inputTokens\":0,\"outputTokens\":0,\"totalTokens\":0},"
          + "\"metrics\":{\"latencyMs\":0}}";

  private static ChatEvent.CallBegin call(int number) {
    return new ChatEvent.CallBegin(0, number, "t" + number, "f" + number, null);
  }

  private static ChatEvent arguments(int number, String fragment) {
    return new ChatEvent.CallArguments(0, number, fragment);
  }

  private static String started(int index, int number) {
    return "contentBlockStart {\"contentBlockIndex\":"
        + index
        + ",\"start\":{\"toolUse\":"
        + "{\"toolUseId\":\"t"
        + number
        + "\",\"name\":\"f"
        + number
        + "\"}}}";
  }

  private static String input(int index, String fragment) {
    String text = fragment.replace("\"", "\\\"");
    return delta(index, "{\"toolUse\":{\"input\":\"" + text + "\"}}");
  }

  private static String delta(int index, String delta) {
    return "contentBlockDelta {\"contentBlockIndex\":" + index + ",\"delta\":" + delta + "}";
  }

  private static String stopped(int index) {
    return "contentBlockStop {\"contentBlockIndex\":" + index + "}";
  }

  @Test
  void blocksFollowOneAnother() {
    assertThat(
            Converse.streamed(
                "{}",
                BEGIN,
                new ChatEvent.Ping(),
                new ChatEvent.Thinking(0, "hm", Maker.ANTHROPIC),
                new ChatEvent.Signature(0, "s", Maker.ANTHROPIC),
                new ChatEvent.Text(0, "a"),
                new ChatEvent.Text(0, "b"),
                call(0),
                arguments(0, "{\"x\":"),
                arguments(0, "1}"),
                call(1),
                new ChatEvent.Stop(0, StopReason.TOOLS, null),
                new ChatEvent.UsageTold(
                    Usage.builder().input(10).cacheRead(4).cacheWrite(1).output(2).build()),
                new ChatEvent.End()))
        .containsExactly(
            START,
            delta(0, "{\"reasoningContent\":{\"text\":\"hm\"}}"),
            delta(0, "{\"reasoningContent\":{\"signature\":\"s\"}}"),
            stopped(0),
            delta(1, "{\"text\":\"a\"}"),
            delta(1, "{\"text\":\"b\"}"),
            stopped(1),
            started(2, 0),
            input(2, "{\"x\":"),
            input(2, "1}"),
            stopped(2),
            started(3, 1),
            input(3, "{}"),
            stopped(3),
            "messageStop {\"stopReason\":\"tool_use\"}",
            "metadata {\"usage\":{\"inputTokens\":5,\"outputTokens\":2,\"totalTokens\":12,"
                + "\"cacheReadInputTokens\":4,\"cacheWriteInputTokens\":1},"
                + "\"metrics\":{\"latencyMs\":0}}");
  }

  @Test
  void twoTextsStayTwo() {
    assertThat(
            Converse.streamed(
                "{}",
                new ChatEvent.Text(0, "a"),
                new ChatEvent.BlockEnd(0),
                new ChatEvent.BlockEnd(0),
                new ChatEvent.Refusal(0, "b")))
        .containsExactly(
            START, delta(0, "{\"text\":\"a\"}"), stopped(0), delta(1, "{\"text\":\"b\"}"));
  }

  @Test
  void redactedThoughtsAreBlocksOfTheirOwn() {
    assertThat(
            Converse.streamed(
                "{}",
                new ChatEvent.Thinking(0, "hm", Maker.ANTHROPIC),
                new ChatEvent.Redacted(0, "r", Maker.ANTHROPIC),
                new ChatEvent.Thinking(0, "ha", Maker.OPENAI),
                new ChatEvent.Signature(0, "s", Maker.OPENAI),
                new ChatEvent.Redacted(0, "q", Maker.OPENAI)))
        .containsExactly(
            START,
            delta(0, "{\"reasoningContent\":{\"text\":\"hm\"}}"),
            stopped(0),
            delta(1, "{\"reasoningContent\":{\"redactedContent\":\"r\"}}"),
            stopped(1),
            delta(2, "{\"reasoningContent\":{\"text\":\"ha\"}}"));
  }

  @Test
  void otherChoicesAreLeftOut() {
    assertThat(
            Converse.streamed(
                "{}",
                BEGIN,
                new ChatEvent.Text(1, "b"),
                new ChatEvent.CallBegin(1, 0, "t", "f", null),
                new ChatEvent.Stop(1, StopReason.END, null)))
        .containsExactly(START);
  }

  @Test
  void endIsWholeEvenIfNothingWasSaid() {
    assertThat(Converse.streamed("{}", new ChatEvent.End()))
        .containsExactly(START, "messageStop {\"stopReason\":\"end_turn\"}", NOTHING_USED);
  }

  @Test
  void appsGetWhatTheyAskedFor() {
    String asked =
        """
        {"additionalModelResponseFieldPaths":["/stop_sequence"],
         "messages":[{"content":[{"document":{"citations":{"enabled":true}}}]}]}\
        """;
    ChatEvent[] events = {
      new ChatEvent.Text(0, "a"),
      new ChatEvent.Cited(0, new Citation("http://x", "t", null, -1, -1)),
      new ChatEvent.Stop(0, StopReason.STOP_SEQUENCE, "X")
    };
    assertThat(Converse.streamed(asked, events))
        .containsExactly(
            START,
            delta(0, "{\"text\":\"a\"}"),
            delta(
                0,
                "{\"citation\":{\"title\":\"t\",\"location\":{\"web\":{\"url\":\"http://x\"}}}}"),
            stopped(0),
            "messageStop {\"stopReason\":\"stop_sequence\","
                + "\"additionalModelResponseFields\":{\"stop_sequence\":\"X\"}}");
    assertThat(Converse.streamed("{}", events))
        .containsExactly(
            START,
            delta(0, "{\"text\":\"a\"}"),
            stopped(0),
            "messageStop {\"stopReason\":\"stop_sequence\"}");
  }

  @Test
  void failureInTheMiddleIsAnException() {
    ApiFailure failure =
        new ApiFailure(ApiFailure.Kind.OVERLOADED, 0, "busy", "overloaded_error", null);
    assertThat(Converse.streamed("{}", new ChatEvent.Text(0, "a"), new ChatEvent.Failed(failure)))
        .containsExactly(
            START,
            delta(0, "{\"text\":\"a\"}"),
            "exception:serviceUnavailableException {\"message\":\"busy\"}");
  }

  @Test
  void whatIsWrittenIsReadTheSame() {
    List<String> out =
        Converse.streamed(
            "{}",
            BEGIN,
            new ChatEvent.Text(0, "é\uD83D\uDE00"),
            call(0),
            arguments(0, "{\"x\":1}"),
            new ChatEvent.Stop(0, StopReason.TOOLS, null),
            new ChatEvent.End());
    assertThat(Converse.events(true, out.toArray(String[]::new)))
        .containsExactly(
            new ChatEvent.Begin(null, null),
            new ChatEvent.Text(0, "é\uD83D\uDE00"),
            new ChatEvent.BlockEnd(0),
            call(0),
            arguments(0, "{\"x\":1}"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Stop(0, StopReason.TOOLS, null),
            new ChatEvent.UsageTold(Usage.builder().input(0).output(0).build()),
            new ChatEvent.End());
  }
}
