// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.OutputFormat;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Reasoning.Effort;
import io.headgate.chat.Reasoning.Mode;
import io.headgate.chat.Sampling;
import io.headgate.translate.Notes;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigReaderTest {

  @Test
  void allOfTheSamplingIsRead() {
    Notes notes = new Notes();

    Sampling sampling =
        config(
                """
                {"maxOutputTokens": 100, "temperature": 0.70, "topP": 0.9, "topK": 40.0,
                 "candidateCount": 2, "stopSequences": ["END", ""], "seed": -7,
                 "presencePenalty": 0.1, "frequencyPenalty": -0.2,
                 "responseLogprobs": true, "logprobs": 3, "responseModalities": ["TEXT"]}
                """,
                notes)
            .sampling();

    Sampling.Builder expected = Sampling.builder();
    expected.maxTokens = 100L;
    expected.temperature = new BigDecimal("0.70");
    expected.topP = new BigDecimal("0.9");
    expected.topK = 40L;
    expected.choices = 2L;
    expected.stop = List.of("END");
    expected.seed = -7L;
    expected.presencePenalty = new BigDecimal("0.1");
    expected.frequencyPenalty = new BigDecimal("-0.2");
    expected.logprobs = true;
    expected.topLogprobs = 3L;
    assertThat(sampling).isEqualTo(expected.build());
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void whatHasNoPlaceIsNotedIfItDoesAnything() {
    Notes notes = new Notes();

    config("{\"mediaResolution\":\"MEDIA_RESOLUTION_LOW\",\"audioTimestamp\":false}", notes);

    assertThat(notes.dropped()).containsExactly("generationConfig.mediaResolution");
  }

  static Stream<Arguments> thinking() {
    return Stream.of(
        Arguments.of("{\"thinkingBudget\":-1}", new Reasoning(Mode.ON, null, null, null)),
        Arguments.of("{\"thinkingBudget\":0}", Reasoning.OFF),
        Arguments.of("{\"thinkingBudget\":4096}", new Reasoning(Mode.ON, null, 4096L, null)),
        Arguments.of(
            "{\"thinkingLevel\":\"LOW\",\"includeThoughts\":true}",
            new Reasoning(Mode.ON, Effort.LOW, null, true)),
        Arguments.of(
            "{\"thinking_level\":\"high\"}", new Reasoning(Mode.ON, Effort.HIGH, null, null)),
        Arguments.of(
            "{\"thinkingLevel\":\"MINIMAL\"}", new Reasoning(Mode.ON, Effort.MINIMAL, null, null)),
        Arguments.of(
            "{\"thinkingLevel\":\"MEDIUM\"}", new Reasoning(Mode.ON, Effort.MEDIUM, null, null)),
        Arguments.of("{\"includeThoughts\":true}", new Reasoning(Mode.ON, null, null, true)),
        Arguments.of("{\"includeThoughts\":false}", new Reasoning(Mode.DEFAULT, null, null, false)),
        Arguments.of(
            "{\"thinkingBudget\":0,\"includeThoughts\":true}",
            new Reasoning(Mode.OFF, null, null, true)),
        Arguments.of("{}", Reasoning.DEFAULT));
  }

  @ParameterizedTest
  @MethodSource("thinking")
  void thinkingIsABudgetOrALevel(String thinking, Reasoning reasoning) {
    assertThat(config("{\"thinkingConfig\":" + thinking + "}", new Notes()).reasoning())
        .isEqualTo(reasoning);
  }

  @Test
  void aSchemaIsReadInEitherForm() {
    String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}";

    OutputFormat exact =
        config(
                "{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":" + schema + "}",
                new Notes())
            .format();
    OutputFormat subset =
        config(
                "{\"responseMimeType\":\"application/json\",\"responseSchema\":"
                    + schema.replace("object", "OBJECT").replace("integer", "INTEGER")
                    + "}",
                new Notes())
            .format();

    assertThat(exact.kind()).isEqualTo(OutputFormat.Kind.SCHEMA);
    assertThat(Trees.json(exact.schema())).isEqualTo(schema);
    assertThat(subset).isEqualTo(exact);
  }

  @Test
  void jsonWithoutASchemaIsAnyJson() {
    assertThat(config("{\"responseMimeType\":\"application/json\"}", new Notes()).format())
        .isEqualTo(OutputFormat.JSON);
    assertThat(config("{\"responseMimeType\":\"text/plain\"}", new Notes()).format())
        .isEqualTo(OutputFormat.TEXT);
  }

  static Stream<Arguments> schemas() {
    return Stream.of(
        Arguments.of(
            "{\"type\":\"STRING\",\"format\":\"enum\",\"enum\":[\"a\"]}",
            "{\"type\":\"string\",\"enum\":[\"a\"]}"),
        Arguments.of(
            "{\"type\":\"STRING\",\"enum\":[\"a\"],\"nullable\":true}",
            "{\"type\":[\"string\",\"null\"],\"enum\":[\"a\",null]}"),
        Arguments.of(
            "{\"anyOf\":[{\"type\":\"STRING\"},{\"type\":\"NUMBER\"}],\"nullable\":true}",
            "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"number\"},{\"type\":\"null\"}]}"),
        Arguments.of(
            "{\"type\":\"ARRAY\",\"items\":{\"type\":\"INTEGER\",\"format\":\"int64\"},"
                + "\"min_items\":\"2\"}",
            "{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"format\":\"int64\"},"
                + "\"minItems\":2}"),
        Arguments.of(
            "{\"type\":\"OBJECT\",\"properties\":{\"b\":{\"type\":\"STRING\"},"
                + "\"a\":{\"type\":\"STRING\"}},\"propertyOrdering\":[\"a\",\"b\"],"
                + "\"required\":[\"a\"]}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},"
                + "\"b\":{\"type\":\"string\"}},\"required\":[\"a\"]}"),
        Arguments.of(
            "{\"type\":\"TYPE_UNSPECIFIED\",\"description\":\"x\"}", "{\"description\":\"x\"}"));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void aSchemaOfTheSubsetBecomesJsonSchema(String subset, String schema) {
    assertThat(Trees.json(SchemaReader.jsonSchema(Trees.tree(subset)))).isEqualTo(schema);
  }
}
