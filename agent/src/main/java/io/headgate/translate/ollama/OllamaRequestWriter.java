// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.ollama;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the body of a request. */
final class OllamaRequestWriter {

  private final Traits traits;
  private final Notes notes;

  OllamaRequestWriter(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  Map<String, @Nullable Object> write(ChatRequest request) {
    Map<String, @Nullable Object> body =
        Nodes.object(
            "model",
            request.model(),
            "messages",
            new OllamaMessages(notes).write(request.system(), request.turns()));
    List<@Nullable Object> tools = tools(request);
    if (!tools.isEmpty()) {
      body.put("tools", tools);
    }
    format(request.format(), body);
    Map<String, @Nullable Object> options = options(request.sampling());
    if (!options.isEmpty()) {
      body.put("options", options);
    }
    logprobs(request.sampling(), body);
    Object think = think(request.reasoning());
    if (think != null) {
      body.put("think", think);
    }
    homeless(request);
    // Left out, it would be a stream.
    body.put("stream", request.stream());
    return body;
  }

  /** There is no choice of tools: none is none, a named one is the only one. */
  private List<@Nullable Object> tools(ChatRequest request) {
    ToolChoice choice = request.toolChoice();
    List<@Nullable Object> tools = new ArrayList<>();
    for (Tool tool : request.tools()) {
      boolean chosen = choice.names().isEmpty() || choice.names().contains(tool.name());
      if (chosen && choice.kind() != ToolChoice.Kind.NONE) {
        tools.add(tool(tool));
      }
    }
    drop(choice.kind() == ToolChoice.Kind.REQUIRED && !tools.isEmpty(), "tool_choice");
    drop(Boolean.FALSE.equals(request.parallelTools()) && !tools.isEmpty(), "parallel_tool_calls");
    return tools;
  }

  private Map<String, @Nullable Object> tool(Tool tool) {
    drop(Boolean.TRUE.equals(tool.strict()), "strict");
    Map<String, @Nullable Object> function = Nodes.object("name", tool.name());
    if (tool.description() != null) {
      function.put("description", tool.description());
    }
    Object schema = tool.schema();
    function.put(
        "parameters",
        schema == null ? Nodes.object("type", "object", "properties", Nodes.object()) : schema);
    return Nodes.object("type", "function", "function", function);
  }

  private static void format(OutputFormat format, Map<String, @Nullable Object> body) {
    switch (format.kind()) {
      case TEXT -> {
        // What it is anyway.
      }
      case JSON -> body.put("format", "json");
      case SCHEMA -> body.put("format", format.schema());
    }
  }

  private static Map<String, @Nullable Object> options(Sampling sampling) {
    Map<String, @Nullable Object> options = Nodes.object();
    put(options, "num_predict", sampling.maxTokens());
    put(options, "temperature", sampling.temperature());
    put(options, "top_p", sampling.topP());
    put(options, "top_k", sampling.topK());
    if (!sampling.stop().isEmpty()) {
      options.put("stop", new ArrayList<@Nullable Object>(sampling.stop()));
    }
    put(options, "seed", sampling.seed());
    put(options, "frequency_penalty", sampling.frequencyPenalty());
    put(options, "presence_penalty", sampling.presencePenalty());
    return options;
  }

  private static void put(Map<String, @Nullable Object> body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  private void logprobs(Sampling sampling, Map<String, @Nullable Object> body) {
    if (sampling.logprobs()) {
      body.put("logprobs", true);
      put(body, "top_logprobs", sampling.topLogprobs());
    }
    drop(sampling.choices() != null && sampling.choices() > 1, "n");
    drop(!sampling.logitBias().isEmpty(), "logit_bias");
  }

  /**
   * On or off, or a word: models that know words take no notice of the switch, and others refuse
   * words. Models that cannot think refuse to be told.
   */
  private @Nullable Object think(Reasoning wanted) {
    if (traits.reasoning() != Traits.ReasoningStyle.SWITCH) {
      drop(wanted.mode() == Reasoning.Mode.ON, "thinking");
      return null;
    }
    Reasoning.Effort effort = wanted.effort();
    return switch (wanted.mode()) {
      case ON -> effort == null || traits.efforts().isEmpty() ? true : word(effort);
      case OFF -> false;
      case DEFAULT -> null;
    };
  }

  private static String word(Reasoning.Effort effort) {
    return switch (effort) {
      case MINIMAL, LOW -> "low";
      case MEDIUM -> "medium";
      case HIGH, XHIGH, MAX -> "high";
    };
  }

  /** What Ollama has no place for. */
  private void homeless(ChatRequest request) {
    drop(request.user() != null, "user");
    drop(request.cacheKey() != null, "prompt_cache_key");
    drop(!request.metadata().isEmpty(), "metadata");
    String tier = request.serviceTier();
    drop(tier != null && !tier.equals("auto") && !tier.equals("default"), "service_tier");
  }

  private void drop(boolean lost, String name) {
    if (lost) {
      notes.dropped(name);
    }
  }
}
