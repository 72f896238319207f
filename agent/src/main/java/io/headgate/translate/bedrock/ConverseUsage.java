// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.Usage;
import io.headgate.json.Nodes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts of tokens. Bedrock's {@code inputTokens} are without those of the cache, ours with them.
 */
final class ConverseUsage {

  private ConverseUsage() {}

  /** What a {@code usage} says. */
  static Usage read(Map<String, @Nullable Object> told) {
    long input = Nodes.number(told.get("inputTokens"), Usage.UNKNOWN);
    long cacheRead = Nodes.number(told.get("cacheReadInputTokens"), Usage.UNKNOWN);
    long written = Nodes.number(told.get("cacheWriteInputTokens"), Usage.UNKNOWN);
    long hour = Math.min(hour(told), Math.max(written, 0));
    Usage.Builder usage = Usage.builder();
    if (input >= 0) {
      usage.input(input + Math.max(cacheRead, 0) + Math.max(written, 0));
    }
    usage.cacheRead(cacheRead);
    if (written >= 0) {
      usage.cacheWrite(written - hour);
    }
    if (hour > 0) {
      usage.cacheWriteHour(hour);
    }
    return usage.output(Nodes.number(told.get("outputTokens"), Usage.UNKNOWN)).build();
  }

  /** How many of the tokens that were written to the cache stay for an hour. */
  private static long hour(Map<String, @Nullable Object> told) {
    for (Object item : Nodes.list(told.get("cacheDetails"))) {
      Map<String, @Nullable Object> detail = Nodes.map(item);
      if (detail != null && "1h".equals(detail.get("ttl"))) {
        return Math.max(0, Nodes.number(detail.get("inputTokens"), 0));
      }
    }
    return 0;
  }

  /** A {@code usage}; the three counts that it must have are 0 where they are not known. */
  static Map<String, @Nullable Object> write(Usage usage) {
    long input = Math.max(usage.input(), 0);
    long output = Math.max(usage.output(), 0);
    long hour = Math.max(usage.cacheWriteHour(), 0);
    long written = Math.max(usage.cacheWrite(), 0) + hour;
    long uncached = Math.max(0, input - Math.max(usage.cacheRead(), 0) - written);
    Map<String, @Nullable Object> told =
        Nodes.object(
            "inputTokens", uncached, "outputTokens", output, "totalTokens", input + output);
    if (usage.cacheRead() >= 0) {
      told.put("cacheReadInputTokens", usage.cacheRead());
    }
    if (usage.cacheWrite() >= 0 || hour > 0) {
      told.put("cacheWriteInputTokens", written);
    }
    if (hour > 0) {
      told.put(
          "cacheDetails",
          Nodes.array(
              Nodes.object("ttl", "5m", "inputTokens", written - hour),
              Nodes.object("ttl", "1h", "inputTokens", hour)));
    }
    return told;
  }
}
