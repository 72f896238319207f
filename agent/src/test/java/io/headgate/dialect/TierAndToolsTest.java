// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static io.headgate.dialect.Replay.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decides the price beside the counts of tokens. */
class TierAndToolsTest {

  private static final Replay CLAUDE = Replay.chat(WireFormat.ANTHROPIC);

  @ParameterizedTest
  @CsvSource({"fast,fast", "standard,priority"})
  void fastClaudeIsATierOfItsOwn(String speed, String tier) {
    ResponseFacts facts =
        CLAUDE.read(
            """
            {"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2,
             "speed":"%s","service_tier":"priority"}}"""
                .formatted(speed));

    assertThat(facts.serviceTier()).isEqualTo(tier);
  }

  @Test
  void fastClaudeSaysSoAtTheStartOfAStream() {
    ResponseFacts facts =
        Replay.streamed(WireFormat.ANTHROPIC)
            .read(
                events(
                    """
                    {"type":"message_start","message":{"usage":{"input_tokens":3,"speed":"fast"}}}""",
                    """
                    {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":4}}""",
                    "{\"type\":\"message_stop\"}"));

    assertThat(facts.serviceTier()).isEqualTo("fast");
  }

  @Test
  void vertexTellsTheTierAsTrafficType() {
    ResponseFacts facts =
        Replay.chat(WireFormat.GEMINI)
            .read(
                """
                {"candidates":[{"finishReason":"STOP"}],
                 "usageMetadata":{"promptTokenCount":1,"trafficType":"ON_DEMAND_PRIORITY"}}""");

    assertThat(facts.serviceTier()).isEqualTo("ON_DEMAND_PRIORITY");
  }

  @Test
  void anAdvisorIsAToolWhoseTokensAreInNoSum() {
    Usage usage =
        CLAUDE
            .read(
                """
                {"stop_reason":"end_turn","usage":{"input_tokens":10,"output_tokens":5,"iterations":[
                 {"type":"message","input_tokens":10,"output_tokens":5},
                 {"type":"advisor_message","model":"other","input_tokens":900,"output_tokens":70}]}}""")
            .usage();

    assertThat(usage.input()).isEqualTo(10);
    assertThat(usage.output()).isEqualTo(5);
    assertThat(usage.units()).containsOnlyKeys(Usage.Unit.HOSTED_TOOL);
  }

  @Test
  void hostedToolsOfResponsesAreCounted() {
    ResponseFacts facts =
        Replay.chat(WireFormat.OPENAI_RESPONSES)
            .read(
                """
                {"status":"completed","output":[{"type":"file_search_call"},
                 {"type":"code_interpreter_call"},{"type":"function_call"},
                 {"type":"message","content":[{"type":"output_text","text":"a"}]}],
                 "usage":{"input_tokens":1,"output_tokens":1}}""");

    assertThat(facts.usage().units()).containsExactlyEntriesOf(Map.of(Usage.Unit.HOSTED_TOOL, 2.0));
  }

  @Test
  void claudeByInvokeSplitsItsCacheWrites() {
    Usage usage =
        Replay.chat(WireFormat.BEDROCK)
            .read(
                """
                {"model":"claude","stop_reason":"end_turn","usage":{"input_tokens":10,
                 "cache_creation_input_tokens":50,"cache_read_input_tokens":7,
                 "cache_creation":{"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":30},
                 "output_tokens":3}}""")
            .usage();

    assertThat(usage.input()).isEqualTo(67);
    assertThat(usage.cacheWrite()).isEqualTo(20);
    assertThat(usage.cacheWriteHour()).isEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource({"0.00021,210000", "2.5e-05,25000", "None,-1", "0.0,-1", "-1,-1", "NaN,-1"})
  void liteLlmTellsItsCostBesideTheBody(String header, long cost) {
    Replay proxy =
        Replay.chat(WireFormat.OPENAI)
            .headers("content-type", "application/json", "x-litellm-response-cost", header);

    assertThat(proxy.read("{\"choices\":[]}").providerCostNanoUsd()).isEqualTo(cost);
    assertThat(proxy.status(500).read("{\"error\":{}}").providerCostNanoUsd()).isEqualTo(-1);
  }

  @Test
  void theBodysCostBeatsTheHeaders() {
    ResponseFacts facts =
        Replay.chat(WireFormat.OPENAI)
            .headers("content-type", "application/json", "x-litellm-response-cost", "1")
            .read("{\"choices\":[],\"usage\":{\"cost\":0.5}}");

    assertThat(facts.providerCostNanoUsd()).isEqualTo(500_000_000);
  }
}
