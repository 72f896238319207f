// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code additionalModelRequestFields}, in which Converse hands on what only some models
 * know, and {@code outputConfig}.
 */
final class ConverseExtrasReader {

  private static final String ADDITIONAL = "additionalModelRequestFields";

  private final Notes notes;
  private Reasoning.Mode mode = Reasoning.Mode.DEFAULT;
  private Reasoning.@Nullable Effort effort;
  private @Nullable Long budget;
  private @Nullable Boolean shown;

  ConverseExtrasReader(Notes notes) {
    this.notes = notes;
  }

  void read(Map<String, @Nullable Object> body, ChatRequest.Builder request) {
    Map<String, @Nullable Object> output = Nodes.map(body, "outputConfig");
    effort(output.get("effort"));
    Nodes.map(body, ADDITIONAL).forEach((name, value) -> field(name, value, request));
    if (output.get("textFormat") != null) {
      request.format = format(Nodes.map(output, "textFormat"));
    }
    request.reasoning = new Reasoning(mode, budget == null ? effort : null, budget, shown);
  }

  private void field(String name, @Nullable Object value, ChatRequest.Builder request) {
    Map<String, @Nullable Object> map = Nodes.map(value);
    switch (name) {
      case "thinking" -> thinking(map == null ? Nodes.object() : map);
      case "top_k", "topK" -> topK(value, request);
      case "reasoning_effort" -> {
        if (effort(value)) {
          mode = Reasoning.Mode.ON;
        }
      }
      case "output_config" -> {
        if (map != null) {
          effort(map.get("effort"));
          claudeFormat(Nodes.map(map, "format"), request);
        }
      }
      case "reasoningConfig" -> nova(map == null ? Nodes.object() : map);
      case "inferenceConfig" -> topK(map == null ? null : map.get("topK"), request);
      case "tool_choice" -> {
        if (map != null && Boolean.TRUE.equals(map.get("disable_parallel_tool_use"))) {
          request.parallelTools = false;
        }
      }
      default -> notes.dropped(ADDITIONAL + "." + name);
    }
  }

  /** Claude's own: what it thinks, and how much. */
  private void thinking(Map<String, @Nullable Object> thinking) {
    switch (Nodes.text(thinking.get("type"))) {
      case "enabled" -> {
        mode = Reasoning.Mode.ON;
        shown = true; // Models that are told a budget show their thoughts, unless told otherwise.
      }
      case "adaptive" -> mode = Reasoning.Mode.ON;
      case "disabled" -> mode = Reasoning.Mode.OFF;
      default -> notes.dropped(ADDITIONAL + ".thinking");
    }
    budget = Nodes.whole(thinking.get("budget_tokens"));
    if (thinking.get("display") instanceof CharSequence display) {
      shown = !display.toString().equals("omitted");
    }
  }

  /** Nova's own. */
  private void nova(Map<String, @Nullable Object> config) {
    if ("enabled".equals(config.get("type"))) {
      mode = Reasoning.Mode.ON;
      effort(config.get("maxReasoningEffort"));
    } else if ("disabled".equals(config.get("type"))) {
      mode = Reasoning.Mode.OFF;
    }
  }

  /** Whether it is a word for effort, and not for none of it. */
  private boolean effort(@Nullable Object word) {
    String name = Nodes.text(word).toUpperCase(Locale.ROOT);
    if (name.equals("NONE")) {
      mode = Reasoning.Mode.OFF;
      return false;
    }
    for (Reasoning.Effort known : Reasoning.Effort.values()) {
      if (known.name().equals(name)) {
        effort = known;
        return true;
      }
    }
    return false;
  }

  private void topK(@Nullable Object value, ChatRequest.Builder request) {
    Long count = Nodes.whole(value);
    if (count != null) {
      Sampling.Builder sampling = request.sampling.toBuilder();
      sampling.topK = count;
      request.sampling = sampling.build();
    }
  }

  private void claudeFormat(Map<String, @Nullable Object> format, ChatRequest.Builder request) {
    Map<String, @Nullable Object> schema = Nodes.map(format.get("schema"));
    if (schema != null) {
      request.format = new OutputFormat(OutputFormat.Kind.SCHEMA, null, null, schema, true);
    }
  }

  /** The schema is JSON within a text. */
  private static OutputFormat format(Map<String, @Nullable Object> textFormat) {
    Map<String, @Nullable Object> told =
        Nodes.map(Nodes.map(textFormat, "structure"), "jsonSchema");
    String json = Nodes.text(told.get("schema"));
    Map<String, @Nullable Object> schema =
        Nodes.map(JsonTree.exact(json.getBytes(StandardCharsets.UTF_8)));
    if (schema == null) {
      throw new Ineligible("outputConfig.textFormat has no schema that could be read");
    }
    return new OutputFormat(
        OutputFormat.Kind.SCHEMA,
        Nodes.textOrNull(told.get("name")),
        Nodes.textOrNull(told.get("description")),
        schema,
        true);
  }
}
