// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictSchemasTest {

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
        "{\"properties\":7,\"items\":[],\"anyOf\":{},\"$defs\":3,\"required\":{}} | true",
      })
  void everyObjectIsClosedAndComplete(String schema, boolean fits) {
    assertThat(StrictSchemas.fits(Sample.json(schema))).isEqualTo(fits);
  }
}
