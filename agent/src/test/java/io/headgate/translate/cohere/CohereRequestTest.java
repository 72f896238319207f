// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CohereRequestTest {
  private final Notes notes = new Notes();

  private static ChatRequest.Builder hello() {
    return Cohere.says(Turn.Role.USER, new Part.Text("hi"));
  }

  @Test
  void samplingHasCoheresNames() {
    ChatRequest.Builder request = hello();
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = 9L;
    sampling.temperature = new BigDecimal("0.70");
    sampling.topP = new BigDecimal("0.5");
    sampling.topK = 3L;
    sampling.stop = List.of("X");
    sampling.seed = 7L;
    sampling.frequencyPenalty = new BigDecimal("0.1");
    sampling.presencePenalty = new BigDecimal("0.2");
    sampling.logprobs = true;
    request.sampling = sampling.build();
    assertThat(Cohere.written(Cohere.write(request.build(), Traits.ReasoningStyle.NONE, notes)))
        .endsWith(
            ",\"max_tokens\":9,\"temperature\":0.70,\"p\":0.5,\"k\":3,\"stop_sequences\":[\"X\"],"
                + "\"seed\":7,\"frequency_penalty\":0.1,\"presence_penalty\":0.2,"
                + "\"logprobs\":true,\"stream\":false}");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "0, 0, -",
        "0.5, 0.5, -",
        "1, 1, -",
        "-0.5, 0, frequency_penalty -0.5->0",
        "1.5, 1, frequency_penalty 1.5->1",
      })
  void penaltiesAreFromZeroToOne(BigDecimal asked, String sent, @Nullable String note) {
    ChatRequest.Builder request = hello();
    Sampling.Builder sampling = Sampling.builder();
    sampling.frequencyPenalty = asked;
    request.sampling = sampling.build();
    assertThat(Cohere.member(request, "frequency_penalty", notes)).isEqualTo(sent);
    assertThat(notes.changed()).isEqualTo(note == null ? List.of() : List.of(note));
  }

  @Test
  void bothPenaltiesAreClamped() {
    ChatRequest.Builder request = hello();
    Sampling.Builder sampling = Sampling.builder();
    sampling.presencePenalty = new BigDecimal("2");
    request.sampling = sampling.build();
    assertThat(Cohere.member(request, "presence_penalty", notes)).isEqualTo("1");
    assertThat(notes.changed()).containsExactly("presence_penalty 2->1");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "1, 0.99, -",
        "0.995, 0.99, -",
        "0.99, 0.99, -",
        "0.5, 0.5, -",
        "0, 0.01, top_p 0->0.01",
      })
  void aShareOfOneIsNearlyOne(BigDecimal asked, String sent, @Nullable String note) {
    ChatRequest.Builder request = hello();
    Sampling.Builder sampling = Sampling.builder();
    sampling.topP = asked;
    request.sampling = sampling.build();
    assertThat(Cohere.member(request, "p", notes)).isEqualTo(sent);
    assertThat(notes.changed()).isEqualTo(note == null ? List.of() : List.of(note));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"0, 0, -", "500, 500, -", "1000, 500, top_k 1000->500", "-1, 0, top_k -1->0"})
  void noMoreThanFiveHundredTokensAreLookedAt(Long asked, String sent, @Nullable String note) {
    ChatRequest.Builder request = hello();
    Sampling.Builder sampling = Sampling.builder();
    sampling.topK = asked;
    request.sampling = sampling.build();
    assertThat(Cohere.member(request, "k", notes)).isEqualTo(sent);
    assertThat(notes.changed()).isEqualTo(note == null ? List.of() : List.of(note));
  }

  @Test
  void whatCohereHasNoPlaceForIsNoted() {
    ChatRequest.Builder request =
        Cohere.says(
            Turn.Role.USER,
            new Part.Text("a", new CacheMark(false), List.of()),
            new Part.Foreign("web_search_call"));
    Sampling.Builder sampling = Sampling.builder();
    sampling.choices = 2L;
    sampling.topLogprobs = 3L;
    sampling.logitBias = Map.of("1", BigDecimal.ONE);
    request.sampling = sampling.build();
    request.user = "u";
    request.cacheKey = "k";
    request.metadata = Map.of("a", "b");
    request.serviceTier = "flex";
    request.reasoning = new Reasoning(Reasoning.Mode.ON, null, null, null);
    request.tools =
        List.of(new Tool("f", null, null, true, null), new Tool("g", null, null, null, null));
    request.parallelTools = false;
    Cohere.write(request.build(), Traits.ReasoningStyle.NONE, notes);
    assertThat(notes.dropped())
        .containsExactlyInAnyOrder(
            "cache_control",
            "web_search_call",
            "n",
            "top_logprobs",
            "logit_bias",
            "user",
            "prompt_cache_key",
            "metadata",
            "service_tier",
            "thinking",
            "strict",
            "parallel_tool_calls");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          DEFAULT|-|"f","g"|null
          AUTO|-|"f","g"|null
          REQUIRED|-|"f","g"|"REQUIRED"
          REQUIRED|g|"g"|"REQUIRED"
          NONE|-|"f","g"|"NONE"
          """)
  void choiceOfToolsIsAWord(
      ToolChoice.Kind kind, @Nullable String name, String names, String word) {
    ChatRequest.Builder request = hello();
    request.tools =
        List.of(
            new Tool("f", "d", Nodes.object("type", "object"), null, null),
            new Tool("g", null, null, null, null));
    request.toolChoice = new ToolChoice(kind, name == null ? List.of() : List.of(name));
    assertThat(Cohere.member(request, "tool_choice", notes)).isEqualTo(word);
    String tools = Cohere.member(request, "tools", notes);
    for (String tool : names.split(",")) {
      assertThat(tools).contains("\"function\":{\"name\":" + tool);
    }
    assertThat(tools.split("\"function\":\\{")).hasSize(names.split(",").length + 1);
  }

  @Test
  void toolsLookAsOpenAis() {
    ChatRequest.Builder request = hello();
    request.tools = List.of(new Tool("f", "d", null, true, null));
    assertThat(Cohere.member(request, "tools.0", notes))
        .isEqualTo(
            "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\","
                + "\"parameters\":{\"type\":\"object\",\"properties\":{}}}}");
    assertThat(Cohere.member(request, "strict_tools", notes)).isEqualTo("true");
  }

  @Test
  void formatIsAnObjectWithOrWithoutASchema() {
    ChatRequest.Builder request = hello();
    assertThat(Cohere.member(request, "response_format", notes)).isEqualTo("null");
    request.format = OutputFormat.JSON;
    assertThat(Cohere.member(request, "response_format", notes))
        .isEqualTo("{\"type\":\"json_object\"}");
    request.format =
        new OutputFormat(OutputFormat.Kind.SCHEMA, "n", null, Nodes.object("a", 1L), null);
    assertThat(Cohere.member(request, "response_format", notes))
        .isEqualTo("{\"type\":\"json_object\",\"json_schema\":{\"a\":1}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          ON|-|{"type":"enabled"}
          ON|500|{"type":"enabled","token_budget":500}
          OFF|-|{"type":"disabled"}
          DEFAULT|-|null
          """)
  void thinkingIsSwitchedAndLimited(Reasoning.Mode mode, @Nullable Long budget, String json) {
    ChatRequest.Builder request = hello();
    request.reasoning = new Reasoning(mode, null, budget, null);
    Map<String, @Nullable Object> body =
        Cohere.write(request.build(), Traits.ReasoningStyle.SWITCH, notes);
    assertThat(Cohere.written(body.get("thinking"))).isEqualTo(json);
  }
}
