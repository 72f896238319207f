// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits.ReasoningStyle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputFormatTest {

  private final Notes notes = new Notes();

  @Test
  void anyJsonIsAskedForInWords() {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.system = List.of(new Part.Text("Be brief."));
    request.format = OutputFormat.JSON;
    Map<String, @Nullable Object> body = Trees.write(request, ReasoningStyle.NONE, notes);
    assertThat(body).doesNotContainKey("output_config");
    assertThat(Trees.json(body.get("system")))
        .startsWith("[{\"type\":\"text\",\"text\":\"Be brief.\"},{\"type\":\"text\",")
        .contains("a single JSON object");
    assertThat(notes.changed()).containsExactly("response_format json_object->instruction");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'object','properties':{'b':{'type':'object','properties':{}},'a':{'type':'string'}}}"
            + " | {'type':'object','properties':{'b':{'type':'object','properties':{},'additionalProperties':false},'a':{'type':'string'}},'additionalProperties':false}"
            + " |",
        "{'properties':{}} | {'type':'object','properties':{},'additionalProperties':false} |",
        "{'type':'object','properties':{'a':true},'additionalProperties':true}"
            + " | {'type':'object','properties':{'a':true},'additionalProperties':false}"
            + " | additionalProperties->false",
        "{'type':'object','additionalProperties':false} | {'type':'object','additionalProperties':"
            + "false} |",
        "{'type':'string','minLength':3,'maxLength':10}"
            + " | {'type':'string','description':'(minLength: 3, maxLength: 10)'}"
            + " | minLength->description maxLength->description",
        "{'type':'number','description':'Age.','minimum':0.50,'multipleOf':2}"
            + " | {'type':'number','description':'Age. (minimum: 0.50, multipleOf: 2)'}"
            + " | minimum->description multipleOf->description",
        "{'type':'array','items':{'properties':{}},'minItems':1}"
            + " | {'type':'array','items':{'properties':{},'additionalProperties':false},"
            + "'minItems':1} |",
        "{'type':'array','minItems':2,'maxItems':3,'uniqueItems':true}"
            + " | {'type':'array','description':'(minItems: 2, maxItems: 3, uniqueItems: true)'}"
            + " | minItems->description maxItems->description uniqueItems->description",
        "{'type':'string','pattern':'^[a-z]+$','format':'date','enum':['x']}"
            + " | {'type':'string','pattern':'^[a-z]+$','format':'date','enum':['x']} |",
        "{'type':'string','format':'int32'} | {'type':'string','description':"
            + "'(format: `int32`)'} | format->description",
        "{'type':'string','pattern':'(?=x)'} | {'type':'string','description':"
            + "'(pattern: `(?=x)`)'} | pattern->description",
        "{'oneOf':[{'properties':{}},true]}"
            + " | {'anyOf':[{'properties':{},'additionalProperties':false},true]} |",
        "{'type':'object','oneOf':[{'type':'object','properties':{}}]}"
            + " | {'anyOf':[{'type':'object','properties':{},'additionalProperties':false}]} |",
        "{'$schema':'x','type':['object','null'],'title':'T','properties':{},'examples':[1]}"
            + " | {'type':['object','null'],'title':'T','properties':{},"
            + "'additionalProperties':false} |",
        "{'$ref':'#/$defs/a','$defs':{'a':{'properties':{}}}}"
            + " | {'$ref':'#/$defs/a','$defs':{'a':{'properties':{},'additionalProperties':false}}}"
            + " |",
        "{'properties':{'to':{'allOf':[{'$ref':'#/$defs/A'},{'description':'where'}]}},"
            + "'$defs':{'A':{'type':'object','properties':{'s':true},'required':['s']}}}"
            + " | {'type':'object','properties':{'to':{'type':'object','properties':{'s':true},"
            + "'required':['s'],'description':'where','additionalProperties':false}},"
            + "'$defs':{'A':{'type':'object','properties':{'s':true},'required':['s'],"
            + "'additionalProperties':false}},'additionalProperties':false} |",
        "{'allOf':[{'properties':{'a':true},'required':['a'],'additionalProperties':false},"
            + "{'type':'object','allOf':[{'properties':{'b':true},'required':['b']}]}]}"
            + " | {'properties':{'a':true,'b':true},'required':['a','b'],'type':'object',"
            + "'additionalProperties':false} |",
        "{'allOf':[{'properties':{'n':{'type':'integer'}}},"
            + "{'properties':{'n':{'minimum':1,'type':'integer'}}}]}"
            + " | {'type':'object','properties':{'n':{'type':'integer',"
            + "'description':'(minimum: 1)'}},'additionalProperties':false}"
            + " | minimum->description",
        "{'type':'string','maxLength':5,'allOf':[{'maxLength':3},true]}"
            + " | {'type':'string','description':'(maxLength: 3, maxLength: 5)'}"
            + " | maxLength->description",
      })
  void aSchemaIsClosedAndItsOtherLimitsAreTold(
      String schema, String written, @Nullable String changed) {
    Map<String, @Nullable Object> body = write(schema.replace('\'', '"'));
    assertThat(Trees.json(body.get("output_config")))
        .isEqualTo(
            "{\"format\":{\"type\":\"json_schema\",\"schema\":"
                + written.replace('\'', '"').replace("`", "\\\"")
                + "}}");
    assertThat(String.join(" ", notes.changed()).replace("response_format ", ""))
        .isEqualTo(changed == null ? "" : changed);
  }

  /** Models of other makers are asked in this format, too: they are not fitted as Claude is. */
  @Test
  void aSchemaThatCannotBeClosedIsToldInWords() {
    String json = "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#\"}}}";
    Map<String, @Nullable Object> body = write(json);
    assertThat(body).doesNotContainKey("output_config");
    assertThat(Trees.json(body.get("system"))).contains(json.replace("\"", "\\\""));
    assertThat(notes.changed()).containsExactly("response_format json_schema->instruction");
  }

  private Map<String, @Nullable Object> write(String schema) {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.format =
        new OutputFormat(OutputFormat.Kind.SCHEMA, "s", null, Trees.tree(schema), true);
    return Trees.write(request, ReasoningStyle.NONE, notes);
  }
}
