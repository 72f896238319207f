// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.ollama;

import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What whole answers and the lines of a stream say in the same words. */
final class OllamaWords {

  private static final int LONGEST_STAMP = 30;

  private OllamaWords() {}

  /** Why it ended; that tools are to be called is not said. */
  static StopReason stop(@Nullable Object word, boolean calls) {
    return switch (Nodes.text(word)) {
      // Older versions give no reason.
      case "stop", "" -> calls ? StopReason.TOOLS : StopReason.END;
      case "length" -> StopReason.LENGTH;
      default -> calls ? StopReason.TOOLS : StopReason.UNKNOWN;
    };
  }

  static Usage usage(Map<String, @Nullable Object> told) {
    return Usage.builder()
        .input(Nodes.number(told.get("prompt_eval_count"), Usage.UNKNOWN))
        .output(Nodes.number(told.get("eval_count"), Usage.UNKNOWN))
        .build();
  }

  /**
   * The id of a call. Older versions give none; then it is made of the time of the answer, which
   * Ollama tells to the nanosecond, so that no two calls of a conversation share one.
   */
  static String id(Map<String, @Nullable Object> call, @Nullable Object createdAt, int index) {
    String id = Nodes.text(call.get("id"));
    if (!id.isEmpty()) {
      return id;
    }
    String stamp = Nodes.text(createdAt).replaceAll("[^0-9A-Za-z]", "");
    if (stamp.isEmpty()) {
      stamp = Integer.toHexString(arguments(call).hashCode());
    }
    return "call_" + stamp.substring(0, Math.min(stamp.length(), LONGEST_STAMP)) + "_" + index;
  }

  static String name(Map<String, @Nullable Object> call) {
    return Nodes.text(Nodes.map(call, "function").get("name"));
  }

  /** What a tool is called with, as JSON. */
  static String arguments(Map<String, @Nullable Object> call) {
    Object arguments = Nodes.map(call, "function").get("arguments");
    if (arguments instanceof CharSequence text) {
      String json = text.toString().strip();
      return json.isEmpty() || json.equals("null") ? "{}" : json;
    }
    return arguments == null
        ? "{}"
        : new String(JsonWriter.write(arguments), StandardCharsets.UTF_8);
  }

  static List<TokenLogprob> logprobs(@Nullable Object told) {
    List<TokenLogprob> logprobs = new ArrayList<>();
    for (Object item : Nodes.list(told)) {
      Map<String, @Nullable Object> token = Nodes.map(item);
      BigDecimal logprob = token == null ? null : Nodes.decimal(token.get("logprob"));
      if (token != null && logprob != null) {
        // The alternatives have none themselves.
        List<TokenLogprob> top =
            token.containsKey("top_logprobs") ? logprobs(token.get("top_logprobs")) : List.of();
        logprobs.add(new TokenLogprob(Nodes.text(token.get("token")), logprob.doubleValue(), top));
      }
    }
    return logprobs;
  }
}
