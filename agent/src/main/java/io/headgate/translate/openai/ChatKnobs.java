// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.OutputFormat;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Reasoning.Effort;
import io.headgate.chat.Reasoning.Mode;
import io.headgate.chat.Sampling;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a request says of how the answer is to be: sampling, its form, how much thought. */
final class ChatKnobs {

  private final Map<String, @Nullable Object> body;
  private final Notes notes;
  private final List<String> bound;

  ChatKnobs(Map<String, @Nullable Object> body, Notes notes, List<String> bound) {
    this.body = body;
    this.notes = notes;
    this.bound = bound;
  }

  Sampling sampling() {
    Sampling.Builder sampling = Sampling.builder();
    Long most = Nodes.whole(body.get("max_completion_tokens"));
    sampling.maxTokens = most == null ? Nodes.whole(body.get("max_tokens")) : most;
    sampling.temperature = Nodes.decimal(body.get("temperature"));
    sampling.topP = Nodes.decimal(body.get("top_p"));
    // No parameter of OpenAI's, but of many of those that copied it.
    sampling.topK = Nodes.whole(body.get("top_k"));
    sampling.stop = stop(body.get("stop"));
    sampling.seed = Nodes.whole(body.get("seed"));
    sampling.frequencyPenalty = Nodes.decimal(body.get("frequency_penalty"));
    sampling.presencePenalty = Nodes.decimal(body.get("presence_penalty"));
    sampling.choices = Nodes.whole(body.get("n"));
    sampling.topLogprobs = Nodes.whole(body.get("top_logprobs"));
    sampling.logprobs = Boolean.TRUE.equals(body.get("logprobs"));
    sampling.logitBias = bias();
    return sampling.build();
  }

  private static List<String> stop(@Nullable Object stop) {
    if (stop instanceof CharSequence text) {
      return text.length() == 0 ? List.of() : List.of(text.toString());
    }
    List<String> texts = new ArrayList<>();
    for (Object item : Nodes.list(stop)) {
      if (!Nodes.text(item).isEmpty()) {
        texts.add(Nodes.text(item));
      }
    }
    return texts;
  }

  private Map<String, BigDecimal> bias() {
    Map<String, BigDecimal> bias = new LinkedHashMap<>();
    Nodes.map(body, "logit_bias")
        .forEach(
            (token, value) -> {
              BigDecimal much = Nodes.decimal(value);
              if (much != null) {
                bias.put(token, much);
              }
            });
    return bias;
  }

  OutputFormat format() {
    Map<String, @Nullable Object> format = Nodes.map(body, "response_format");
    String type = Nodes.text(format.get("type"));
    switch (type) {
      case "", "text":
        return OutputFormat.TEXT;
      case "json_object":
        return OutputFormat.JSON;
      case "json_schema":
        return schema(Nodes.map(format, "json_schema"));
      default:
        bound.add("response_format.type " + type);
        return OutputFormat.TEXT;
    }
  }

  private static OutputFormat schema(Map<String, @Nullable Object> said) {
    Map<String, @Nullable Object> schema = Nodes.map(said.get("schema"));
    return schema == null
        ? OutputFormat.JSON
        : new OutputFormat(
            OutputFormat.Kind.SCHEMA,
            Nodes.textOrNull(said.get("name")),
            Nodes.textOrNull(said.get("description")),
            schema,
            said.get("strict") instanceof Boolean strict ? strict : null);
  }

  /**
   * OpenAI's word for effort; else OpenRouter's {@code reasoning}, else LiteLLM's {@code thinking}.
   */
  Reasoning reasoning() {
    if (body.get("reasoning_effort") instanceof CharSequence effort) {
      return effort("reasoning_effort", effort.toString(), null);
    }
    Map<String, @Nullable Object> reasoning = Nodes.map(body.get("reasoning"));
    if (reasoning != null) {
      return reasoning(reasoning);
    }
    Map<String, @Nullable Object> thinking = Nodes.map(body, "thinking");
    return switch (Nodes.text(thinking.get("type"))) {
      case "enabled" ->
          new Reasoning(Mode.ON, null, Nodes.whole(thinking.get("budget_tokens")), null);
      case "adaptive" -> new Reasoning(Mode.ON, null, null, null);
      case "disabled" -> Reasoning.OFF;
      default -> Reasoning.DEFAULT;
    };
  }

  private Reasoning reasoning(Map<String, @Nullable Object> said) {
    Boolean shown = said.get("exclude") instanceof Boolean hidden ? !hidden : null;
    if (Boolean.FALSE.equals(said.get("enabled"))) {
      return Reasoning.OFF;
    }
    if (said.get("effort") instanceof CharSequence effort) {
      return effort("reasoning.effort", effort.toString(), shown);
    }
    Long budget = Nodes.whole(said.get("max_tokens"));
    boolean on = budget != null || Boolean.TRUE.equals(said.get("enabled"));
    return on || shown != null
        ? new Reasoning(on ? Mode.ON : Mode.DEFAULT, null, budget, shown)
        : Reasoning.DEFAULT;
  }

  private Reasoning effort(String path, String word, @Nullable Boolean shown) {
    if (word.equals("none")) {
      return Reasoning.OFF;
    }
    for (Effort effort : Effort.values()) {
      if (effort.name().toLowerCase(Locale.ROOT).equals(word)) {
        return new Reasoning(Mode.ON, effort, null, shown);
      }
    }
    notes.dropped(path);
    return Reasoning.DEFAULT;
  }
}
