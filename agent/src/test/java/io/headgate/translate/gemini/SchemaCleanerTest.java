// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.json;
import static io.headgate.translate.gemini.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.translate.Notes;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaCleanerTest {

  private static String clean(String schema) {
    return clean(schema, new Notes());
  }

  private static String clean(String schema, Notes notes) {
    Map<String, @Nullable Object> tree = tree(schema.replace('\'', '"'));
    return json(SchemaCleaner.clean(tree, false, "tools", notes)).replace('"', '\'');
  }

  private static Arguments row(String schema, String cleaned) {
    return Arguments.of(schema, cleaned);
  }

  static Stream<Arguments> schemas() {
    return Stream.of(
        row("{'type':'string','const':'a'}", "{'type':'STRING','enum':['a']}"),
        row("{'const':'a'}", "{'type':'STRING','enum':['a']}"),
        row(
            "{'type':'string','enum':['a','',null]}",
            "{'type':'STRING','enum':['a'],'nullable':true}"),
        row("{'type':'integer','enum':[1,2]}", "{'type':'INTEGER','description':'One of: 1, 2.'}"),
        row(
            "{'type':'boolean','const':true,'description':'Yes.'}",
            "{'type':'BOOLEAN','description':'Yes. One of: true.'}"),
        row("{'type':['string','null']}", "{'type':'STRING','nullable':true}"),
        row(
            "{'type':['null','integer'],'minimum':1}",
            "{'type':'INTEGER','minimum':1,'nullable':true}"),
        row(
            "{'type':['string','number'],'description':'x'}",
            "{'description':'x','anyOf':[{'type':'STRING'},{'type':'NUMBER'}]}"),
        row("{'anyOf':[{'type':'string'},{'type':'null'}]}", "{'type':'STRING','nullable':true}"),
        row(
            "{'oneOf':[{'type':'string'},{'type':'integer'},{'type':'null'}]}",
            "{'anyOf':[{'type':'STRING'},{'type':'INTEGER'}],'nullable':true}"),
        row(
            "{'allOf':[{'type':'object','properties':{'a':{'type':'string'}},'required':['a']},"
                + "{'properties':{'b':{'type':'string'}},'required':['b']}]}",
            "{'type':'OBJECT','properties':{'a':{'type':'STRING'},'b':{'type':'STRING'}},"
                + "'required':['a','b']}"),
        row("{'type':'array'}", "{'type':'ARRAY','items':{'type':'STRING'}}"),
        row(
            "{'type':'array','items':{'type':'integer'},'minItems':1,'uniqueItems':true}",
            "{'type':'ARRAY','minItems':1,'items':{'type':'INTEGER'}}"),
        row(
            "{'type':'array','prefixItems':[{'type':'string'},{'type':'integer'}]}",
            "{'type':'ARRAY','items':{'anyOf':[{'type':'STRING'},{'type':'INTEGER'}]}}"),
        row("{'type':'string','format':'date-time'}", "{'type':'STRING','format':'date-time'}"),
        row("{'type':'string','format':'email'}", "{'type':'STRING'}"),
        row("{'type':'integer','format':'int64'}", "{'type':'INTEGER','format':'int64'}"),
        row("{'type':'string','format':'int64'}", "{'type':'STRING'}"),
        row(
            "{'$schema':'x','$id':'y','title':'T','type':'object','additionalProperties':false,"
                + "'properties':{'n':{'type':'number','exclusiveMinimum':0,'default':1,"
                + "'examples':[1]}},'required':['n','gone'],'patternProperties':{},"
                + "'propertyNames':{},'unevaluatedProperties':false}",
            "{'type':'OBJECT','title':'T','properties':{'n':{'type':'NUMBER'}},'required':['n']}"),
        row("{'type':'object','properties':{}}", "{'type':'OBJECT'}"),
        row("{'properties':{'a':true}}", "{'type':'OBJECT','properties':{'a':{'type':'STRING'}}}"),
        row(
            "{'type':'object','properties':{'p':{'$ref':'#/$defs/a~1b','description':'here'}},"
                + "'$defs':{'a/b':{'type':'integer','description':'there'}}}",
            "{'type':'OBJECT','properties':{'p':{'type':'INTEGER','description':'here'}}}"),
        row(
            "{'$ref':'#/definitions/P','definitions':{'P':{'type':'object',"
                + "'properties':{'type':{'type':'string'}}}}}",
            "{'type':'OBJECT','properties':{'type':{'type':'STRING'}}}"),
        row(
            "{'type':'array','items':{'$ref':'#/nowhere'}}",
            "{'type':'ARRAY','items':{'type':'STRING'}}"));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void whatGeminiDoesNotKnowIsSaidOtherwiseOrLeftOut(String schema, String cleaned) {
    assertThat(clean(schema)).isEqualTo(cleaned);
  }

  static Stream<Arguments> choices() {
    return Stream.of(
        // Conditions alone are no choice.
        row(
            "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'integer'}},"
                + "'anyOf':[{'required':['a']},{'required':['b']}]}",
            "{'type':'OBJECT','properties':{'a':{'type':'STRING'},'b':{'type':'INTEGER'}}}"),
        row(
            "{'type':'array','items':{'type':'object','properties':{'a':{'type':'string'}},"
                + "'oneOf':[{'required':['a']},{'not':{'required':['a']}}]}}",
            "{'type':'ARRAY','items':{'type':'OBJECT','properties':{'a':{'type':'STRING'}}}}"),
        // What stands beside a choice holds for each branch.
        row(
            "{'type':'object','description':'d','properties':{'a':{'type':'string'}},"
                + "'required':['a'],'anyOf':[{'properties':{'b':{'type':'string'}},"
                + "'required':['b']},{'required':['a']}]}",
            "{'description':'d','anyOf':[{'type':'OBJECT','properties':{'a':{'type':'STRING'},"
                + "'b':{'type':'STRING'}},'required':['a','b']},{'type':'OBJECT','properties':"
                + "{'a':{'type':'STRING'}},'required':['a']}]}"),
        row(
            "{'type':'object','properties':{'a':{'type':'string'}},'anyOf':[{'type':'null'},"
                + "{'properties':{'a':{'enum':['x']}}}]}",
            "{'type':'OBJECT','properties':{'a':{'type':'STRING','enum':['x']}},'nullable':true}"),
        row(
            "{'properties':{'a':{'type':'string'}},'anyOf':[{'$ref':'#/$defs/n'}],"
                + "'$defs':{'n':{'type':'object','properties':{'b':{'type':'string'}}}}}",
            "{'type':'OBJECT','properties':{'a':{'type':'STRING'},'b':{'type':'STRING'}}}"),
        row(
            "{'type':'string','anyOf':[{'enum':['a']},{'format':'date-time'}]}",
            "{'anyOf':[{'type':'STRING','enum':['a']},{'type':'STRING','format':'date-time'}]}"),
        row(
            "{'type':['string','number','null'],'oneOf':[{'type':'string'},{'type':'number'}]}",
            "{'anyOf':[{'type':'STRING'},{'type':'NUMBER'}],'nullable':true}"),
        // Nothing but null.
        row("{'anyOf':[{'type':'null'}]}", "{'type':'STRING','nullable':true}"));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void aChoiceLosesNothingThatStandsBesideIt(String schema, String cleaned) {
    assertThat(clean(schema)).isEqualTo(cleaned);
  }

  @Test
  void aChoiceBetweenDefinitionsOfThemselvesComesToAnEnd() {
    String cleaned =
        clean(
            "{'$ref':'#/$defs/n','$defs':{'n':{'type':'object','properties':{'a':{}},"
                + "'required':['a'],'anyOf':[{'$ref':'#/$defs/n'},{'$ref':'#/$defs/n'}]}}}");

    assertThat(cleaned.length()).isLessThan(2_000_000);
  }

  @Test
  void aChoiceBetweenManyBesideManyMembersIsNotMultiplied() {
    StringBuilder schema = new StringBuilder("{'properties':{'p0':{}");
    for (int i = 1; i < 1000; i++) {
      schema.append(",'p").append(i).append("':{}");
    }
    schema.append("},'anyOf':[{'type':'object','properties':{'b0':{}}}");
    for (int i = 1; i < 4000; i++) {
      schema.append(",{'properties':{'b").append(i).append("':{}}}");
    }

    Notes notes = new Notes();
    String cleaned = clean(schema.append("]}").toString(), notes);

    assertThat(cleaned).contains("'b0':").doesNotContain("'b9':");
    assertThat(notes.changed()).containsExactly("tools schema->a part of it");
    assertThat(cleaned.split("'type':'OBJECT'", -1)).hasSizeLessThan(10);
  }

  @Test
  void branchesThatTakeNoMembersAreNotMultipliedEither() {
    StringBuilder schema = new StringBuilder("{'properties':{'p0':{}");
    for (int i = 1; i < 1000; i++) {
      schema.append(",'p").append(i).append("':{}");
    }
    schema.append("},'anyOf':[{'type':'string'}");
    for (int i = 1; i < 4000; i++) {
      schema.append(",{'type':'string','maxLength':").append(i).append('}');
    }

    String cleaned = clean(schema.append("]}").toString());

    assertThat(cleaned.split("'type':'STRING'", -1)).hasSizeLessThan(10);
  }

  @Test
  void aDefinitionWithinItselfEndsAfterFive() {
    String cleaned =
        clean(
            "{'$ref':'#/$defs/n','$defs':{'n':{'type':'object','properties':"
                + "{'next':{'$ref':'#/$defs/n'}}}}}");

    assertThat(cleaned.split("'next'", -1)).hasSize(6);
    assertThat(cleaned).contains("{'next':{'type':'OBJECT'}}").doesNotContain("$");
  }

  @Test
  void definitionsThatMultiplyComeToAnEnd() {
    StringBuilder properties = new StringBuilder("'p0':{'$ref':'#/$defs/n'}");
    for (int i = 1; i < 30; i++) {
      properties.append(",'p").append(i).append("':{'$ref':'#/$defs/n'}");
    }

    String cleaned =
        clean(
            "{'$ref':'#/$defs/n','$defs':{'n':{'type':'object','properties':{"
                + properties
                + "}}}}");

    assertThat(cleaned.length()).isBetween(10_000, 2_000_000);
  }

  @Test
  void aReferenceToItselfAloneIsAnObject() {
    Notes notes = new Notes();
    assertThat(clean("{'$ref':'#'}", notes)).isEqualTo("{'type':'OBJECT'}");
    assertThat(notes.changed()).isEmpty();
  }

  @Test
  void whatIsTooDeepIsNoted() {
    Notes notes = new Notes();
    clean("{'items':".repeat(39) + "{'type':'string'}" + "}".repeat(39), notes);
    assertThat(notes.changed()).isEmpty();

    clean("{'items':".repeat(50) + "{'type':'string'}" + "}".repeat(50), notes);
    assertThat(notes.changed()).containsExactly("tools schema->a part of it");
  }

  @Test
  void theOrderOfMembersIsSaidIfItIsWanted() {
    assertThat(
            json(
                SchemaCleaner.clean(
                    tree(
                        "{\"properties\":{\"b\":{\"type\":\"string\"},\"a\":{\"type\":\"string\"}}}"),
                    true,
                    "response_format",
                    new Notes())))
        .endsWith("\"propertyOrdering\":[\"b\",\"a\"]}");
  }
}
