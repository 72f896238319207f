// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.StopReason;
import org.junit.jupiter.api.Test;

class ConverseCallsTest {

  private static final ChatEvent BEGIN = new ChatEvent.Begin("id", "m");
  private static final String START = "messageStart {\"role\":\"assistant\"}";

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
  void callsThatComeMixedGoOutOneAfterTheOther() {
    assertThat(
            Converse.streamed(
                "{}",
                BEGIN,
                call(0),
                arguments(0, "{\"x\":\"}"),
                call(1),
                arguments(1, "{\"y\":"),
                arguments(0, "{\\\"\"}"),
                arguments(1, "2}"),
                call(2),
                arguments(2, "{}"),
                new ChatEvent.Stop(0, StopReason.END, null)))
        .containsExactly(
            START,
            started(0, 0),
            input(0, "{\"x\":\"}"),
            delta(0, "{\"toolUse\":{\"input\":\"{\\\\\\\"\\\"}\"}}"),
            stopped(0),
            started(1, 1),
            input(1, "{\"y\":"),
            input(1, "2}"),
            stopped(1),
            started(2, 2),
            input(2, "{}"),
            stopped(2),
            "messageStop {\"stopReason\":\"tool_use\"}");
  }

  @Test
  void callWithoutArgumentsStreamsAnEmptyObject() {
    assertThat(
            Converse.streamed(
                "{}",
                BEGIN,
                call(0),
                new ChatEvent.BlockEnd(0),
                call(1),
                arguments(1, "{}"),
                new ChatEvent.BlockEnd(0)))
        .containsExactly(
            START,
            started(0, 0),
            input(0, "{}"),
            stopped(0),
            started(1, 1),
            input(1, "{}"),
            stopped(1));
  }
}
