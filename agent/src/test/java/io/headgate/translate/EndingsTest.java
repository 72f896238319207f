// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that ended as no answer does. */
class EndingsTest {

  private static final Part TEXT = new Part.Text("half");
  private static final Part THOUGHT = new Part.Thinking("hm", null, null, Maker.GOOGLE);

  private static ChatAnswer answer(StopReason stop, Part... parts) {
    return new ChatAnswer(
        "id",
        "m",
        List.of(new ChatAnswer.Choice(List.of(parts), stop, null, List.of())),
        Usage.builder().build());
  }

  private static List<ChatEvent> events(ChatAnswer answer) {
    List<ChatEvent> out = new ArrayList<>();
    Consumer<ChatEvent> in = Endings.events(out::add);
    AnswerEvents.of(answer, in);
    return out;
  }

  private static void fails(ChatAnswer answer) {
    assertThatThrownBy(() -> Endings.checked(answer))
        .isInstanceOfSatisfying(
            Unreadable.class,
            e -> assertThat(e.failure().kind()).isEqualTo(ApiFailure.Kind.SERVER));
    List<ChatEvent> events = events(answer);
    assertThat(events.get(events.size() - 1)).isInstanceOf(ChatEvent.Failed.class);
    assertThat(events).doesNotHaveAnyElementsOfTypes(ChatEvent.Stop.class, ChatEvent.End.class);
  }

  private static void stays(ChatAnswer answer) {
    assertThat(Endings.checked(answer)).isSameAs(answer);
    assertThat(events(answer)).endsWith(new ChatEvent.End());
  }

  @Test
  void anErrorIsAFailureWhateverWasSaidBefore() {
    fails(answer(StopReason.ERROR));
    fails(answer(StopReason.ERROR, TEXT));
  }

  @Test
  void aCallThatCannotBeReadIsAFailureIfThereIsNothingElse() {
    fails(answer(StopReason.MALFORMED_CALL));
    fails(answer(StopReason.MALFORMED_CALL, THOUGHT));
    stays(answer(StopReason.MALFORMED_CALL, TEXT));
    stays(answer(StopReason.MALFORMED_CALL, new Part.ToolCall("c", "f", "{}")));
  }

  @ParameterizedTest
  @EnumSource(
      value = StopReason.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ERROR", "MALFORMED_CALL"})
  void allOtherEndsStayWhatTheyAre(StopReason reason) {
    stays(answer(reason));
  }

  @ParameterizedTest
  @CsvSource({"OPENAI", "OPENAI_RESPONSES", "ANTHROPIC", "BEDROCK"})
  void anAppIsToldOfAMalformedCall(WireFormat caller) {
    byte[] answer =
        "{\"candidates\":[{\"content\":{},\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}"
            .getBytes(StandardCharsets.UTF_8);

    Translation.Answer whole =
        Pairs.translation(caller, WireFormat.GEMINI, false).whole(200, Headers.EMPTY, answer);
    StreamTranslation stream = Pairs.translation(caller, WireFormat.GEMINI, true).stream();
    byte[] event =
        ("data: " + new String(answer, StandardCharsets.UTF_8) + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(whole.status()).isEqualTo(500);
    assertThat(new String(whole.body(), StandardCharsets.UTF_8)).contains("cannot be read");
    assertThat(new String(Pairs.through(stream, event), StandardCharsets.UTF_8))
        .contains("cannot be read")
        .doesNotContain("end_turn", "[DONE]", "response.completed", "messageStop");
    assertThat(stream.over()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"OPENAI", "OPENAI_RESPONSES", "ANTHROPIC", "GEMINI"})
  void anAppIsToldOfHalfAnAnswer(WireFormat caller) {
    byte[] answer =
        """
        {"output":{"message":{"content":[{"text":"half"}]}},"stopReason":"malformed_model_output"}\
        """
            .getBytes(StandardCharsets.UTF_8);

    Translation.Answer whole =
        Pairs.translation(caller, WireFormat.BEDROCK, false).whole(200, Headers.EMPTY, answer);

    assertThat(whole.status()).isEqualTo(500);
    assertThat(new String(whole.body(), StandardCharsets.UTF_8)).contains("the model failed");
  }
}
