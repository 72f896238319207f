// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Media;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.chat.WireFormat;
import io.headgate.json.Nodes;
import io.headgate.translate.Efforts;
import io.headgate.translate.Fitting;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import io.headgate.translate.TraitsCatalog;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaRequestTest {
  private final Notes notes = new Notes();

  private static ChatRequest.Builder hello() {
    return Ollama.says(Turn.Role.USER, new Part.Text("hi"));
  }

  @Test
  void streamIsAlwaysSaid() {
    ChatRequest.Builder request = hello();
    assertThat(Ollama.member(request, "stream", notes)).isEqualTo("false");
    request.stream = true;
    assertThat(Ollama.member(request, "stream", notes)).isEqualTo("true");
  }

  @Test
  void samplingIsOptions() {
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
    sampling.topLogprobs = 2L;
    request.sampling = sampling.build();
    assertThat(Ollama.written(Ollama.write(request.build(), Traits.ReasoningStyle.NONE, notes)))
        .endsWith(
            ",\"options\":{\"num_predict\":9,\"temperature\":0.70,\"top_p\":0.5,\"top_k\":3,"
                + "\"stop\":[\"X\"],\"seed\":7,\"frequency_penalty\":0.1,"
                + "\"presence_penalty\":0.2},\"logprobs\":true,\"top_logprobs\":2,"
                + "\"stream\":false}");
  }

  @Test
  void whatOllamaHasNoPlaceForIsNoted() {
    ChatRequest.Builder request =
        Ollama.says(
            Turn.Role.USER,
            new Part.Text("a"),
            new Part.Image(new Media(Media.Kind.BASE64, "AA", null), "low", null),
            new Part.Foreign("web_search_call"));
    Sampling.Builder sampling = Sampling.builder();
    sampling.choices = 2L;
    sampling.logitBias = Map.of("1", BigDecimal.ONE);
    request.sampling = sampling.build();
    request.user = "u";
    request.cacheKey = "k";
    request.metadata = Map.of("a", "b");
    request.serviceTier = "flex";
    request.reasoning = new Reasoning(Reasoning.Mode.ON, null, null, null);
    request.tools = List.of(new Tool("f", null, null, true, null));
    request.parallelTools = false;
    Ollama.write(request.build(), Traits.ReasoningStyle.NONE, notes);
    assertThat(notes.dropped())
        .containsExactlyInAnyOrder(
            "detail",
            "web_search_call",
            "n",
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
          DEFAULT|-|f g|false
          AUTO|-|f g|false
          REQUIRED|-|f g|true
          REQUIRED|g|g|true
          NONE|-|-|false
          """)
  void thereIsNoChoiceOfTools(
      ToolChoice.Kind kind, @Nullable String name, @Nullable String names, boolean noted) {
    ChatRequest.Builder request = hello();
    request.tools =
        List.of(
            new Tool("f", "d", Nodes.object("type", "object"), null, null),
            new Tool("g", null, null, null, null));
    request.toolChoice = new ToolChoice(kind, name == null ? List.of() : List.of(name));
    Map<String, @Nullable Object> body =
        Ollama.write(request.build(), Traits.ReasoningStyle.NONE, notes);
    StringBuilder found = new StringBuilder();
    for (Object tool : Nodes.list(body.get("tools"))) {
      Map<String, @Nullable Object> map = Nodes.map(tool);
      found.append(map == null ? "?" : Nodes.map(map, "function").get("name")).append(' ');
    }
    assertThat(found.toString().strip()).isEqualTo(names == null ? "" : names);
    assertThat(notes.dropped().contains("tool_choice")).isEqualTo(noted);
    assertThat(body).doesNotContainKey("tool_choice");
  }

  @Test
  void toolsLookAsOpenAis() {
    ChatRequest.Builder request = hello();
    request.tools = List.of(new Tool("f", "d", null, null, null));
    assertThat(Ollama.member(request, "tools.0", notes))
        .isEqualTo(
            "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\","
                + "\"parameters\":{\"type\":\"object\",\"properties\":{}}}}");
  }

  @Test
  void formatIsAWordOrASchema() {
    ChatRequest.Builder request = hello();
    assertThat(Ollama.member(request, "format", notes)).isEqualTo("null");
    request.format = OutputFormat.JSON;
    assertThat(Ollama.member(request, "format", notes)).isEqualTo("\"json\"");
    request.format =
        new OutputFormat(OutputFormat.Kind.SCHEMA, "n", null, Nodes.object("a", 1L), null);
    assertThat(Ollama.member(request, "format", notes)).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          SWITCH|-|ON|HIGH|true
          SWITCH|-|ON|-|true
          SWITCH|-|OFF|-|false
          SWITCH|-|DEFAULT|-|null
          SWITCH|low,high|ON|MINIMAL|"low"
          SWITCH|low,high|ON|LOW|"low"
          SWITCH|low,high|ON|MEDIUM|"medium"
          SWITCH|low,high|ON|HIGH|"high"
          SWITCH|low,high|ON|XHIGH|"high"
          SWITCH|low,high|ON|-|true
          SWITCH|low,high|OFF|-|false
          SWITCH|low,high|DEFAULT|-|null
          NONE|-|OFF|-|null
          NONE|-|ON|-|null
          """)
  void thinkIsASwitchOrAWord(
      Traits.ReasoningStyle style,
      @Nullable String efforts,
      Reasoning.Mode mode,
      Reasoning.@Nullable Effort effort,
      String json) {
    ChatRequest.Builder request = hello();
    request.reasoning = new Reasoning(mode, effort, null, null);
    Set<String> known = efforts == null ? Set.of() : Set.of(efforts.split(","));
    Map<String, @Nullable Object> body = Ollama.write(request.build(), style, known, notes);
    assertThat(Ollama.written(body.get("think"))).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-oss:20b, low, \"low\"",
    "gpt-oss:120b-cloud, high, \"high\"",
    "qwen3:8b, low, true",
    "deepseek-v4-flash:cloud, high, true"
  })
  void onlyModelsThatKnowWordsAreToldOne(String model, String effort, String json) {
    ChatRequest.Builder request = hello();
    request.reasoning = new Reasoning(Reasoning.Mode.ON, Efforts.named(effort), null, null);
    Traits traits = new TraitsCatalog().of(WireFormat.OLLAMA, "ollama", model);
    ChatRequest fitted = Fitting.fit(request.build(), traits, notes).request();
    assertThat(Ollama.written(Ollama.DIALECT.request(fitted, traits, notes).get("think")))
        .isEqualTo(json);
  }
}
