// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.Usage;
import io.headgate.json.Nodes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an answer has used. Input includes what was cached, output includes reasoning. */
final class ResponsesUsage {

  private ResponsesUsage() {}

  /** As the provider tells it; without counts if it tells nothing. */
  static Usage read(@Nullable Object told) {
    Usage.Builder usage = Usage.builder();
    Map<String, @Nullable Object> counts = Nodes.map(told);
    if (counts != null) {
      Map<String, @Nullable Object> input = Nodes.map(counts, "input_tokens_details");
      Map<String, @Nullable Object> output = Nodes.map(counts, "output_tokens_details");
      usage
          .input(Nodes.number(counts.get("input_tokens"), -1))
          .cacheRead(Nodes.number(input.get("cached_tokens"), -1))
          .cacheWrite(Nodes.number(input.get("cache_write_tokens"), -1))
          .output(Nodes.number(counts.get("output_tokens"), -1))
          .reasoning(Nodes.number(output.get("reasoning_tokens"), -1));
    }
    return usage.build();
  }

  /** As apps expect it: both details are required. Null if nothing is known. */
  static @Nullable Map<String, @Nullable Object> write(Usage usage) {
    if (usage.input() < 0 && usage.output() < 0) {
      return null;
    }
    long input = known(usage.input());
    long output = known(usage.output());
    return Nodes.object(
        "input_tokens",
        input,
        "input_tokens_details",
        Nodes.object(
            "cached_tokens",
            known(usage.cacheRead()),
            "cache_write_tokens",
            known(usage.cacheWrite()) + known(usage.cacheWriteHour())),
        "output_tokens",
        output,
        "output_tokens_details",
        Nodes.object("reasoning_tokens", known(usage.reasoning())),
        "total_tokens",
        input + output);
  }

  private static long known(long count) {
    return Math.max(0, count);
  }
}
