// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static io.headgate.dialect.Edits.chat;
import static io.headgate.dialect.Edits.clamp;
import static io.headgate.dialect.Edits.edited;
import static io.headgate.dialect.Edits.endpoint;
import static io.headgate.dialect.Edits.remove;
import static io.headgate.dialect.Edits.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.BodyEdits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldEditsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "OPENAI|{}|{\"max_tokens\":5}",
        "OPENAI|{\"max_completion_tokens\":9}|{\"max_completion_tokens\":5}",
        "OPENAI|{\"max_completion_tokens\":9,\"max_tokens\":9}|{\"max_completion_tokens\":9,\"max_tokens\":5}",
        "OPENAI_RESPONSES|{}|{\"max_output_tokens\":5}",
        "ANTHROPIC|{\"max_tokens\":9}|{\"max_tokens\":5}",
        "GEMINI|{}|{\"generationConfig\":{\"maxOutputTokens\":5}}",
        "GEMINI|{\"generationConfig\":{\"max_output_tokens\":9}}|{\"generationConfig\":{\"max_output_tokens\":5}}",
        "GEMINI|{\"generation_config\":{}}|{\"generation_config\":{\"max_output_tokens\":5}}",
        "GEMINI|{\"max_tokens\":9}|{\"max_tokens\":5}",
        "BEDROCK|{\"messages\":[{\"content\":[{\"text\":\"u\"}]}]}|{\"messages\":[{\"content\":[{\"text\":\"u\"}]}],\"inferenceConfig\":{\"maxTokens\":5}}",
        "BEDROCK|{\"messages\":[{\"content\":[{\"text\":\"u\"}]}],\"inferenceConfig\":{\"max_new_tokens\":9}}|{\"messages\":[{\"content\":[{\"text\":\"u\"}]}],\"inferenceConfig\":{\"max_new_tokens\":5}}",
        "BEDROCK|{\"anthropic_version\":\"v\"}|{\"anthropic_version\":\"v\",\"max_tokens\":5}",
        "COHERE|{}|{\"max_tokens\":5}",
        "OLLAMA|{\"options\":{\"num_ctx\":1}}|{\"options\":{\"num_ctx\":1,\"num_predict\":5}}",
        "OTHER|{}|{\"max_tokens\":5}"
      })
  void maxTokensMeansTheDialectsOwnField(WireFormat format, String before, String after) {
    assertThat(edited(chat(format), before, set("max_tokens", 5L))).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "OPENAI|{\"stop\":\"x\"}",
        "OPENAI_RESPONSES|same",
        "ANTHROPIC|{\"stop_sequences\":[\"x\"]}",
        "GEMINI|{\"generationConfig\":{\"stopSequences\":[\"x\"]}}",
        "COHERE|{\"stop_sequences\":[\"x\"]}",
        "OLLAMA|{\"options\":{\"stop\":[\"x\"]}}"
      })
  void stopMeansTheDialectsOwnField(WireFormat format, String after) {
    assertThat(edited(chat(format), "{}", set("stop", "x"))).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "OPENAI|{\"top_p\":0.5}",
        "GEMINI|{\"generationConfig\":{\"topP\":0.5}}",
        "COHERE|{\"p\":0.5}",
        "OLLAMA|{\"options\":{\"top_p\":0.5}}"
      })
  void topPMeansTheDialectsOwnField(WireFormat format, String after) {
    assertThat(edited(chat(format), "{}", set("top_p", 0.5))).isEqualTo(after);
  }

  @Test
  void theDialectsOwnFieldIsClampedAndRemovedToo() {
    String body = "{\"generationConfig\":{\"maxOutputTokens\":9000,\"temperature\":1.90}}";
    assertThat(edited(chat(WireFormat.GEMINI), body, clamp("max_tokens", 1, 2048)))
        .isEqualTo("{\"generationConfig\":{\"maxOutputTokens\":2048,\"temperature\":1.90}}");
    assertThat(edited(chat(WireFormat.GEMINI), body, remove("temperature", "max_tokens")))
        .isEqualTo("{\"generationConfig\":{}}");
    assertThat(edited(chat(WireFormat.GEMINI), "{}", clamp("max_tokens", 1, 2048)))
        .isEqualTo("same");
  }

  @Test
  void anEmbeddingGetsNoTemperature() {
    assertThat(
            edited(
                endpoint(WireFormat.OPENAI, Operation.EMBEDDINGS, null),
                "{\"input\":\"x\"}",
                set("temperature", 0.2)))
        .isEqualTo("same");
    assertThat(
            edited(
                endpoint(WireFormat.OPENAI, Operation.SPEECH, null),
                "{\"temperature\":1}",
                set("temperature", 0.2)))
        .isEqualTo("{\"temperature\":0.2}");
  }

  @Test
  void otherFieldsGoByTheirNames() {
    assertThat(
            edited(
                chat(WireFormat.OPENAI),
                "{\"stream_options\":{\"x\":1}}",
                set("stream_options.include_usage", true)))
        .isEqualTo("{\"stream_options\":{\"x\":1,\"include_usage\":true}}");
  }

  @Test
  void aValueStaysWithinItsString() {
    assertThat(
            edited(
                chat(WireFormat.OPENAI),
                "{\"user\":\"u\",\"model\":\"m\"}",
                set("user", List.of("\",\"model\":\"x\",\"y\":\"\\", "\\\"\r\n\uD800"))))
        .isEqualTo(
            "{\"user\":[\"\\\",\\\"model\\\":\\\"x\\\",\\\"y\\\":\\\"\\\\\","
                + "\"\\\\\\\"\\r\\n\uFFFD\"],\"model\":\"m\"}");
  }

  @Test
  void removedIsBeforeSetAndSetBeforeClamped() {
    BodyEdits edits =
        new BodyEdits(
            null, null, Map.of("a", 7L), Map.of("a", new BodyEdits.Range(0, 5)), List.of("a", "b"));
    assertThat(edited(chat(WireFormat.OPENAI), "{\"a\":1,\"b\":2,\"c\":3}", edits))
        .isEqualTo("{\"c\":3,\"a\":5}");
  }

  @Test
  void whatIsAlreadySoIsTheSameBody() {
    assertThat(edited(chat(WireFormat.OPENAI), "{\"a\":\"x\"}", set("a", "x"))).isEqualTo("same");
    assertThat(edited(chat(WireFormat.OPENAI), "{}", remove("a"))).isEqualTo("same");
  }

  @Test
  void aFormHasNoFieldsToEdit() {
    assertThat(
            edited(
                endpoint(WireFormat.OPENAI, Operation.TRANSCRIPTION, null),
                "--b\r\n\r\n\r\n--b--",
                set("a", "x")))
        .isEqualTo("none");
  }
}
