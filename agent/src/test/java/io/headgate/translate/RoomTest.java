// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.assistant;
import static io.headgate.translate.Fits.hello;
import static io.headgate.translate.Fits.result;
import static io.headgate.translate.Fits.talk;
import static io.headgate.translate.Fits.target;
import static io.headgate.translate.Fits.tool;
import static io.headgate.translate.Fits.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Sampling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomTest {

  private final Notes notes = new Notes();

  private Fitted fitted(String target, ChatRequest.Builder request) {
    return Fitting.fit(request.build(), target(target), notes);
  }

  @ParameterizedTest
  @CsvSource({
    // characters of input, limit of output, whether gpt-4o (128,000 tokens) is asked
    "100000, , true",
    "448000, , true",
    "600000, , true",
    "700000, , false",
    "580000, 1000, true",
    "580000, 16384, true",
    "640000, 16384, false",
  })
  void moreThanFitsRulesTheTargetOutIfItIsSure(int characters, Long limit, boolean fits) {
    ChatRequest.Builder request = hello();
    request.turns = List.of(user("x".repeat(characters)));
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = limit;
    request.sampling = sampling.build();

    if (fits) {
      assertThatCode(() -> fitted("openai", request)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> fitted("openai", request))
          .isInstanceOf(Ineligible.class)
          .hasMessage("the context of gpt-4o holds 128000 tokens");
    }
  }

  @Test
  void aLimitThatNobodyAskedForLeavesRoomForTheInput() {
    ChatRequest.Builder request = hello();
    request.turns = List.of(user("x".repeat(525_000))); // About 150,000 tokens of 200,000.

    assertThat(fitted("claude", request).request().sampling().maxTokens()).isEqualTo(50_000);
    assertThat(notes.changed()).isEmpty();
  }

  @Test
  void picturesToolsAndResultsTakeRoom() {
    ChatRequest.Builder request =
        talk(
            user(new Part.Image(Fits.PNG, null, null), new Part.Text("x".repeat(35))),
            assistant(new Part.ToolCall("c", "four", "x".repeat(31))),
            user(result("c", "x".repeat(70))));

    assertThat(Room.input(request)).isEqualTo(1_000 + 10 + 10 + 20);
    request.tools = List.of(tool("abcd"));
    assertThat(Room.input(request)).isGreaterThan(1_042);
  }

  @Test
  void aLimitThatNobodyAskedForIsNeverNextToNothing() {
    ChatRequest.Builder request = hello();
    request.turns = List.of(user("x".repeat(750_000))); // We say 214,000; it is about 165,000.

    assertThat(fitted("claude", request).request().sampling().maxTokens()).isEqualTo(4096);
    assertThat(notes.changed()).containsExactly("max_tokens 64000->4096");
  }

  @ParameterizedTest
  @CsvSource({
    // characters of input, limit of the app, what is left of 8,192 tokens
    "7000, 8000, 6192",
    "7000, 6000, 6000",
    "26000, 4000, 2048",
    "26000, 1000, 1000",
  })
  void aLimitLeavesRoomForTheInput(int characters, long limit, long left) {
    ChatRequest.Builder request = hello();
    request.turns = List.of(user("x".repeat(characters)));
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = limit;
    request.sampling = sampling.build();

    assertThat(fitted("gpt-4", request).request().sampling().maxTokens()).isEqualTo(left);
    assertThat(notes.changed())
        .isEqualTo(limit == left ? List.of() : List.of("max_tokens " + limit + "->" + left));
  }
}
