// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictSchemaTest {

  private static final String OPEN = "{\"type\":\"object\",\"properties\":{}}";
  private static final String CLOSED =
      "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        CLOSED + " | true",
        OPEN + " | false",
        "{\"type\":\"string\"} | true",
        "{\"type\":[\"object\",\"null\"]} | false",
        "{\"properties\":{\"a\":{}},\"required\":[\"a\"],\"additionalProperties\":false} | true",
        "{\"properties\":{\"a\":{}},\"required\":[],\"additionalProperties\":false} | false",
        "{\"type\":\"array\",\"items\":" + OPEN + "} | false",
        "{\"type\":\"array\",\"items\":" + CLOSED + "} | true",
        "{\"anyOf\":[" + CLOSED + "," + OPEN + "]} | false",
        "{\"anyOf\":[" + CLOSED + ",{\"type\":\"null\"}]} | true",
        "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":" + OPEN + "}} | false",
        "{\"allOf\":[" + CLOSED + "]} | false",
        "{\"oneOf\":[" + CLOSED + "]} | false",
        "{\"not\":{}} | false",
        "{\"type\":\"array\",\"prefixItems\":[]} | false",
        "{\"type\":\"string\",\"default\":\"a\"} | false",
        "{\"type\":\"string\",\"format\":\"uri\"} | false",
        "{\"type\":\"string\",\"format\":\"date\",\"pattern\":\"a\"} | true",
        "{\"properties\":7,\"items\":[],\"anyOf\":{},\"$defs\":3,\"required\":{}} | true",
      })
  void everyObjectIsClosedAndComplete(String schema, boolean fits) {
    Object inner = JsonTree.exact(schema.getBytes(StandardCharsets.UTF_8));

    assertThat(StrictSchema.fits(holding(inner))).isEqualTo(fits);
  }

  private static Map<String, @Nullable Object> holding(@Nullable Object inner) {
    return Nodes.object(
        "type",
        "object",
        "properties",
        Nodes.object("a", inner),
        "required",
        Nodes.array("a"),
        "additionalProperties",
        false);
  }

  @Test
  void theRootIsAnObject() {
    Map<String, @Nullable Object> closed = holding(Nodes.object("type", "string"));
    assertThat(StrictSchema.fits(closed)).isTrue();
    closed.put("anyOf", Nodes.array());
    assertThat(StrictSchema.fits(closed)).isFalse();
    assertThat(StrictSchema.fits(Nodes.object("$ref", "#/$defs/a"))).isFalse();
    assertThat(StrictSchema.fits(Nodes.object("type", "array"))).isFalse();
    assertThat(StrictSchema.fits(null)).isFalse();
  }

  @Test
  void whatIsNotStrictAnyMoreIsNoted() {
    Notes notes = new Notes();

    assertThat(StrictSchema.strict(true, Nodes.object("type", "object"), notes)).isFalse();
    assertThat(StrictSchema.strict(null, Nodes.object(), notes)).isNull();
    assertThat(StrictSchema.strict(false, Nodes.object(), notes)).isFalse();
    assertThat(StrictSchema.strict(true, holding(null), notes)).isTrue();
    assertThat(notes.changed()).containsExactly("strict true->false");
  }
}
