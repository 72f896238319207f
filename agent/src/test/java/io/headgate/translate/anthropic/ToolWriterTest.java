// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits.ReasoningStyle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolWriterTest {

  private static final CacheMark SHORT = new CacheMark(false);
  private static final CacheMark HOUR = new CacheMark(true);

  private final Notes notes = new Notes();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DEFAULT | | | null",
        "DEFAULT | | false | {'type':'auto','disable_parallel_tool_use':true}",
        "DEFAULT | | true | null",
        "AUTO | | | {'type':'auto'}",
        "REQUIRED | | | {'type':'any'}",
        "REQUIRED | | false | {'type':'any','disable_parallel_tool_use':true}",
        "REQUIRED | a | | {'type':'tool','name':'a'}",
        "NONE | | false | {'type':'none'}",
      })
  void theChoiceIsWritten(
      ToolChoice.Kind kind, @Nullable String name, @Nullable Boolean parallel, String said) {
    ChatRequest.Builder request = withTools("{\"type\":\"object\"}");
    request.toolChoice = new ToolChoice(kind, name == null ? List.of() : List.of(name));
    request.parallelTools = parallel;
    assertThat(Trees.json(write(request).get("tool_choice"))).isEqualTo(said.replace('\'', '"'));
  }

  @Test
  void aChoiceOfSeveralLeavesOnlyThose() {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.tools = List.of(tool("a", null), tool("b", null), tool("c", null));
    request.toolChoice = new ToolChoice(ToolChoice.Kind.REQUIRED, List.of("a", "c"));
    Map<String, @Nullable Object> body = write(request);
    assertThat(Nodes.list(body.get("tools")))
        .extracting(ToolWriterTest::name)
        .containsExactly("a", "c");
    assertThat(Trees.json(body.get("tool_choice"))).isEqualTo("{\"type\":\"any\"}");
  }

  @Test
  void withoutToolsThereIsNoChoice() {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.toolChoice = ToolChoice.AUTO;
    request.parallelTools = false;
    assertThat(write(request)).doesNotContainKeys("tools", "tool_choice");
  }

  @Test
  void toolsThatWereCalledAreDeclared() {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.turns =
        List.of(
            request.turns.get(0),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.ToolCall("1", "t", "{}"))),
            new Turn(
                Turn.Role.USER,
                List.of(new Part.ToolResult("1", "t", List.of(new Part.Text("x")), false, null))));
    Map<String, @Nullable Object> body = write(request);
    assertThat(Trees.json(body.get("tools")))
        .isEqualTo("[{\"name\":\"t\",\"input_schema\":{\"type\":\"object\",\"properties\":{}}}]");
    assertThat(Trees.json(body.get("tool_choice"))).isEqualTo("{\"type\":\"none\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | {'type':'object','properties':{}}",
        "{'properties':{'z':{},'a':{}}} | {'type':'object','properties':{'z':{},'a':{}}}",
        "{'type':['object','null'],'x':1.50} | {'type':'object','x':1.50}",
        "{'type':'object','description':'d'} | {'type':'object','description':'d'}",
        "{'anyOf':[{'properties':{'a':{},'b':{}},'required':['a','b']},"
            + "{'properties':{'b':{}},'required':['b']}]}"
            + " | {'type':'object','properties':{'a':{},'b':{}},'required':['b']}",
        "{'type':'object','oneOf':[{'$ref':'#/$defs/a.b'}],'$defs':{'a.b':{'properties':{'a':{}}}}}"
            + " | {'type':'object','$defs':{'a.b':{'properties':{'a':{}}}},'properties':{'a':{}}}",
        "{'allOf':[{'properties':{'a':{}},'required':['a']},"
            + "{'properties':{'b':{}},'required':['b']}]}"
            + " | {'type':'object','properties':{'a':{},'b':{}},'required':['a','b']}",
        "{'anyOf':[7,null,{'$ref':'elsewhere'}]} | {'type':'object','properties':{}}",
      })
  void schemasHaveAnObjectAtTheRoot(String schema, String written) {
    Map<String, @Nullable Object> body = write(withTools(schema.replace('\'', '"')));
    assertThat(Trees.json(body.get("tools")))
        .isEqualTo("[{\"name\":\"a\",\"input_schema\":" + written.replace('\'', '"') + "}]");
  }

  @Test
  void strictSchemasAreClosedAndOthersAreLeftAlone() {
    String schema =
        "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":1}}}";
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.tools =
        List.of(
            new Tool("a", "A", Trees.tree(schema), true, null),
            new Tool("b", " ", Trees.tree(schema), false, null));
    assertThat(Trees.json(write(request).get("tools")))
        .isEqualTo(
            Trees.line(
                """
                [{"name":"a","description":"A","strict":true,"input_schema":
                  {"type":"object","properties":{"n":
                   {"type":"integer","description":"(minimum: 1)"}},"additionalProperties":false}},
                 {"name":"b","input_schema":
                  {"type":"object","properties":{"n":{"type":"integer","minimum":1}}}}]
                """));
    assertThat(notes.changed()).containsExactly("tools minimum->description");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'$ref':'#/$defs/A','$defs':{'A':{'type':'object','properties':{'a':{'type':'string'}},"
            + "'required':['a']}}}"
            + " | {'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'$defs':"
            + "{'A':{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],"
            + "'additionalProperties':false}},'additionalProperties':false} | true",
        // By two steps, with members of both, and a choice at the end.
        "{'$ref':'#/$defs/A','required':['x'],'properties':{'x':{'type':'string'}},'$defs':{'A':"
            + "{'$ref':'#/$defs/B','title':'T'},'B':{'properties':{'b':{'$ref':'#/$defs/C'}},"
            + "'required':['b'],'title':'B'},'C':{'type':'null'}}}"
            + " | {'type':'object','properties':{'b':{'$ref':'#/$defs/C'},'x':{'type':'string'}},"
            + "'required':['b','x'],'title':'T','$defs':{'A':{'$ref':'#/$defs/B','title':'T'},'B':"
            + "{'properties':{'b':{'$ref':'#/$defs/C'}},'required':['b'],'title':'B',"
            + "'additionalProperties':false},'C':{'type':'null'}},'additionalProperties':false}"
            + " | true",
        // Nowhere, and in a circle.
        "{'$ref':'#/$defs/gone'} | {'type':'object','$ref':'#/$defs/gone'} | null",
        "{'$ref':'#/$defs/A','$defs':{'A':{'$ref':'#/$defs/A'}}}"
            + " | {'type':'object','$ref':'#/$defs/A','$defs':{'A':{'$ref':'#/$defs/A'}}} | null",
      })
  void aReferenceAtTheRootIsReplacedByWhatItLeadsTo(String schema, String written, String strict) {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.tools = List.of(new Tool("a", null, Trees.tree(schema.replace('\'', '"')), true, null));
    Map<String, @Nullable Object> tool = Nodes.map(Nodes.list(write(request).get("tools")).get(0));
    assertThat(Trees.json(tool.get("input_schema")).replace('"', '\'')).isEqualTo(written);
    assertThat(Trees.json(tool.get("strict"))).isEqualTo(strict);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // One that contains itself, one of a map, and one whose parts exclude each other.
        "{\"type\":\"object\",\"properties\":{\"x\":{\"properties\":{\"a\":true},\"anyOf\":"
            + "[{\"properties\":{\"b\":true}}]}}}",
        "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#\"}}}",
        "{\"type\":\"object\",\"properties\":{\"m\":{\"additionalProperties\":{\"type\":\"string\"}}}}",
      })
  void aStrictSchemaThatClaudeCannotBeHeldToIsNotEnforced(String schema) {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.tools = List.of(new Tool("a", null, Trees.tree(schema), true, null));
    assertThat(Trees.json(write(request).get("tools")))
        .isEqualTo("[{\"name\":\"a\",\"input_schema\":" + schema + "}]");
    assertThat(notes.dropped()).containsExactly("strict");
  }

  @Test
  void everyKindOfBlockCanBeMarked() {
    ChatRequest.Builder request =
        Trees.ask(
            new Part.ToolCall("1", "a", "{}", null, SHORT),
            new Part.ToolResult("1", null, List.of(), false, SHORT));
    request.system = List.of(marked("s", HOUR));
    request.tools = List.of(tool("a", HOUR));
    String hour = ",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}";
    String five = ",\"cache_control\":{\"type\":\"ephemeral\"}}";
    assertThat(Trees.json(write(request)))
        .contains(
            "\"properties\":{}}" + hour,
            "\"text\":\"s\"" + hour,
            "\"input\":{}" + five,
            "\"tool_use_id\":\"1\"" + five);
    assertThat(notes.dropped()).isEmpty();
  }

  private static Part marked(String text, CacheMark mark) {
    return new Part.Text(text, mark, List.of());
  }

  private static Tool tool(String name, @Nullable CacheMark mark) {
    return new Tool(name, null, null, null, mark);
  }

  private static String name(@Nullable Object tool) {
    Map<String, @Nullable Object> map = Nodes.map(tool);
    return map == null ? "" : Nodes.text(map.get("name"));
  }

  private static ChatRequest.Builder withTools(String schema) {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.tools = List.of(new Tool("a", null, Trees.tree(schema), null, null));
    return request;
  }

  private Map<String, @Nullable Object> write(ChatRequest.Builder request) {
    return Trees.write(request, ReasoningStyle.NONE, notes);
  }
}
