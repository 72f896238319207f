// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.flat;
import static io.headgate.translate.gemini.Trees.json;
import static io.headgate.translate.gemini.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Media;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Sampling;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestWriterTest {

  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"b\":{\"const\":\"x\"},\"a\":{\"type\":\"integer\"}}}";

  private static ChatRequest request(Consumer<ChatRequest.Builder> with) {
    ChatRequest.Builder builder = ChatRequest.builder();
    builder.turns = List.of(new Turn(Turn.Role.USER, List.of(new Part.Text("Hi"))));
    with.accept(builder);
    return builder.build();
  }

  private static Tool tool(String name, String schema) {
    return new Tool(name, "does " + name, schema.isEmpty() ? null : Trees.tree(schema), null, null);
  }

  private static Object config(Consumer<Sampling.Builder> with, Notes notes) {
    Sampling.Builder sampling = Sampling.builder();
    with.accept(sampling);
    return write(request(r -> r.sampling = sampling.build()), "gemini-2.5-flash", notes)
        .get("generationConfig");
  }

  @Test
  void instructionsStandBesideTheConversation() {
    ChatRequest request =
        request(r -> r.system = List.of(new Part.Text("One."), new Part.Text("Two.")));

    assertThat(json(write(request, "gemini-2.5-flash")))
        .isEqualTo(
            flat(
                """
                {"contents": [{"role": "user", "parts": [{"text": "Hi"}]}],
                 "systemInstruction": {"parts": [{"text": "One."}, {"text": "Two."}]}}
                """));
  }

  @Test
  void instructionsAloneAreWhatTheUserSays() {
    ChatRequest request =
        request(
            r -> {
              r.turns = List.of();
              r.system = List.of(new Part.Text("Say hi."));
            });

    assertThat(json(write(request, "gemini-2.5-flash")))
        .isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Say hi.\"}]}]}");
  }

  @Test
  void allSamplingGoesIntoTheConfig() {
    Notes notes = new Notes();

    Object config =
        config(
            s -> {
              s.maxTokens = 100L;
              s.temperature = new BigDecimal("0.70");
              s.topP = new BigDecimal("0.9");
              s.topK = 40L;
              s.choices = 2L;
              s.stop = List.of("END");
              s.seed = 7L;
              s.presencePenalty = new BigDecimal("0.1");
              s.frequencyPenalty = new BigDecimal("-0.2");
              s.logprobs = true;
              s.topLogprobs = 3L;
            },
            notes);

    assertThat(json(config))
        .isEqualTo(
            flat(
                """
                {"maxOutputTokens": 100, "temperature": 0.70, "topP": 0.9, "topK": 40,
                 "candidateCount": 2, "stopSequences": ["END"], "seed": 7, "presencePenalty": 0.1,
                 "frequencyPenalty": -0.2, "responseLogprobs": true, "logprobs": 3}
                """));
    assertThat(notes.dropped()).isEmpty();
    assertThat(notes.changed()).isEmpty();
  }

  @Test
  void aSeedOfMoreThan32BitsIsFolded() {
    Notes notes = new Notes();

    assertThat(json(config(s -> s.seed = 1L << 31, notes))).isEqualTo("{\"seed\":1}");
    assertThat(notes.changed()).containsExactly("seed 2147483648->1");
  }

  @Test
  void oneChoiceIsNothingToSay() {
    assertThat(config(s -> s.choices = 1L, new Notes())).isNull();
  }

  @Test
  void whatHasNoPlaceIsNoted() {
    Notes notes = new Notes();
    Sampling.Builder sampling = Sampling.builder();
    sampling.logitBias = Map.of("1", BigDecimal.ONE);
    ChatRequest request =
        request(
            r -> {
              r.sampling = sampling.build();
              r.cacheKey = "k";
              r.serviceTier = "priority";
              r.user = "u";
              r.metadata = Map.of("a", "b");
              r.parallelTools = false;
              r.tools = List.of(new Tool("f", null, null, null, new CacheMark(false)));
            });

    write(request, "gemini-2.5-flash", notes);

    assertThat(notes.dropped())
        .containsExactlyInAnyOrder(
            "logit_bias",
            "prompt_cache_key",
            "service_tier",
            "user",
            "metadata",
            "parallel_tool_calls",
            "cache_control");
  }

  @Test
  void theUsualServiceTierIsNotMissed() {
    Notes notes = new Notes();

    write(request(r -> r.serviceTier = "auto"), "gemini-2.5-flash", notes);

    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void onlyVertexHasLabelsAndOnlyNarrowOnes() {
    Notes notes = new Notes();
    ChatRequest request =
        request(
            r -> {
              r.metadata = Map.of("team", "a-1", "Bad Key", "x");
              r.user = "u_1";
            });

    Map<String, ?> body =
        Trees.GEMINI.request(request, Trees.traits("vertex", "gemini-2.5-flash"), notes);

    assertThat(json(body.get("labels"))).isEqualTo("{\"team\":\"a-1\",\"user\":\"u_1\"}");
    assertThat(notes.dropped()).containsExactly("metadata");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.0-flash, false",
    "gemini-1.5-pro-002, false",
    "gemini-2.5-flash-lite, true",
    "gemini-3-pro-preview, true",
    "gemini-flash-latest, true",
    "publishers/google/models/gemini-2.5-pro, true",
    "my-tuned-one, false",
  })
  void laterModelsTakeJsonSchemaAsItIs(String model, boolean asItIs) {
    ChatRequest request =
        request(
            r -> {
              r.tools = List.of(tool("f", SCHEMA));
              r.format = OutputFormat.TEXT;
            });
    String expected =
        asItIs
            ? "\"parametersJsonSchema\":" + SCHEMA
            : "\"parameters\":{\"type\":\"OBJECT\",\"properties\":{\"b\":{\"type\":\"STRING\","
                + "\"enum\":[\"x\"]},\"a\":{\"type\":\"INTEGER\"}}}";

    assertThat(json(write(request, model).get("tools")))
        .isEqualTo(
            "[{\"functionDeclarations\":[{\"name\":\"f\",\"description\":\"does f\","
                + expected
                + "}]}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | gemini-2.5-flash | ''",
        "{\"type\":\"object\",\"properties\":{}} | gemini-2.0-flash | ''",
        "{\"properties\":{\"a\":{\"type\":\"string\"}},\"$schema\":\"x\"} | gemini-2.5-flash |"
            + " ,\"parametersJsonSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}",
      })
  void argumentsAreAnObjectOrNothing(String schema, String model, String expected) {
    ChatRequest request = request(r -> r.tools = List.of(tool("f", schema)));

    assertThat(json(write(request, model).get("tools")))
        .isEqualTo(
            "[{\"functionDeclarations\":[{\"name\":\"f\",\"description\":\"does f\""
                + expected
                + "}]}]");
  }

  static Stream<Arguments> choices() {
    return Stream.of(
        Arguments.of(ToolChoice.DEFAULT, "null", 2),
        Arguments.of(ToolChoice.AUTO, "{\"functionCallingConfig\":{\"mode\":\"AUTO\"}}", 2),
        Arguments.of(
            new ToolChoice(ToolChoice.Kind.REQUIRED, List.of()),
            "{\"functionCallingConfig\":{\"mode\":\"ANY\"}}",
            2),
        Arguments.of(
            ToolChoice.named("g"),
            "{\"functionCallingConfig\":{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"g\"]}}",
            2),
        Arguments.of(
            new ToolChoice(ToolChoice.Kind.NONE, List.of()),
            "{\"functionCallingConfig\":{\"mode\":\"NONE\"}}",
            2),
        Arguments.of(
            new ToolChoice(ToolChoice.Kind.AUTO, List.of("g")),
            "{\"functionCallingConfig\":{\"mode\":\"AUTO\"}}",
            1));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void theChoiceIsAMode(ToolChoice choice, String config, int declared) {
    ChatRequest request =
        request(
            r -> {
              r.tools = List.of(tool("f", ""), tool("g", ""));
              r.toolChoice = choice;
            });

    Map<String, ?> body = write(request, "gemini-2.5-flash");

    assertThat(json(body.get("toolConfig"))).isEqualTo(config);
    assertThat(json(body.get("tools")).split("\"name\"", -1)).hasSize(declared + 1);
  }

  @Test
  void withoutToolsThereIsNothingToChoose() {
    assertThat(write(request(r -> r.toolChoice = ToolChoice.AUTO), "gemini-2.5-flash"))
        .containsOnlyKeys("contents");
  }

  @Test
  void formatsAreAskedForAsTheModelKnowsThem() {
    OutputFormat schema =
        new OutputFormat(OutputFormat.Kind.SCHEMA, "n", null, Trees.tree(SCHEMA), true);

    assertThat(json(write(request(r -> r.format = OutputFormat.JSON), "x").get("generationConfig")))
        .isEqualTo("{\"responseMimeType\":\"application/json\"}");
    assertThat(
            json(write(request(r -> r.format = schema), "gemini-2.5-pro").get("generationConfig")))
        .isEqualTo(
            "{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":" + SCHEMA + "}");
    assertThat(
            json(
                write(request(r -> r.format = schema), "gemini-2.0-flash").get("generationConfig")))
        .isEqualTo(
            "{\"responseMimeType\":\"application/json\",\"responseSchema\":{\"type\":\"OBJECT\","
                + "\"properties\":{\"b\":{\"type\":\"STRING\",\"enum\":[\"x\"]},"
                + "\"a\":{\"type\":\"INTEGER\"}},\"propertyOrdering\":[\"b\",\"a\"]}}");
  }

  @Test
  void besideFunctionsOlderModelsAreToldTheFormatInWords() {
    ChatRequest request =
        request(
            r -> {
              r.tools = List.of(tool("f", ""));
              r.format =
                  new OutputFormat(OutputFormat.Kind.SCHEMA, "n", null, Trees.tree(SCHEMA), true);
            });
    Notes notes = new Notes();

    Map<String, ?> older = write(request, "gemini-2.5-flash", notes);

    assertThat(older).doesNotContainKey("generationConfig");
    assertThat(json(older.get("systemInstruction"))).contains("JSON Schema: {\\\"type\\\"");
    assertThat(notes.changed()).containsExactly("response_format SCHEMA->instruction");
    assertThat(write(request, "gemini-3-pro-preview"))
        .containsKey("generationConfig")
        .doesNotContainKey("systemInstruction");
  }

  @Test
  void aSystemTurnThatIsLeftIsNotLost() {
    ChatRequest request =
        request(
            r ->
                r.turns =
                    List.of(
                        new Turn(Turn.Role.USER, List.of(new Part.Text("Hi"))),
                        new Turn(Turn.Role.SYSTEM, List.of(new Part.Text("Be brief.")))));

    assertThat(json(write(request, "gemini-2.5-flash").get("systemInstruction")))
        .isEqualTo("{\"parts\":[{\"text\":\"Be brief.\"}]}");
  }

  @Test
  void whatIsElsewhereIsIneligible() {
    for (Media media :
        List.of(
            new Media(Media.Kind.STORED, "s3://b/k", null),
            new Media(Media.Kind.FILE_ID, "file-1", null))) {
      ChatRequest request =
          request(
              r ->
                  r.turns =
                      List.of(
                          new Turn(Turn.Role.USER, List.of(new Part.Image(media, null, null)))));

      assertThatThrownBy(() -> write(request, "gemini-2.5-flash")).isInstanceOf(Ineligible.class);
    }
  }
}
