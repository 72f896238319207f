// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Reasoning.Effort;
import io.headgate.chat.Reasoning.Mode;
import io.headgate.chat.Sampling;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits.ReasoningStyle;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkingTest {

  private final Notes notes = new Notes();

  @ParameterizedTest
  @CsvSource({
    "MINIMAL,, 64000, 1024",
    "LOW,, 64000, 2048",
    "MEDIUM,, 64000, 8192",
    "HIGH,, 64000, 16384",
    "XHIGH,, 64000, 32768",
    "MAX,, 64000, 32768",
    ",, 64000, 8192",
    "HIGH,, 4096, 3072",
    "LOW,, 1366, 1025",
    ", 5000, 64000, 5000",
    ", 100, 64000, 1024",
    ", 5000, 3000, 2999",
    ", 1024, 1025, 1024",
  })
  void aBudgetIsSetWithinTheLimit(
      @Nullable Effort effort, @Nullable Long budget, long maxTokens, long written) {
    Map<String, @Nullable Object> body =
        budget(ask(new Reasoning(Mode.ON, effort, budget, null), maxTokens));
    assertThat(Trees.json(body.get("thinking")))
        .isEqualTo("{\"type\":\"enabled\",\"budget_tokens\":" + written + "}");
    assertThat(notes.dropped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"HIGH,, 1300", "MINIMAL,, 1024", ", 2000, 1024", ", 1024, 1024"})
  void withoutRoomThereIsNoThinking(
      @Nullable Effort effort, @Nullable Long budget, long maxTokens) {
    Map<String, @Nullable Object> body =
        budget(ask(new Reasoning(Mode.ON, effort, budget, null), maxTokens));
    assertThat(body).doesNotContainKey("thinking");
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  @Test
  void aBudgetOfTheAppThatDoesNotFitIsNoted() {
    budget(ask(new Reasoning(Mode.ON, null, 9000L, null), 4096));
    assertThat(notes.changed()).containsExactly("budget_tokens 9000->4095");
  }

  @ParameterizedTest
  @CsvSource({
    "MINIMAL,, low",
    "LOW,, low",
    "MEDIUM,, medium",
    "HIGH,, high",
    "XHIGH,, max",
    "MAX,, max",
    ", 1500, low",
    ", 2048, medium",
    ", 8192, high",
  })
  void adaptiveModelsAreToldAnEffort(
      @Nullable Effort effort, @Nullable Long budget, String written) {
    Map<String, @Nullable Object> body =
        adaptive(ask(new Reasoning(Mode.ON, effort, budget, null), 1000));
    assertThat(Trees.json(body.get("thinking"))).isEqualTo("{\"type\":\"adaptive\"}");
    assertThat(Trees.json(body.get("output_config"))).isEqualTo("{\"effort\":\"" + written + "\"}");
  }

  @Test
  void adaptiveModelsDecideForThemselvesIfNothingIsSaid() {
    Map<String, @Nullable Object> body =
        adaptive(ask(new Reasoning(Mode.ON, null, null, true), 1000));
    assertThat(Trees.json(body.get("thinking")))
        .isEqualTo("{\"type\":\"adaptive\",\"display\":\"summarized\"}");
    assertThat(body).doesNotContainKey("output_config");
  }

  @Test
  void anEffortWithoutThinkingStaysOne() {
    ChatRequest.Builder request = ask(new Reasoning(Mode.DEFAULT, Effort.LOW, null, null), 1000);
    assertThat(adaptive(request))
        .doesNotContainKey("thinking")
        .containsEntry("output_config", Map.of("effort", "low"));
    assertThat(budget(request)).doesNotContainKeys("thinking", "output_config");
    assertThat(notes.dropped()).containsExactly("effort");
  }

  @ParameterizedTest
  @CsvSource({"BUDGET", "ADAPTIVE"})
  void offIsDisabled(ReasoningStyle style) {
    assertThat(Trees.json(Trees.write(ask(Reasoning.OFF, 1000), style, notes).get("thinking")))
        .isEqualTo("{\"type\":\"disabled\"}");
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void aModelThatCannotThinkIsToldNothing() {
    Reasoning wanted = new Reasoning(Mode.ON, Effort.HIGH, null, null);
    assertThat(Trees.write(ask(wanted, 9000), ReasoningStyle.NONE, notes))
        .doesNotContainKeys("thinking", "output_config");
    assertThat(Trees.write(ask(Reasoning.OFF, 9000), ReasoningStyle.NONE, notes))
        .doesNotContainKey("thinking");
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  @ParameterizedTest
  @CsvSource({"BUDGET", "ADAPTIVE"})
  void aToolThatHasToBeCalledComesBeforeThinking(ReasoningStyle style) {
    ChatRequest.Builder request = ask(new Reasoning(Mode.ON, Effort.HIGH, null, null), 64_000);
    request.tools = List.of(new Tool("t", null, null, null, null));
    request.toolChoice = ToolChoice.named("t");
    assertThat(Trees.write(request, style, notes))
        .doesNotContainKey("thinking")
        .containsKey("tool_choice");
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0.5, 40, temperature top_p top_k, ''", "1.0, 0.97, , '', top_p"})
  void thinkingLeavesLittleOfSampling(
      BigDecimal temperature, BigDecimal topP, @Nullable Long topK, String dropped, String kept) {
    ChatRequest.Builder request = ask(new Reasoning(Mode.ON, null, 2000L, null), 64_000);
    Sampling.Builder sampling = request.sampling.toBuilder();
    sampling.temperature = temperature;
    sampling.topP = topP;
    sampling.topK = topK;
    request.sampling = sampling.build();
    Map<String, @Nullable Object> body = budget(request);
    assertThat(body).doesNotContainKeys("temperature", "top_k");
    assertThat(body.containsKey("top_p")).isEqualTo(kept.equals("top_p"));
    assertThat(String.join(" ", notes.dropped())).isEqualTo(dropped);
  }

  @Test
  void anOpenTurnThatBeginsWithoutItsThoughtIsFinishedWithoutThinking() {
    Part call = new Part.ToolCall("1", "t", "{}");
    Part signed = new Part.Thinking("Hm", "sig", null, Maker.ANTHROPIC);
    assertThat(budget(open(call))).doesNotContainKey("thinking");
    assertThat(notes.dropped()).containsExactly("thinking");
    assertThat(budget(open(signed, call))).containsKey("thinking");
    // The turn began with a thought; Claude went on without a new one.
    ChatRequest.Builder longer = open(signed, call);
    List<Turn> turns = new ArrayList<>(longer.turns);
    turns.add(new Turn(Turn.Role.ASSISTANT, List.of(new Part.ToolCall("2", "t", "{}"))));
    turns.add(new Turn(Turn.Role.USER, List.of(result("2"))));
    longer.turns = turns;
    assertThat(budget(longer)).containsKey("thinking");
    // It is over: the user has spoken.
    turns.add(new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text("Done"))));
    turns.add(new Turn(Turn.Role.USER, List.of(new Part.Text("Thanks"))));
    longer.turns = turns;
    assertThat(budget(longer)).containsKey("thinking");
  }

  private static ChatRequest.Builder open(Part... parts) {
    ChatRequest.Builder request = ask(new Reasoning(Mode.ON, null, 2000L, null), 64_000);
    request.turns =
        List.of(
            request.turns.get(0),
            new Turn(Turn.Role.ASSISTANT, List.of(parts)),
            new Turn(Turn.Role.USER, List.of(result("1"))));
    return request;
  }

  private static Part result(String id) {
    return new Part.ToolResult(id, null, List.of(new Part.Text("x")), false, null);
  }

  private static ChatRequest.Builder ask(Reasoning reasoning, long maxTokens) {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.reasoning = reasoning;
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = maxTokens;
    request.sampling = sampling.build();
    return request;
  }

  private Map<String, @Nullable Object> budget(ChatRequest.Builder request) {
    return Trees.write(request, ReasoningStyle.BUDGET, notes);
  }

  private Map<String, @Nullable Object> adaptive(ChatRequest.Builder request) {
    return Trees.write(request, ReasoningStyle.ADAPTIVE, notes);
  }
}
