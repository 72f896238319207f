// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of tools to which the provider gave no ids. */
class MissingIdsTest {

  private static final Pattern ID =
      Pattern.compile("\"(?:id|call_id|toolUseId)\":\"((?:call|toolu|tooluse)_[A-Za-z0-9_-]+)\"");

  private static List<String> ids(WireFormat caller) {
    String call =
        "{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}";
    String answer =
        "{\"message\":{\"tool_calls\":[%s,%s]},\"finish_reason\":\"TOOL_CALL\"}"
            .formatted(call, call);
    return found(
        Pairs.translation(caller, WireFormat.COHERE, false)
            .whole(200, Headers.EMPTY, answer.getBytes(StandardCharsets.UTF_8))
            .body());
  }

  private static List<String> streamed(WireFormat caller) {
    String call =
        """
        event: tool-call-start
        data: {"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":\
        {"type":"function","function":{"name":"weather","arguments":"{}"}}}}}

        """;
    String answer =
        """
        event: message-end
        data: {"type":"message-end","delta":{"finish_reason":"TOOL_CALL"}}

        """;
    return found(
        Pairs.through(
            Pairs.translation(caller, WireFormat.COHERE, true).stream(),
            (call + call + answer).getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> found(byte[] bytes) {
    List<String> ids = new ArrayList<>();
    Matcher id = ID.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    while (id.find()) {
      if (!ids.contains(id.group(1))) {
        ids.add(id.group(1));
      }
    }
    return ids;
  }

  @ParameterizedTest
  @CsvSource({"OPENAI", "OPENAI_RESPONSES", "ANTHROPIC", "GEMINI", "BEDROCK"})
  void everyCallOfEveryAnswerHasOneOfItsOwn(WireFormat caller) {
    Set<String> all = new HashSet<>();
    for (int answer = 0; answer < 2; answer++) {
      assertThat(ids(caller)).hasSize(2).allMatch(all::add);
      assertThat(streamed(caller)).hasSize(2).allMatch(all::add);
    }
  }
}
