// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.hello;
import static io.headgate.translate.Fits.shown;
import static io.headgate.translate.Fits.target;
import static io.headgate.translate.Fits.tool;
import static io.headgate.translate.Fits.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.WireFormat;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitFormatTest {

  private static final String JSON = "Answer with one JSON object and nothing else.";

  private final Notes notes = new Notes();

  private static OutputFormat schema(Map<String, @Nullable Object> schema) {
    return new OutputFormat(OutputFormat.Kind.SCHEMA, "s", null, schema, true);
  }

  private static final OutputFormat SCHEMA =
      schema(Nodes.object("type", "object", "properties", Nodes.object()));

  @ParameterizedTest
  @CsvSource({
    "openai, true, true", "responses, true, true", "gemini, true, false", "cohere, true, false",
    "ollama, true, false", "mistral, true, true", "claude, false, true", "bedrock, false, true",
  })
  void anyJsonIsAskedForAsSuchOrInWords(String target, boolean mode, boolean words) {
    ChatRequest.Builder request = hello();
    request.format = OutputFormat.JSON;

    ChatRequest fitted = Fitting.fit(request.build(), target(target), notes).request();

    assertThat(fitted.format()).isEqualTo(mode ? OutputFormat.JSON : OutputFormat.TEXT);
    assertThat(shown(fitted)).isEqualTo((words ? "s:" + JSON + " " : "") + "U:hello");
    assertThat(notes.changed())
        .isEqualTo(mode ? List.of() : List.of("response_format json_object->instruction"));
  }

  @Test
  void whoSpeaksOfJsonNeedNoMoreWords() {
    ChatRequest.Builder request = hello();
    request.format = OutputFormat.JSON;
    request.turns = List.of(user("Give me Json"));

    ChatRequest fitted = Fitting.fit(request.build(), Fits.OPENAI, notes).request();

    assertThat(fitted.system()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "openai, native", "responses, native", "claude, native", "gemini, native", "bedrock, native",
    "cohere, native", "ollama, native", "claude-4, tool", "deepseek, tool", "nova, tool",
  })
  void aSchemaIsAskedForAsSuchOrByATool(String target, String way) {
    ChatRequest.Builder request = hello();
    request.format = SCHEMA;

    Fitted fitted = Fitting.fit(request.build(), target(target), notes);

    boolean tool = way.equals("tool");
    assertThat(fitted.schemaTool()).isEqualTo(tool);
    assertThat(fitted.request().format()).isEqualTo(tool ? OutputFormat.TEXT : SCHEMA);
    assertThat(fitted.request().tools())
        .isEqualTo(
            tool
                ? List.of(
                    new Tool("structured_output", "Takes the answer.", SCHEMA.schema(), null, null))
                : List.of());
    assertThat(fitted.request().toolChoice())
        .isEqualTo(tool ? ToolChoice.named("structured_output") : ToolChoice.DEFAULT);
    assertThat(notes.changed())
        .isEqualTo(tool ? List.of("response_format json_schema->tool") : List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "claude-4, DEFAULT, tool", "claude-4, AUTO, tool", "claude-4, REQUIRED, words",
    "gemini, AUTO, tool", "cohere, AUTO, words", "gemini-3, AUTO, native",
  })
  void aSchemaBesideToolsIsAskedForByOneMore(String target, ToolChoice.Kind kind, String way) {
    ChatRequest.Builder request = hello();
    request.format = SCHEMA;
    request.tools = List.of(tool("a"));
    request.toolChoice = new ToolChoice(kind, List.of());

    Fitted fitted = Fitting.fit(request.build(), target(target), notes);

    List<String> names = fitted.request().tools().stream().map(Tool::name).toList();
    assertThat(fitted.schemaTool()).isEqualTo(way.equals("tool"));
    assertThat(names)
        .isEqualTo(way.equals("tool") ? List.of("a", "structured_output") : List.of("a"));
    assertThat(fitted.request().toolChoice().kind())
        .isEqualTo(way.equals("tool") ? ToolChoice.Kind.REQUIRED : kind);
    assertThat(shown(fitted.request()).contains("JSON Schema")).isEqualTo(way.equals("words"));
  }

  @Test
  void aSchemaThatIsNoObjectIsAskedForInWords() {
    ChatRequest.Builder request = hello();
    request.format = schema(Nodes.object("type", "array"));

    Fitted fitted = Fitting.fit(request.build(), Fits.CLAUDE_4, notes);

    assertThat(fitted.schemaTool()).isFalse();
    assertThat(shown(fitted.request()))
        .isEqualTo(
            "s:Answer with JSON that is valid by this JSON Schema, and with nothing else:"
                + " {\"type\":\"array\"} U:hello");
    assertThat(notes.changed()).containsExactly("response_format json_schema->instruction");
  }

  @Test
  void aSchemaInWordsGoesWithTheModeForJson() {
    ChatRequest.Builder request = hello();
    request.format = schema(Nodes.object("type", "array"));

    Fitted fitted = Fitting.fit(request.build(), Fits.DEEPSEEK, notes);

    assertThat(fitted.request().format()).isEqualTo(OutputFormat.JSON);
    assertThat(notes.changed()).containsExactly("response_format json_schema->json_object");
  }

  @Test
  void aToolOfTheAppWithThatNameStaysTheApps() {
    ChatRequest.Builder request = hello();
    request.format = SCHEMA;
    request.tools = List.of(tool("structured_output"));

    Fitted fitted = Fitting.fit(request.build(), Fits.CLAUDE_4, notes);

    assertThat(fitted.schemaTool()).isFalse();
    assertThat(fitted.request().tools()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "claude, object, tool",
    "bedrock, object, tool",
    "bedrock, array, words",
    "claude-fable, object, words",
    "openai, object, native",
    "gemini, object, native",
    "glm, object, native",
  })
  void claudeIsNotHeldToASchemaThatContainsItself(String target, String root, String way) {
    ChatRequest.Builder request = hello();
    Map<String, @Nullable Object> self = Nodes.object("$ref", "#");
    request.format =
        schema(
            root.equals("array")
                ? Nodes.object("type", "array", "items", self)
                : Nodes.object("type", "object", "properties", Nodes.object("next", self)));
    Traits traits =
        switch (target) {
          case "claude-fable" ->
              Fits.CATALOG.of(WireFormat.ANTHROPIC, "anthropic", "claude-fable-5");
          // In Claude's format: what cannot be said in it is for its writer to tell otherwise.
          case "glm" -> Fits.CATALOG.of(WireFormat.ANTHROPIC, "mine", "glm-4.6");
          default -> target(target);
        };

    Fitted fitted = Fitting.fit(request.build(), traits, notes);

    assertThat(fitted.schemaTool()).isEqualTo(way.equals("tool"));
    assertThat(fitted.request().format().kind() == OutputFormat.Kind.SCHEMA)
        .isEqualTo(way.equals("native"));
    assertThat(shown(fitted.request()).contains("JSON Schema")).isEqualTo(way.equals("words"));
    if (way.equals("tool")) {
      assertThat(fitted.request().tools().get(0).strict()).isNull();
    }
  }

  @Test
  void aSchemaThatIsMissingIsAnyJson() {
    ChatRequest.Builder request = hello();
    request.format = new OutputFormat(OutputFormat.Kind.SCHEMA, "s", null, null, null);

    ChatRequest fitted = Fitting.fit(request.build(), Fits.OPENAI, notes).request();

    assertThat(fitted.format()).isEqualTo(OutputFormat.JSON);
  }

  @ParameterizedTest
  @CsvSource({"openai, array", "responses, array", "openai, string", "responses, union"})
  void openAiIsAskedInWordsForWhatIsNoObject(String target, String root) {
    ChatRequest.Builder request = hello();
    Map<String, @Nullable Object> schema =
        root.equals("union")
            ? Nodes.object("anyOf", Nodes.array(Nodes.object("type", "object")))
            : Nodes.object("type", root);
    request.format = schema(schema);

    Fitted fitted = Fitting.fit(request.build(), target(target), notes);

    assertThat(fitted.schemaTool()).isFalse();
    // Its mode for JSON gives nothing but objects.
    assertThat(fitted.request().format()).isEqualTo(OutputFormat.TEXT);
    assertThat(shown(fitted.request())).startsWith("s:Answer with JSON that is valid by");
    assertThat(notes.changed()).containsExactly("response_format json_schema->instruction");
  }

  @Test
  void anObjectThatDoesNotSaySoIsOneAllTheSame() {
    ChatRequest.Builder request = hello();
    request.format = schema(Nodes.object("properties", Nodes.object()));

    Fitted fitted = Fitting.fit(request.build(), Fits.OPENAI, notes);

    assertThat(fitted.request().format()).isEqualTo(SCHEMA);
    assertThat(notes.changed()).isEmpty();
  }
}
