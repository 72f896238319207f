// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerEventsTest {

  private static final List<ChatAnswer.TokenLogprob> LIKELY =
      List.of(new ChatAnswer.TokenLogprob("a", -0.5, List.of()));

  private static List<String> told(Part... parts) {
    List<ChatAnswer.Choice> choices =
        List.of(
            new ChatAnswer.Choice(List.of(parts), StopReason.TOOLS, null, LIKELY),
            new ChatAnswer.Choice(List.of(new Part.Text("b")), StopReason.END, null, List.of()));
    List<String> events = new ArrayList<>();
    AnswerEvents.of(
        new ChatAnswer("i", "m", choices, Usage.builder().build()),
        event -> events.add(event.getClass().getSimpleName()));
    return events;
  }

  @Test
  void probabilitiesAreToldWhereTheTextIsAndEndsLast() {
    assertThat(told(new Part.Text("a"), new Part.ToolCall("c", "f", "{}"), new Part.Text("z")))
        .containsExactly(
            "Begin",
            "Text",
            "Logprobs",
            "BlockEnd",
            "CallBegin",
            "CallArguments",
            "BlockEnd",
            "Text",
            "BlockEnd",
            "Text",
            "BlockEnd",
            "Stop",
            "Stop",
            "End");
  }

  @Test
  void picturesAreTold() {
    Part picture = new Part.Image(new Media(Media.Kind.BASE64, "AAAA", "image/png"), null, null);
    assertThat(told(picture, new Part.Foreign("web_search_call")))
        .startsWith("Begin", "Shown", "BlockEnd", "BlockEnd");
  }

  @Test
  void probabilitiesOfAnswersWithoutTextAreToldAllTheSame() {
    assertThat(told(new Part.ToolCall("c", "f", "")))
        .containsExactly(
            "Begin",
            "CallBegin",
            "BlockEnd",
            "Logprobs",
            "Text",
            "BlockEnd",
            "Stop",
            "Stop",
            "End");
  }
}
