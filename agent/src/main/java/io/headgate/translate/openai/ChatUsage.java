// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.Usage;
import io.headgate.json.Nodes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was used, as OpenAI counts it: input with what was cached, output with all thought. */
final class ChatUsage {

  private ChatUsage() {}

  /** What an answer or a chunk tells; null if it tells nothing. */
  static @Nullable Usage of(Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> usage = Nodes.map(body.get("usage"));
    if (usage == null) {
      usage = Nodes.map(Nodes.map(body, "x_groq").get("usage"));
    }
    if (usage == null) {
      return null;
    }
    Usage read = read(usage);
    return read.isEmpty() ? null : read;
  }

  private static Usage read(Map<String, @Nullable Object> usage) {
    Map<String, @Nullable Object> in =
        details(usage, "prompt_tokens_details", "input_tokens_details");
    Map<String, @Nullable Object> out =
        details(usage, "completion_tokens_details", "output_tokens_details");
    long input = first(usage, "prompt_tokens", "input_tokens");
    long output = first(usage, "completion_tokens", "output_tokens");
    long thought = first(out, "reasoning_tokens", "thinking_tokens");
    if (thought < 0) {
      thought = first(usage, "reasoning_tokens");
    }
    long total = first(usage, "total_tokens");
    if (thought > 0 && input >= 0 && output >= 0 && total == input + output + thought) {
      // xAI counts thought beside the output; only the total tells.
      output += thought;
    }
    long read = first(in, "cached_tokens");
    if (read < 0) {
      // DeepSeek's word, Moonshot's, and Anthropic's as LiteLLM passes it on.
      read = first(usage, "prompt_cache_hit_tokens", "cached_tokens", "cache_read_input_tokens");
    }
    long written = first(in, "cache_write_tokens", "cache_creation_tokens");
    if (written < 0) {
      written = first(usage, "cache_creation_input_tokens");
    }
    return Usage.builder()
        .input(input)
        .cacheRead(read)
        .cacheWrite(written)
        .audioInput(first(in, "audio_tokens"))
        .imageInput(first(in, "image_tokens"))
        .output(output)
        .reasoning(thought)
        .audioOutput(first(out, "audio_tokens"))
        .imageOutput(first(out, "image_tokens"))
        .unit(Usage.Unit.WEB_SEARCH, (double) first(usage, "num_search_queries"))
        .build();
  }

  private static Map<String, @Nullable Object> details(
      Map<String, @Nullable Object> usage, String name, String otherName) {
    Map<String, @Nullable Object> details = Nodes.map(usage.get(name));
    return details == null ? Nodes.map(usage, otherName) : details;
  }

  private static long first(Map<String, @Nullable Object> counts, String... names) {
    for (String name : names) {
      long count = Nodes.number(counts.get(name), Usage.UNKNOWN);
      if (count >= 0) {
        return count;
      }
    }
    return Usage.UNKNOWN;
  }

  /** Null if nothing is known: a count that nobody told is not invented. */
  static @Nullable Map<String, @Nullable Object> written(Usage usage) {
    if (usage.input() < 0 && usage.output() < 0) {
      return null;
    }
    long input = Math.max(0, usage.input());
    long output = Math.max(0, usage.output());
    Map<String, @Nullable Object> written =
        Nodes.object(
            "prompt_tokens",
            input,
            "completion_tokens",
            output,
            "total_tokens",
            Math.addExact(input, output));
    Map<String, @Nullable Object> in = Nodes.object();
    put(in, "cached_tokens", usage.cacheRead());
    put(in, "cache_write_tokens", sum(usage.cacheWrite(), usage.cacheWriteHour()));
    put(in, "audio_tokens", usage.audioInput());
    put(in, "image_tokens", usage.imageInput());
    Map<String, @Nullable Object> out = Nodes.object();
    put(out, "reasoning_tokens", usage.reasoning());
    put(out, "audio_tokens", usage.audioOutput());
    put(out, "image_tokens", usage.imageOutput());
    if (!in.isEmpty()) {
      written.put("prompt_tokens_details", in);
    }
    if (!out.isEmpty()) {
      written.put("completion_tokens_details", out);
    }
    return written;
  }

  private static long sum(long one, long other) {
    return one < 0 || other < 0 ? Math.max(one, other) : one + other;
  }

  private static void put(Map<String, @Nullable Object> details, String name, long count) {
    if (count >= 0) {
      details.put(name, count);
    }
  }
}
