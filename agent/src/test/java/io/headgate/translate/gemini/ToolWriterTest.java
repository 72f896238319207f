// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.json;
import static io.headgate.translate.gemini.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.translate.Notes;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ToolWriterTest {

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
      textBlock =
          """
          {"type":"object","properties":{"a":{"type":"string"}},"anyOf":[{"required":["a"]}]}\
          |{"type":"OBJECT","properties":{"a":{"type":"STRING"}}}
          {"oneOf":[{"type":"object","properties":{"k":{"const":"x"},"a":{"type":"string"}},\
          "required":["k","a"]},{"type":"object","properties":{"k":{"const":"y"},\
          "a":{"type":"integer"}},"required":["k"]}]}\
          |{"type":"OBJECT","properties":{"k":{"type":"STRING","enum":["x","y"]},\
          "a":{"anyOf":[{"type":"STRING"},{"type":"INTEGER"}]}},"required":["k"]}
          {"anyOf":[{"properties":{"v":{"type":"string"}}},{"properties":{"v":{"type":"integer"}}},\
          {"properties":{"v":{"type":"boolean"}}},{"properties":{"v":{"type":"integer"}}},\
          {"properties":{"v":{"type":["null","number","string"]}}}]}\
          |{"type":"OBJECT","properties":{"v":{"anyOf":[{"type":"STRING"},{"type":"INTEGER"},\
          {"type":"BOOLEAN"},{"type":"NUMBER"}],"nullable":true}}}
          {"anyOf":[{"properties":{"v":{"enum":["x"]}}},{"properties":{"v":{"type":"integer"}}},\
          {"properties":{"v":{"enum":["y","x"]}}}]}\
          |{"type":"OBJECT","properties":{"v":{"anyOf":[{"type":"STRING","enum":["x","y"]},\
          {"type":"INTEGER"}]}}}
          """)
  void aChoiceBetweenArgumentsIsOneObject(String schema, String expected) {
    ChatRequest request = request(r -> r.tools = List.of(tool("f", schema)));

    assertThat(json(write(request, "gemini-2.0-flash").get("tools")))
        .contains("\"parameters\":" + expected + "}");
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
}
