// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Reasoning;
import io.headgate.translate.Notes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseExtrasReaderTest {

  private final Notes notes = new Notes();

  private ChatRequest with(String members) {
    String hello = "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]";
    return Converse.read("{" + hello + "," + members + "}", notes);
  }

  private ChatRequest fields(String fields) {
    return with("\"additionalModelRequestFields\":" + fields);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          {"thinking":{"type":"enabled","budget_tokens":4096}}|ON|-|4096|true
          {"thinking":{"type":"enabled","budget_tokens":4096,"display":"omitted"}}|ON|-|4096|false
          {"thinking":{"type":"adaptive"}}|ON|-|-|-
          {"thinking":{"type":"adaptive","display":"omitted"}}|ON|-|-|false
          {"thinking":{"type":"adaptive","display":"summarized"}}|ON|-|-|true
          {"thinking":{"type":"adaptive"},"output_config":{"effort":"xhigh"}}|ON|XHIGH|-|-
          {"thinking":{"type":"disabled"}}|OFF|-|-|-
          {"reasoning_effort":"low"}|ON|LOW|-|-
          {"reasoning_effort":"none"}|OFF|-|-|-
          {"reasoningConfig":{"type":"enabled","maxReasoningEffort":"medium"}}|ON|MEDIUM|-|-
          {"output_config":{"effort":"high"}}|DEFAULT|HIGH|-|-
          {"thinking":7}|DEFAULT|-|-|-
          {}|DEFAULT|-|-|-
          """)
  void thinkingIsRead(
      String fields, Reasoning.Mode mode, Reasoning.Effort effort, Long budget, Boolean shown) {
    assertThat(fields(fields).reasoning()).isEqualTo(new Reasoning(mode, effort, budget, shown));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"top_k":40}
          {"topK":40}
          {"inferenceConfig":{"topK":40}}
          """)
  void topKIsRead(String fields) {
    assertThat(fields(fields).sampling().topK()).isEqualTo(40);
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void claudesOwnFormatIsRead() {
    ChatRequest request =
        fields("{\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}}");
    assertThat(request.format().kind()).isEqualTo(OutputFormat.Kind.SCHEMA);
  }

  @Test
  void claudesSwitchOfParallelCallsIsRead() {
    String field = "{\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}}";
    assertThat(fields(field).parallelTools()).isFalse();
  }

  @Test
  void whatHasNoPlaceIsNoted() {
    with(
        """
        "additionalModelRequestFields":{"anthropic_beta":["x"],"foo":1},
        "performanceConfig":{"latency":"optimized"},
        "additionalModelResponseFieldPaths":["/stop_sequence","/other"],"new":{"a":1}\
        """);
    assertThat(notes.dropped())
        .containsExactlyInAnyOrder(
            "additionalModelRequestFields.anthropic_beta",
            "additionalModelRequestFields.foo",
            "performanceConfig",
            "additionalModelResponseFieldPaths",
            "new");
  }

  @Test
  void whatHasNoEffectIsNotNoted() {
    with(
        """
        "performanceConfig":{"latency":"standard"},
        "additionalModelResponseFieldPaths":["/stop_sequence"],"new":null,"system":[]\
        """);
    assertThat(notes.dropped()).isEmpty();
  }
}
