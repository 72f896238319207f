// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallReaderTest {

  private static List<String> ids(String json) {
    List<String> ids = new ArrayList<>();
    read(json)
        .turns()
        .forEach(
            turn ->
                turn.parts()
                    .forEach(
                        part -> {
                          if (part instanceof Part.ToolCall call) {
                            ids.add("call " + call.name() + " " + call.id());
                          } else if (part instanceof Part.ToolResult result) {
                            ids.add("result " + result.name() + " " + result.callId());
                          }
                        }));
    return ids;
  }

  @Test
  void withoutIdsNameAndOrderTieCallsToTheirResults() {
    String first =
        """
        {"contents": [
          {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {"a": 1}}},
            {"functionCall": {"name": "g"}}, {"functionCall": {"name": "f", "args": {"a": 2}}}]},
          {"parts": [{"functionResponse": {"name": "g", "response": {}}},
            {"functionResponse": {"name": "f", "response": {}}},
            {"functionResponse": {"name": "f", "response": {}}}]}%s
        ]}
        """;
    String more =
        """
        , {"role": "model", "parts": [{"functionCall": {"name": "f"}}]},
          {"parts": [{"functionResponse": {"name": "f", "response": {}}}]}
        """;

    assertThat(ids(first.formatted("")))
        .containsExactly(
            "call f call_0",
            "call g call_1",
            "call f call_2",
            "result g call_1",
            "result f call_0",
            "result f call_2");
    // As it grows, what was there keeps its ids.
    assertThat(ids(first.formatted(more)))
        .startsWith(ids(first.formatted("")).toArray(String[]::new))
        .endsWith("call f call_3", "result f call_3");
  }

  @Test
  void idsThatAreGivenStayAndAreNotGivenTwice() {
    assertThat(
            ids(
                """
                {"contents": [
                  {"role": "model", "parts": [{"functionCall": {"name": "f"}},
                    {"functionCall": {"id": "call_0", "name": "f"}}]},
                  {"parts": [{"functionResponse": {"id": "call_0", "name": "f"}},
                    {"functionResponse": {"name": "f"}}, {"functionResponse": {"name": "h"}}]}
                ]}
                """))
        .containsExactly(
            "call f call_0_",
            "call f call_0",
            "result f call_0",
            "result f call_0_",
            "result h call_2");
  }

  @Test
  void aResultMayHaveTheIdThatItsCallLacks() {
    assertThat(
            ids(
                """
                {"contents": [
                  {"role": "model", "parts": [{"functionCall": {"name": "f"}}]},
                  {"parts": [{"functionResponse": {"id": "x", "name": "f"}},
                    {"functionResponse": {"id": "y", "name": "f"}}]}
                ]}
                """))
        .containsExactly("call f call_0", "result f call_0", "result f y");
  }

  static Stream<Arguments> responses() {
    return Stream.of(
        Arguments.of("{\"result\":\"sunny\"}", "sunny", false),
        Arguments.of("{\"output\":\"sunny\"}", "sunny", false),
        Arguments.of("{\"output\":{\"t\":21.50}}", "{\"t\":21.50}", false),
        Arguments.of("{\"output\":\"sunny\",\"error\":null}", "sunny", false),
        Arguments.of("{\"error\":\"no such town\"}", "no such town", true),
        Arguments.of("{\"error\":{\"code\":5}}", "{\"code\":5}", true),
        Arguments.of("{\"error\":\"\"}", "", false),
        Arguments.of("{\"t\":21.50,\"sky\":\"blue\"}", "{\"t\":21.50,\"sky\":\"blue\"}", false),
        Arguments.of("{}", "{}", false),
        Arguments.of("\"plain\"", "plain", false),
        Arguments.of("[1]", "[1]", false));
  }

  @ParameterizedTest
  @MethodSource("responses")
  void theObjectOfAResponseBecomesText(String response, String text, boolean error) {
    ChatRequest request =
        read(
            "{\"contents\":[{\"parts\":[{\"functionResponse\":{\"id\":\"1\",\"name\":\"f\","
                + "\"response\":"
                + response
                + "}}]}]}");

    List<Part> parts = text.isEmpty() ? List.of() : List.of(new Part.Text(text));
    assertThat(request.turns().get(0).parts())
        .containsExactly(new Part.ToolResult("1", "f", parts, error, null));
  }

  @Test
  void aResponseMayHoldPictures() {
    ChatRequest request =
        read(
            """
            {"contents": [{"parts": [{"functionResponse": {"id": "1", "name": "f",
              "response": {"result": "see"},
              "parts": [{"inlineData": {"mimeType": "image/png", "data": "AAAA"}}]}}]}]}
            """);

    assertThat(request.turns().get(0).parts())
        .containsExactly(
            new Part.ToolResult(
                "1",
                "f",
                List.of(
                    new Part.Text("see"),
                    new Part.Image(new Media(Media.Kind.BASE64, "AAAA", "image/png"), null, null)),
                false,
                null));
  }

  @Test
  void toolsAreReadFromBothKindsOfSchema() {
    Notes notes = new Notes();

    ChatRequest request =
        read(
            """
            {"contents": [{"parts": [{"text": "Hi"}]}], "tools": [
              {"functionDeclarations": [
                {"name": "f", "description": "does f", "parameters": {"type": "OBJECT",
                  "properties": {"a": {"type": "STRING", "nullable": true}}}},
                {"name": "g", "parametersJsonSchema": {"type": "object", "additionalProperties": false}}]},
              {"functionDeclarations": [{"name": "h", "behavior": "NON_BLOCKING"}]}]}
            """,
            notes);

    assertThat(request.tools()).extracting(Tool::name).containsExactly("f", "g", "h");
    assertThat(request.tools().get(0).description()).isEqualTo("does f");
    assertThat(Trees.json(request.tools().get(0).schema()))
        .isEqualTo("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]}}}");
    assertThat(Trees.json(request.tools().get(1).schema()))
        .isEqualTo("{\"type\":\"object\",\"additionalProperties\":false}");
    assertThat(request.tools().get(2).schema()).isNull();
    assertThat(notes.dropped()).containsExactly("functionDeclarations.behavior");
  }

  static Stream<Arguments> choices() {
    return Stream.of(
        Arguments.of("{\"mode\":\"AUTO\"}", ToolChoice.AUTO),
        Arguments.of("{\"mode\":\"auto\"}", ToolChoice.AUTO),
        Arguments.of("{\"mode\":\"VALIDATED\"}", ToolChoice.AUTO),
        Arguments.of("{\"mode\":\"ANY\"}", new ToolChoice(ToolChoice.Kind.REQUIRED, List.of())),
        Arguments.of("{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"f\"]}", ToolChoice.named("f")),
        Arguments.of("{\"mode\":\"NONE\"}", new ToolChoice(ToolChoice.Kind.NONE, List.of())),
        Arguments.of("{\"mode\":\"MODE_UNSPECIFIED\"}", ToolChoice.DEFAULT),
        Arguments.of("{}", ToolChoice.DEFAULT));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void theModeIsTheChoice(String config, ToolChoice choice) {
    assertThat(
            read("{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],"
                    + "\"toolConfig\":{\"functionCallingConfig\":"
                    + config
                    + "}}")
                .toolChoice())
        .isEqualTo(choice);
  }
}
