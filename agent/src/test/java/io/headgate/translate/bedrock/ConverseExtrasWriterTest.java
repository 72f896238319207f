// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseExtrasWriterTest {

  private final Notes notes = new Notes();

  private static ChatRequest.Builder thinking(Reasoning reasoning, @Nullable Long maxTokens) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.turns = List.of(new Turn(Turn.Role.USER, List.of(new Part.Text("hi"))));
    request.reasoning = reasoning;
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = maxTokens;
    request.sampling = sampling.build();
    return request;
  }

  private String fields(ChatRequest.Builder request, Traits traits) {
    Map<String, @Nullable Object> body = Converse.DIALECT.request(request.build(), traits, notes);
    return Converse.written(body.get("additionalModelRequestFields"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          MINIMAL, -, -, 1024
          LOW, -, -, 2048
          MEDIUM, -, -, 8192
          HIGH, -, -, 16384
          XHIGH, -, -, 32768
          MAX, -, -, 32768
          -, -, -, 8192
          -, 5000, -, 5000
          -, 100, -, 1024
          -, 5000, 4000, 3999
          HIGH, -, 8000, 4000
          HIGH, -, 1500, 1024
          """)
  void effortBecomesABudgetThatLeavesRoom(
      Reasoning.@Nullable Effort effort, @Nullable Long budget, @Nullable Long most, long tokens) {
    Reasoning wanted = new Reasoning(Reasoning.Mode.ON, effort, budget, null);
    assertThat(fields(thinking(wanted, most), Converse.claude(Traits.ReasoningStyle.BUDGET)))
        .isEqualTo("{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" + tokens + "}}");
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void tooShortAnAnswerLeavesNoRoomForThought() {
    Reasoning wanted = new Reasoning(Reasoning.Mode.ON, null, 2000L, null);
    assertThat(fields(thinking(wanted, 1000L), Converse.claude(Traits.ReasoningStyle.BUDGET)))
        .isEqualTo("null");
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          ON|-|-|-|{"thinking":{"type":"adaptive"}}
          ON|MINIMAL|-|-|{"thinking":{"type":"adaptive"},"output_config":{"effort":"low"}}
          ON|XHIGH|-|true|{"thinking":{"type":"adaptive","display":"summarized"},\
          "output_config":{"effort":"high"}}
          ON|MAX|-|false|{"thinking":{"type":"adaptive","display":"omitted"},\
          "output_config":{"effort":"max"}}
          ON|-|1500|-|{"thinking":{"type":"adaptive"},"output_config":{"effort":"low"}}
          ON|-|4000|-|{"thinking":{"type":"adaptive"},"output_config":{"effort":"medium"}}
          ON|-|9000|-|{"thinking":{"type":"adaptive"},"output_config":{"effort":"high"}}
          DEFAULT|HIGH|-|-|{"output_config":{"effort":"high"}}
          OFF|-|-|-|{"thinking":{"type":"disabled"}}
          DEFAULT|-|-|-|null
          """)
  void laterClaudesAreToldByAWord(
      Reasoning.Mode mode,
      Reasoning.@Nullable Effort effort,
      @Nullable Long budget,
      @Nullable Boolean shown,
      String json) {
    Reasoning wanted = new Reasoning(mode, effort, budget, shown);
    assertThat(fields(thinking(wanted, null), Converse.claude(Traits.ReasoningStyle.ADAPTIVE)))
        .isEqualTo(json);
  }

  @Test
  void othersAreToldByEffortOrNotAtAll() {
    Reasoning wanted = new Reasoning(Reasoning.Mode.ON, Reasoning.Effort.HIGH, null, null);
    Traits words =
        Converse.traits(
            "openai.gpt-oss", Maker.OPENAI, Traits.ReasoningStyle.EFFORT, Set.of("low"), true);
    assertThat(fields(thinking(wanted, null), words)).isEqualTo("{\"reasoning_effort\":\"low\"}");
    Traits none = Converse.traits("nova", Maker.OTHER, Traits.ReasoningStyle.NONE, Set.of(), true);
    assertThat(fields(thinking(wanted, null), none)).isEqualTo("null");
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  private static Traits nova() {
    return Converse.traits(
        "us.amazon.nova-2-lite-v1:0",
        Maker.OTHER,
        Traits.ReasoningStyle.EFFORT,
        Set.of("low", "medium", "high"),
        true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          ON|LOW|{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"low"}}
          ON|-|{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"medium"}}
          ON|MAX|{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"high"}}
          OFF|-|null
          DEFAULT|-|null
          """)
  void novaIsToldInItsOwnWords(
      Reasoning.Mode mode, Reasoning.@Nullable Effort effort, String json) {
    Reasoning wanted = new Reasoning(mode, effort, null, null);
    assertThat(fields(thinking(wanted, null), nova())).isEqualTo(json);
    assertThat(notes.dropped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"MEDIUM, '{\"maxTokens\":900,\"temperature\":0.5,\"topP\":0.9}'", "HIGH, null"})
  void novaThatThinksHardHasNoLimits(Reasoning.Effort effort, String json) {
    ChatRequest.Builder request =
        thinking(new Reasoning(Reasoning.Mode.ON, effort, null, null), 900L);
    Sampling.Builder sampling = request.sampling.toBuilder();
    sampling.temperature = new BigDecimal("0.5");
    sampling.topP = new BigDecimal("0.9");
    request.sampling = sampling.build();
    Map<String, @Nullable Object> body = Converse.DIALECT.request(request.build(), nova(), notes);
    assertThat(Converse.written(body.get("inferenceConfig"))).isEqualTo(json);
    assertThat(notes.dropped())
        .isEqualTo(json.equals("null") ? List.of("max_tokens", "temperature", "top_p") : List.of());
  }

  @Test
  void novasOwnWordsSurviveTheWayThere() {
    ChatRequest read =
        Converse.read(
            """
            {"messages":[{"role":"user","content":[{"text":"hi"}]}],
             "additionalModelRequestFields":
               {"reasoningConfig":{"type":"enabled","maxReasoningEffort":"low"}}}\
            """,
            notes);
    assertThat(fields(read.toBuilder(), nova()))
        .isEqualTo("{\"reasoningConfig\":{\"type\":\"enabled\",\"maxReasoningEffort\":\"low\"}}");
  }

  @Test
  void toolThatHasToBeCalledRulesOutThinking() {
    ChatRequest.Builder request =
        thinking(new Reasoning(Reasoning.Mode.ON, null, 2000L, null), null);
    request.tools = List.of(new Tool("f", null, null, null, null));
    request.toolChoice = ToolChoice.named("f");
    assertThat(fields(request, Converse.claude(Traits.ReasoningStyle.BUDGET))).isEqualTo("null");
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  @Test
  void thinkingRulesOutSampling() {
    ChatRequest.Builder request =
        thinking(new Reasoning(Reasoning.Mode.ON, null, 2000L, null), null);
    Sampling.Builder sampling = Sampling.builder();
    sampling.temperature = new BigDecimal("0.5");
    sampling.topP = new BigDecimal("1.0");
    sampling.topK = 5L;
    request.sampling = sampling.build();
    assertThat(fields(request, Converse.claude(Traits.ReasoningStyle.BUDGET)))
        .isEqualTo("{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}}");
    assertThat(notes.dropped()).containsExactlyInAnyOrder("temperature", "top_k");
  }

  @Test
  void oneCallAtATimeIsClaudesOwnWish() {
    ChatRequest.Builder request = thinking(Reasoning.DEFAULT, null);
    request.tools = List.of(new Tool("f", null, null, null, null));
    request.parallelTools = false;
    assertThat(fields(request, Converse.claude(Traits.ReasoningStyle.NONE)))
        .isEqualTo("{\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}}");
    Traits nova = Converse.traits("nova", Maker.OTHER, Traits.ReasoningStyle.NONE, Set.of(), true);
    assertThat(fields(request, nova)).isEqualTo("null");
    assertThat(notes.dropped()).containsExactly("parallel_tool_calls");
  }

  @Test
  void choiceOfToolsIsStatedOnce() {
    ChatRequest.Builder request = thinking(Reasoning.DEFAULT, null);
    request.tools = List.of(new Tool("f", null, null, null, null));
    request.toolChoice = ToolChoice.AUTO;
    request.parallelTools = false;
    Traits claude = Converse.claude(Traits.ReasoningStyle.NONE);
    Map<String, @Nullable Object> body = Converse.DIALECT.request(request.build(), claude, notes);
    assertThat(Converse.written(body.get("additionalModelRequestFields")))
        .isEqualTo("{\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}}");
    assertThat(Converse.written(body.get("toolConfig")))
        .contains("toolSpec")
        .doesNotContain("toolChoice");
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void schemaOfTheAnswerIsWrittenAsText() {
    ChatRequest.Builder request = thinking(Reasoning.DEFAULT, null);
    request.format =
        new OutputFormat(OutputFormat.Kind.SCHEMA, "n", null, Nodes.object("type", "string"), true);
    assertThat(Converse.write(request.build()))
        .contains(
            "\"outputConfig\":{\"textFormat\":{\"type\":\"json_schema\",\"structure\":"
                + "{\"jsonSchema\":{\"schema\":\"{\\\"type\\\":\\\"string\\\"}\",\"name\":\"n\"}}}}");
  }

  @Test
  void anyJsonHasNoPlace() {
    ChatRequest.Builder request = thinking(Reasoning.DEFAULT, null);
    request.format = OutputFormat.JSON;
    assertThat(Converse.write(request.build(), notes)).doesNotContainKey("outputConfig");
    assertThat(notes.dropped()).containsExactly("response_format");
  }
}
