// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claude's rules for thinking and sampling, which Bedrock's Converse passes on to the model. */
final class StrictThinking {

  private StrictThinking() {}

  static void check(JsonNode body, String model, String betas) {
    JsonNode thinking = body.path("thinking");
    boolean interleaved = betas.contains("interleaved-thinking");
    String wrong = null;
    if (!Strict.absent(thinking)) {
      wrong = kind(thinking, model);
      boolean manual = thinking.path("type").asText("").equals("enabled");
      if (wrong == null && manual) {
        wrong =
            budget(thinking, interleaved ? Integer.MAX_VALUE : body.path("max_tokens").asLong());
      }
      if (wrong == null && on(thinking)) {
        String choice = body.at("/tool_choice/type").asText("");
        wrong =
            beside(
                body.path("temperature"),
                body.path("top_p"),
                body.path("top_k"),
                choice.equals("any") || choice.equals("tool"));
      }
      if (wrong == null && manual) {
        wrong = openTurn(body.path("messages"));
      }
    }
    if (wrong != null) {
      throw Refusal.invalid(wrong);
    }
  }

  static boolean on(JsonNode thinking) {
    return Strict.oneOf(thinking.path("type"), List.of("enabled", "adaptive"));
  }

  /** What the model says to a kind of thinking; null if it agrees. */
  static @Nullable String kind(JsonNode thinking, String model) {
    int version = Models.claude(model);
    String unknown = Strict.unknown(thinking, Set.of("type", "budget_tokens", "display"));
    if (unknown != null) {
      return "thinking." + unknown + ": Extra inputs are not permitted";
    }
    return switch (thinking.path("type").asText("")) {
      case "disabled" -> null;
      case "adaptive" -> {
        if (thinking.has("budget_tokens")) {
          yield "thinking.adaptive.budget_tokens: Extra inputs are not permitted";
        }
        yield version > 0 && version < 406
            ? "adaptive thinking is not supported on this model"
            : null;
      }
      case "enabled" -> {
        if (version >= 407) {
          yield "\"thinking.type.enabled\" is not supported for this model. Use"
              + " \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking"
              + " behavior.";
        }
        yield version > 0 && version < 307 ? "'" + model + "' does not support thinking." : null;
      }
      default ->
          "thinking: Input tag '"
              + thinking.path("type").asText("")
              + "' found using 'type' does not match any of the expected tags: 'adaptive',"
              + " 'disabled', 'enabled'";
    };
  }

  static @Nullable String budget(JsonNode thinking, long mostTokens) {
    JsonNode budget = thinking.path("budget_tokens");
    if (Strict.absent(budget)) {
      return "thinking.enabled.budget_tokens: Field required";
    }
    if (Strict.notWhole(budget) || budget.asLong() < 1024) {
      return "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024";
    }
    return budget.asLong() >= mostTokens
        ? "`max_tokens` must be greater than `thinking.budget_tokens`."
        : null;
  }

  /** What must not stand beside thinking. */
  static @Nullable String beside(
      JsonNode temperature, JsonNode topP, JsonNode topK, boolean forcedTool) {
    if (Strict.outside(temperature, 1, 1)) {
      return "`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.";
    }
    if (Strict.outside(topP, 0.95, 1)) {
      return "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled or"
          + " in adaptive mode.";
    }
    if (!Strict.absent(topK)) {
      return "`top_k` must be unset when thinking is enabled or in adaptive mode.";
    }
    return forcedTool ? "Thinking may not be enabled when tool_choice forces tool use." : null;
  }

  /** What the model says to sampling parameters; null if it agrees. */
  static @Nullable String sampling(
      String model, JsonNode temperature, JsonNode topP, JsonNode topK) {
    int version = Models.claude(model);
    if (version >= 407) {
      if (Strict.outside(temperature, 1, 1)) {
        return "`temperature` is deprecated for this model.";
      }
      if (Strict.outside(topP, 0.99, 1)) {
        return "`top_p` is deprecated for this model.";
      }
      return Strict.absent(topK) ? null : "`top_k` is deprecated for this model.";
    }
    boolean both = !Strict.absent(temperature) && !Strict.absent(topP);
    return version >= 405 && both
        ? "`temperature` and `top_p` cannot both be specified for this model. Please use only one."
        : null;
  }

  /** A turn that waits for tools goes on from the thoughts it began with. */
  private static @Nullable String openTurn(JsonNode messages) {
    int last = messages.size() - 1;
    if (last < 1 || !StrictAnthropicTurns.has(messages.path(last), "tool_result")) {
      return null;
    }
    String first = messages.path(last - 1).path("content").path(0).path("type").asText("");
    return first.endsWith("thinking")
        ? null
        : "messages."
            + (last - 1)
            + ".content.0.type: Expected `thinking` or `redacted_thinking`, but found `"
            + first
            + "`. When `thinking` is enabled, a final `assistant` message must start with a"
            + " thinking block (preceeding the lastmost set of `tool_use` and `tool_result`"
            + " blocks).";
  }
}
