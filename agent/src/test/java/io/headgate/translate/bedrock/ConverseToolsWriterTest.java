// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseToolsWriterTest {

  private static final Turn HELLO = new Turn(Turn.Role.USER, List.of(new Part.Text("hi")));

  private static final List<Turn> HISTORY =
      List.of(
          HELLO,
          new Turn(
              Turn.Role.ASSISTANT,
              List.of(new Part.ToolCall("1", "f", "{}"), new Part.ToolCall("2", "g", "{}"))));

  private final Notes notes = new Notes();

  private static Tool tool(String name) {
    return new Tool(name, null, Nodes.object("type", "object"), null, null);
  }

  private String config(List<Turn> turns, ToolChoice choice, Tool... tools) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.turns = turns;
    request.tools = List.of(tools);
    request.toolChoice = choice;
    return Converse.written(Converse.write(request.build(), notes).get("toolConfig"));
  }

  @Test
  void toolsOfTheHistoryAreDeclaredIfThereAreNone() {
    assertThat(config(HISTORY, ToolChoice.DEFAULT))
        .isEqualTo(
            "{\"tools\":["
                + "{\"toolSpec\":{\"name\":\"f\",\"inputSchema\":{\"json\":{\"type\":\"object\"}}}},"
                + "{\"toolSpec\":{\"name\":\"g\",\"inputSchema\":"
                + "{\"json\":{\"type\":\"object\"}}}}]}");
    assertThat(config(List.of(HELLO), ToolChoice.DEFAULT)).isEqualTo("null");
  }

  @Test
  void noneTakesTheToolsAwayUnlessSomeWereCalled() {
    ToolChoice none = new ToolChoice(ToolChoice.Kind.NONE, List.of());
    assertThat(config(List.of(HELLO), none, tool("f"))).isEqualTo("null");
    assertThat(notes.dropped()).isEmpty();
    assertThat(config(HISTORY, none, tool("f"))).contains("\"f\"").doesNotContain("toolChoice");
    assertThat(notes.dropped()).containsExactly("tool_choice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AUTO||{"auto":{}}
          REQUIRED||{"any":{}}
          REQUIRED|f|{"tool":{"name":"f"}}
          """)
  void choiceIsSpelledAsConverseDoes(ToolChoice.Kind kind, String name, String json) {
    ToolChoice choice = new ToolChoice(kind, name == null ? List.of() : List.of(name));
    assertThat(config(List.of(HELLO), choice, tool("f"))).endsWith(",\"toolChoice\":" + json + "}");
  }

  @Test
  void choiceOfSeveralLeavesTheOthersOut() {
    ToolChoice choice = new ToolChoice(ToolChoice.Kind.REQUIRED, List.of("f", "h"));
    assertThat(config(List.of(HELLO), choice, tool("f"), tool("g"), tool("h")))
        .contains("\"f\"", "\"h\"", "{\"any\":{}}")
        .doesNotContain("\"g\"");
  }

  private String schema(String schema, boolean strict) {
    Tool tool = new Tool("f", null, Converse.tree(schema), strict ? true : null, null);
    return config(List.of(HELLO), ToolChoice.DEFAULT, tool);
  }

  @Test
  void claudesSchemasAreOfOneObject() {
    String object =
        """
        {"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object",
          "properties":{"a":{"type":"string"},"b":{"type":"string"}}}}}}]}\
        """;
    String properties = "\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}}";
    assertThat(
            schema(
                "{\"type\":\"object\","
                    + properties
                    + ",\"anyOf\":[{\"required\":[\"a\"]},{\"required\":[\"b\"]}]}",
                false))
        .isEqualTo(Converse.compact(object));
    assertThat(schema("{\"type\":[\"object\",\"null\"]," + properties + "}", false))
        .isEqualTo(Converse.compact(object));
  }

  @Test
  void claudesStrictToolsAreClosed() {
    assertThat(
            schema(
                """
                {"type":"object","properties":{"a":{"type":"integer","minimum":3}},
                 "required":["a"]}\
                """,
                true))
        .isEqualTo(
            Converse.compact(
                """
                {"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object",
                  "properties":{"a":{"type":"integer","description":"(minimum: 3)"}},
                  "required":["a"],"additionalProperties":false}},"strict":true}}]}\
                """));
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void claudesStrictToolsDoNotContainThemselves() {
    String tree =
        """
        {"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}}}}\
        """;
    assertThat(schema(tree, true)).contains("\"$ref\":\"#\"").doesNotContain("strict");
    assertThat(notes.dropped()).containsExactly("strict");
  }

  @Test
  void schemasOfOtherModelsStayAsTheyAre() {
    ChatRequest.Builder request = ChatRequest.builder();
    request.turns = List.of(HELLO);
    String schema = "{\"type\":\"object\",\"anyOf\":[{\"required\":[\"a\"]}],\"minProperties\":1}";
    request.tools = List.of(new Tool("f", null, Converse.tree(schema), true, null));
    Traits nova = Converse.traits("nova", Maker.OTHER, Traits.ReasoningStyle.NONE, Set.of(), true);
    assertThat(Converse.written(Converse.DIALECT.request(request.build(), nova, notes)))
        .contains("\"inputSchema\":{\"json\":" + schema + "},\"strict\":true");
  }

  @Test
  void schemaHasATypeAndKeepsItsOrder() {
    Tool typeless =
        new Tool("f", "d", Nodes.object("required", List.of("b"), "a", 1L), false, null);
    Tool none = new Tool("g", " ", null, null, new CacheMark(false));
    assertThat(config(List.of(HELLO), ToolChoice.DEFAULT, typeless, none))
        .isEqualTo(
            Converse.compact(
                """
                {"tools":[{"toolSpec":{"name":"f","description":"d","inputSchema":{"json":
                  {"type":"object","required":["b"],"a":1}},"strict":false}},
                 {"toolSpec":{"name":"g","inputSchema":{"json":
                  {"type":"object","properties":{}}}}},
                 {"cachePoint":{"type":"default"}}]}\
                """));
  }
}
