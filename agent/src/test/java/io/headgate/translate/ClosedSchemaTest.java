// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Claude's answers can be held to, and what not. */
class ClosedSchemaTest {

  private static Map<String, @Nullable Object> tree(String json) {
    Map<String, @Nullable Object> tree =
        Nodes.map(JsonTree.exact(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    if (tree == null) {
      throw new IllegalArgumentException("no object: " + json);
    }
    return tree;
  }

  private static boolean holds(String schema) {
    return ClosedSchema.holds(tree(schema));
  }

  private static String closed(String schema) {
    Map<String, @Nullable Object> closed =
        new ClosedSchema("response_format", new Notes()).of(tree(schema));
    return new String(JsonWriter.write(closed), StandardCharsets.UTF_8).replace('"', '\'');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'object','properties':{'next':{'$ref':'#'}}}",
        "{'$ref':'#/$defs/a~1b','$defs':{'a/b':{'items':{'$ref':'#/$defs/c'}},"
            + "'c':{'anyOf':[{'$ref':'#/$defs/a~1b'}]}}}",
        "{'anyOf':[{'type':'array','items':{'$ref':'#/anyOf/0'}}]}",
      })
  void aSchemaThatContainsItselfIsNotHeldTo(String schema) {
    assertThat(holds(schema)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'object','properties':{'m':{'type':'object',"
            + "'additionalProperties':{'type':'integer'}}}}",
        "{'type':'object','properties':{'a':true},'additionalProperties':{'type':'integer'}}",
        "{'type':'object'}",
        "{}",
        "{'type':'object','additionalProperties':true}",
        "{'type':'object','properties':{},'additionalProperties':true}",
        "{'type':'array','items':{'type':['object','null']}}",
        "{'anyOf':[{'type':'object'},{'type':'null'}]}",
        "{'type':'object','properties':{},'patternProperties':{'^x':{'type':'string'}}}",
        "{'properties':{'a':{'allOf':[{'$ref':'#/$defs/m'}]}},"
            + "'$defs':{'m':{'additionalProperties':{'type':'string'}}}}",
        // In whatever order parts say so.
        "{'type':'object','allOf':[{'properties':{'id':{'type':'string'}},"
            + "'additionalProperties':true},{'additionalProperties':{'type':'number'}}]}",
        "{'properties':{'a':true},'additionalProperties':false,"
            + "'allOf':[{'additionalProperties':{'type':'number'}}]}",
        "{'properties':{'a':true},'allOf':[{'additionalProperties':{'type':'number'}},"
            + "{'additionalProperties':{}}]}",
      })
  void aSchemaWithMembersOfAnyNameIsNotHeldTo(String schema) {
    assertThat(holds(schema)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Into parts that are joined; the names of choices change, too.
        "{'type':'object','properties':{'a':{'allOf':[{'type':'object','properties':{'p':"
            + "{'type':'object','properties':{'s':{'type':'string'}}}}},{'type':'object',"
            + "'properties':{'q':{'type':'string'}}}]},"
            + "'b':{'$ref':'#/properties/a/allOf/0/properties/p'}}}",
        "{'properties':{'a':{'oneOf':[{'type':'string'}]},'b':{'$ref':'#/properties/a/oneOf/0'}}}",
        "{'allOf':[{'$defs':{'x':{'type':'string'}}},{'properties':{'a':"
            + "{'$ref':'#/allOf/0/$defs/x'}}}]}",
        "{'properties':{'a':{'$ref':'#/components/schemas/A'}},"
            + "'components':{'schemas':{'A':{'type':'string'}}}}",
        "{'properties':{'a':{'$ref':'#/$defs/gone'}}}",
        "{'properties':{'a':{'$ref':'http://x/y'}}}",
        "{'properties':{'a':{'$ref':7}}}",
        "{'type':'string','allOf':[{'$ref':'http://x'},{'maxLength':3}]}",
        "{'properties':{'a':{'allOf':[{'$ref':'#/definitions/gone'}]}}}",
      })
  void aSchemaWithReferencesThatLeadNowhereIsNotHeldTo(String schema) {
    assertThat(holds(schema)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'object','properties':{'kind':{'type':'string'}},'required':['kind'],'anyOf':"
            + "[{'properties':{'a':{'type':'string'}},'required':['a']},"
            + "{'properties':{'b':{'type':'string'}},'required':['b']}]}",
        "{'properties':{'x':{'properties':{'a':true},'oneOf':[{'$ref':'#/$defs/b'}]}},"
            + "'$defs':{'b':{'properties':{'b':true}}}}",
        "{'properties':{'x':{'properties':{'a':true},'$ref':'#/$defs/b'}},"
            + "'$defs':{'b':{'properties':{'b':true}}}}",
        "{'allOf':[{'properties':{'id':true}},"
            + "{'anyOf':[{'properties':{'a':true}},{'properties':{'b':true}}]}]}",
        "{'allOf':[{'anyOf':[{'properties':{'a':true}},{'properties':{'b':true}}]},"
            + "{'anyOf':[{'properties':{'c':true}},{'properties':{'d':true}}]}]}",
        "{'properties':{'x':{'required':['a'],'anyOf':[{'properties':{'b':true}},"
            + "{'properties':{'a':true}}]}}}",
        "{'anyOf':[{'type':'string'}],'oneOf':[{'type':'string'}]}",
        "{'oneOf':[{'type':'string'}],'anyOf':[{'type':'string'}]}",
        "{'allOf':[{'type':'array','items':{'type':'string'}},{'items':{'maxLength':3}}]}",
      })
  void whatExcludesItselfOnceItIsClosedIsNotHeldTo(String schema) {
    assertThat(holds(schema)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'if':{'properties':{'a':{'const':'US'}}},'then':{'properties':{'zip':{'type':'string'}},"
            + "'required':['zip']}",
        "'if':true,'else':{'required':['b']}",
        "'not':{'required':['a']}",
        "'dependentSchemas':{'a':{'properties':{'b':true}}}",
        "'dependencies':{'a':{'required':['b']}}",
        "'allOf':[{'if':{'required':['a']},'then':{'required':['b']}}]",
      })
  void aConditionOnMembersIsNotHeldTo(String condition) {
    String schema = "{'type':'object','properties':{'a':{'type':'string'}},'required':['a']";

    assertThat(holds(schema + "}")).isTrue();
    assertThat(holds(schema + "," + condition + "}")).isFalse();
    assertThat(holds("{'properties':{'x':" + schema + "," + condition + "}}}")).isFalse();
  }

  @Test
  void aTypeBesideAChoiceGoesOnlyIfTheChoiceSaysAsMuch() {
    String choice = "'anyOf':[{'properties':{'a':true}},{'properties':{'b':true}}]}";

    assertThat(holds("{'type':'object'," + choice)).isTrue();
    assertThat(holds("{'type':['object','null']," + choice)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'properties':{'a':{'allOf':[{'$ref':'#/definitions/X'}],'title':'A','default':null}},"
            + "'definitions':{'X':{'enum':['x']}}}"
            + " | {'type':'object','properties':{'a':{'title':'A','default':null,"
            + "'$ref':'#/definitions/X'}},"
            + "'definitions':{'X':{'enum':['x']}},'additionalProperties':false}",
        "{'properties':{'a':{'description':'a','allOf':[{'$ref':'#/$defs/x','description':'x'}]}},"
            + "'$defs':{'x':{'type':'string'}}}"
            + " | {'type':'object','properties':{'a':{'description':'a','$ref':'#/$defs/x'}},"
            + "'$defs':{'x':{'type':'string'}},'additionalProperties':false}",
        // More than annotations.
        "{'properties':{'a':{'allOf':[{'$ref':'#/$defs/x'}],'enum':['y']}},"
            + "'$defs':{'x':{'type':'string'}}}"
            + " | {'type':'object','properties':{'a':{'enum':['y'],'type':'string'}},"
            + "'$defs':{'x':{'type':'string'}},'additionalProperties':false}",
        // Nothing but the parts of the schema itself are known by that name when it is closed.
        "{'properties':{'a':{'allOf':[{'$ref':'#/x/y'}]}},'$comment':'c','x':{'y':{'type':'null'}}}"
            + " | {'type':'object','properties':{'a':{'type':'null'}},'additionalProperties':false,"
            + "'description':'(x: {\\'y\\':{\\'type\\':\\'null\\'}})'}",
        "{'properties':{'a':{'anyOf':[{'properties':{'s':true}},{'type':'null'}]},"
            + "'b':{'$ref':'#/properties/a/anyOf/0'}}}"
            + " | {'type':'object','properties':{'a':{'anyOf':[{'properties':{'s':true},"
            + "'additionalProperties':false},{'type':'null'}]},'b':{'$ref':'#/properties/a/anyOf/0'"
            + "}},'additionalProperties':false}",
      })
  void aReferenceStaysOneWhereItCan(String schema, String closed) {
    assertThat(holds(schema)).isTrue();
    assertThat(closed(schema)).isEqualTo(closed);
  }

  @Test
  void aSchemaThatIsUsedTwiceDoesNotContainItself() {
    assertThat(
            holds(
                "{'type':'object','properties':{'a':{'$ref':'#/$defs/x'},'b':{'$ref':'#/$defs/x'}},"
                    + "'$defs':{'x':{'type':'string'}}}"))
        .isTrue();
  }

  @Test
  void whatGrowsTooMuchByJoiningIsNotHeldTo() {
    String base = "'A':{'type':'object','properties':{'a':{'description':'" + "d".repeat(2000);
    StringBuilder schema = new StringBuilder("{'$defs':{" + base + "'}}}},'properties':{'p':true");
    for (int i = 0; i < 60; i++) {
      schema.append(",'p" + i + "':{'allOf':[{'$ref':'#/$defs/A'},{'properties':{'b':true}}]}");
    }
    String some = schema + "}}";
    for (int i = 60; i < 400; i++) {
      schema.append(",'p" + i + "':{'allOf':[{'$ref':'#/$defs/A'},{'properties':{'b':true}}]}");
    }

    assertThat(holds(some)).isTrue();
    assertThat(holds(schema + "}}")).isFalse();
  }

  @Test
  void moreThanAPersonWroteIsNotHeldTo() {
    StringBuilder parts = new StringBuilder("{'properties':{'a':true},'allOf':[true");
    for (int i = 0; i < 600; i++) {
      parts.append(",{'properties':{'a" + i + "':true}}");
    }
    assertThat(holds(parts + "]}")).isFalse();
  }

  @Test
  void hostileSchemasDoNoHarm() {
    StringBuilder chain = new StringBuilder("{'$ref':'#/$defs/d0','$defs':{");
    for (int i = 0; i < 5000; i++) {
      chain.append("'d" + i + "':{'$ref':'#/$defs/d" + (i + 1) + "'},");
    }
    assertThat(holds(chain + "'d5000':{}}}")).isFalse();
    StringBuilder doubling = new StringBuilder("{'allOf':[{'$ref':'#/$defs/d0'}],'$defs':{");
    for (int i = 0; i < 60; i++) {
      String next = "{'allOf':[{'$ref':'#/$defs/d" + (i + 1) + "'},{'minProperties':1}]}";
      doubling.append("'d" + i + "':{'properties':{'x':" + next + ",'y':" + next + "}},");
    }
    assertThat(holds(doubling + "'d60':{}}}")).isFalse();
    assertThat(holds("{'allOf':[{'$ref':7,'properties':[],'required':{}},null,[]]}")).isTrue();
    assertThat(holds("{'type':7,'properties':[],'anyOf':{},'description':null}")).isFalse();
  }
}
