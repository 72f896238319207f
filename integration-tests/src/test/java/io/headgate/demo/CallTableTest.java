// SPDX-License-Identifier: Apache-2.0
package io.headgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.standin.SpanRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTableTest {

  @Test
  void callIsDrawnWithItsFiguresAndTheTotals() {
    List<String> lines = new CallTable(true).draw(CallRow.of(spans()));

    assertThat(lines)
        .containsExactly(
            "# operation  provider   model asked → answered         status     stream"
                + "   in (cached)  out  cost USD  ms first trace",
            "─".repeat(120),
            "1 chat       openai     gpt-4o-mini → …2024-07-18      ok         -     "
                + "            63    2  0.000011  83     - 0a0b0c0d",
            "2 chat       anthropic  claude-sonnet-4-5 → …20250929  ok         yes   "
                + "   1435 (1392) ~120 <0.000001 812    64 0a0b0c0d",
            "3 chat       anthropic  claude-2.1                     not_found  -     "
                + "             -    -         -  61     - 0a0b0c0d",
            "─".repeat(120),
            "  total      3 calls                                   1 err            "
                + "   1498 (1392)  122  0.000011 956");
  }

  @Test
  void attemptsHaveNoRow() {
    SpanRecord attempt = span("POST", 1, 2, Map.of("http.request.method", "POST"));

    assertThat(CallRow.of(List.of(attempt))).isEmpty();
  }

  @Test
  void longNamesGiveWaySoThatTheTableFits() {
    SpanRecord span =
        span(
            "chat",
            0,
            1,
            Map.of(
                "gen_ai.operation.name", "chat",
                "gen_ai.provider.name", "openai",
                "gen_ai.request.model", "model".repeat(30)));

    assertThat(new CallTable(false).draw(CallRow.of(List.of(span))))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120).isASCII())
        .anySatisfy(line -> assertThat(line).contains("model.."));
  }

  private static List<SpanRecord> spans() {
    Map<String, Object> chat =
        attributes("openai", "gpt-4o-mini", "gpt-4o-mini-2024-07-18", 63, 2, 0.0000107);
    Map<String, Object> stream =
        attributes(
            "anthropic", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", 1435, 120, 0.0000004);
    stream.put("gen_ai.request.stream", true);
    stream.put("gen_ai.usage.cache_read.input_tokens", 1392L);
    stream.put("gen_ai.response.time_to_first_chunk", 0.0642);
    stream.put("headgate.cost.source", "estimated");
    Map<String, Object> failed =
        Map.of(
            "gen_ai.operation.name", "chat",
            "gen_ai.provider.name", "anthropic",
            "gen_ai.request.model", "claude-2.1",
            "error.type", "not_found");
    // In the order they came, which is not the order they were made in.
    return List.of(
        span("chat gpt-4o-mini", 10, 83, chat),
        span("POST", 11, 80, Map.of("http.request.method", "POST")),
        span("chat claude-2.1", 2000, 61, failed),
        span("chat claude-sonnet-4-5", 1000, 812, stream));
  }

  private static Map<String, Object> attributes(
      String provider, String asked, String answered, long input, long output, double cost) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("gen_ai.operation.name", "chat");
    attributes.put("gen_ai.provider.name", provider);
    attributes.put("gen_ai.request.model", asked);
    attributes.put("gen_ai.response.model", answered);
    attributes.put("gen_ai.usage.input_tokens", input);
    attributes.put("gen_ai.usage.output_tokens", output);
    attributes.put("gen_ai.usage.cost", cost);
    return attributes;
  }

  private static SpanRecord span(
      String name, long startMillis, long millis, Map<String, Object> attributes) {
    return new SpanRecord(
        name,
        "CLIENT",
        "0a0b0c0d0e0f",
        "01",
        "",
        attributes,
        List.of(),
        attributes.containsKey("error.type") ? "ERROR" : "UNSET",
        "",
        "io.headgate",
        Map.of(),
        startMillis * 1_000_000,
        (startMillis + millis) * 1_000_000);
  }
}
