// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.chat.WireFormat;
import io.headgate.translate.Traits.Feature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a value, or with a schema, teaches nothing of its parameter. */
class RefusedTest {

  private static @Nullable String refused(@Nullable String parameter, String message) {
    return Refused.parameter(new ApiFailure(Kind.BAD_REQUEST, 400, message, null, parameter));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "response_format|Invalid schema for response_format 'x': In context=('properties', 'a'),"
            + " 'oneOf' is not permitted.",
        "response_format|Invalid schema for response_format 'x': In context=(), 'required' is"
            + " required to be supplied. Extra required key 'b' supplied.",
        "tools[0].function.parameters|Invalid schema for function 'f': In"
            + " context=('properties', 'a'), 'allOf' is not permitted.",
        "text.format.schema|Invalid schema for response_format 'x': schema must be a JSON Schema of"
            + " 'type: \"object\"', got 'type: \"array\"'. This is not supported.",
        "|Invalid JSON payload received. Unknown name \"default\" at"
            + " 'generation_config.response_schema': Cannot find field.",
        "|Invalid JSON payload received. Unknown name \"format\" at"
            + " 'generation_config.response_schema.properties[0].value': Cannot find field.",
        "|output_config.format.schema: For 'object' type, property 'oneOf' is not supported",
        "response_format|'response_format' of type 'json_schema' has an unsupported keyword",
      })
  void aSchemaThatIsWrongSaysNothingOfTheModel(@Nullable String parameter, String message) {
    assertThat(refused(parameter, message)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "response_format|Invalid parameter: 'response_format' of type 'json_schema' is not supported"
            + " with this model.|response_format",
        "|property 'response_format' is unsupported|response_format",
        "|Unknown parameter: 'response_format'.|response_format",
        "|This model does not support response_format|response_format",
        "|response_format: Extra inputs are not permitted|response_format",
        "|Invalid JSON payload received. Unknown name \"responseJsonSchema\" at"
            + " 'generation_config': Cannot find field.|generation_config.responseJsonSchema",
      })
  void aModelThatHasNoFormatsSaysSo(@Nullable String parameter, String message, String found) {
    assertThat(refused(parameter, message)).isEqualTo(found);
  }

  @Test
  void effortBesideToolsIsRefusedAsAPair() {
    String found =
        refused(
            "reasoning_effort",
            "Function tools with reasoning_effort are not supported for gpt-5.4 in"
                + " /v1/chat/completions. To use function tools, use /v1/responses or set"
                + " reasoning_effort to 'none'.");
    assertThat(found).isEqualTo("tools+reasoning_effort");

    Learned learned = new Learned();
    learned.learn("azure", "ours", found);
    Traits azure = Fits.CATALOG.of(WireFormat.OPENAI, "azure", "ours");
    assertThat(azure.can(Feature.REASONING_WITH_TOOLS)).isTrue();
    assertThat(learned.apply(azure).can(Feature.REASONING_WITH_TOOLS)).isFalse();
    assertThat(learned.apply(azure).reasoning()).isEqualTo(azure.reasoning());
  }
}
