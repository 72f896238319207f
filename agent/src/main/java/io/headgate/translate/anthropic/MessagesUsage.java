// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.Usage;
import io.headgate.json.Nodes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Usage: here tokens that were cached are counted beside the input, in {@link Usage} within it
 * (Anthropic API reference, prompt caching).
 */
final class MessagesUsage {

  private MessagesUsage() {}

  static Usage read(Map<String, @Nullable Object> said) {
    Usage.Builder usage = Usage.builder();
    long read = Nodes.number(said.get("cache_read_input_tokens"), Usage.UNKNOWN);
    long written = Nodes.number(said.get("cache_creation_input_tokens"), Usage.UNKNOWN);
    Map<String, @Nullable Object> split = Nodes.map(said, "cache_creation");
    long five = Nodes.number(split.get("ephemeral_5m_input_tokens"), Usage.UNKNOWN);
    long hour = Nodes.number(split.get("ephemeral_1h_input_tokens"), Usage.UNKNOWN);
    if (five >= 0 || hour >= 0) {
      // The sum may be of a later event than its parts: what they do not explain is short-lived.
      long parts = known(five) + known(hour);
      five = known(five) + Math.max(0, known(written) - parts);
      written = five + known(hour);
      usage.cacheWrite(five).cacheWriteHour(hour);
    } else {
      usage.cacheWrite(written);
    }
    usage.cacheRead(read);
    long input = Nodes.number(said.get("input_tokens"), Usage.UNKNOWN);
    if (input >= 0) {
      usage.input(input + known(read) + known(written));
    }
    usage.output(Nodes.number(said.get("output_tokens"), Usage.UNKNOWN));
    usage.reasoning(
        Nodes.number(
            Nodes.map(said, "output_tokens_details").get("thinking_tokens"), Usage.UNKNOWN));
    usage.unit(
        Usage.Unit.WEB_SEARCH,
        (double) Nodes.number(Nodes.map(said, "server_tool_use").get("web_search_requests"), 0));
    return usage.build();
  }

  /** What is not known is zero: clients want numbers. */
  static Map<String, @Nullable Object> write(Usage usage) {
    long read = known(usage.cacheRead());
    long five = known(usage.cacheWrite());
    long hour = known(usage.cacheWriteHour());
    Map<String, @Nullable Object> said =
        Nodes.object(
            "input_tokens",
            Math.max(0, known(usage.input()) - read - five - hour),
            "cache_creation_input_tokens",
            five + hour,
            "cache_read_input_tokens",
            read,
            "cache_creation",
            Nodes.object("ephemeral_5m_input_tokens", five, "ephemeral_1h_input_tokens", hour),
            "output_tokens",
            known(usage.output()));
    if (usage.reasoning() >= 0) {
      said.put("output_tokens_details", Nodes.object("thinking_tokens", usage.reasoning()));
    }
    Double searches = usage.units().get(Usage.Unit.WEB_SEARCH);
    if (searches != null) {
      said.put("server_tool_use", Nodes.object("web_search_requests", searches.longValue()));
    }
    return said;
  }

  private static long known(long count) {
    return Math.max(0, count);
  }
}
