// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Reasoning;
import io.headgate.chat.ToolChoice;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.translate.ClosedSchema;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what Converse hands on to the model as it is, and the form that an answer is to have. */
final class ConverseExtrasWriter {

  private final ChatRequest request;
  private final Traits traits;
  private final Notes notes;
  private final Map<String, @Nullable Object> fields = Nodes.object();
  private final boolean thinks;

  ConverseExtrasWriter(ChatRequest request, Traits traits, Notes notes) {
    this.request = request;
    this.traits = traits;
    this.notes = notes;
    this.thinks = reasoning(request.reasoning());
    topK();
    parallel();
  }

  /** Whether Claude is told to think, which rules out some of the sampling. */
  boolean thinks() {
    return thinks;
  }

  /** Whether Nova is told to think so much that nothing else may limit it. */
  boolean unlimited() {
    return NovaThinking.unlimited(fields.get("reasoningConfig"));
  }

  /** Whether Claude is told in its own words which tools to call. */
  boolean chooses() {
    return fields.containsKey("tool_choice");
  }

  Map<String, @Nullable Object> fields() {
    return fields;
  }

  private boolean reasoning(Reasoning wanted) {
    boolean on = wanted.mode() == Reasoning.Mode.ON;
    switch (traits.reasoning()) {
      case BUDGET -> {
        Long budget = on ? ConverseEfforts.budget(wanted, request.sampling().maxTokens()) : null;
        if (budget != null && mayThink()) {
          fields.put("thinking", Nodes.object("type", "enabled", "budget_tokens", budget));
          return true;
        }
        drop(on && budget == null, "thinking");
      }
      case ADAPTIVE -> {
        return adaptive(wanted, on && mayThink());
      }
      case EFFORT -> {
        if (NovaThinking.applies(traits)) {
          nova(wanted, on);
          return false;
        }
        String word = ConverseEfforts.word(wanted, traits.efforts());
        if (word != null) {
          fields.put("reasoning_effort", word);
        }
        drop(on && word == null, "thinking");
      }
      case NONE, GEMINI_BUDGET, GEMINI_LEVEL, SWITCH -> drop(on, "thinking");
    }
    return false;
  }

  /** It does not think unless told to. */
  private void nova(Reasoning wanted, boolean on) {
    if (on) {
      fields.put("reasoningConfig", NovaThinking.config(wanted, traits));
    }
  }

  private boolean adaptive(Reasoning wanted, boolean on) {
    if (on) {
      Map<String, @Nullable Object> thinking = Nodes.object("type", "adaptive");
      if (wanted.shown() != null) {
        thinking.put("display", wanted.shown() ? "summarized" : "omitted");
      }
      fields.put("thinking", thinking);
    } else if (wanted.mode() == Reasoning.Mode.OFF && traits.can(Traits.Feature.REASONING_OFF)) {
      fields.put("thinking", Nodes.object("type", "disabled"));
    }
    String word =
        wanted.mode() == Reasoning.Mode.OFF ? null : ConverseEfforts.word(wanted, traits.efforts());
    if (word != null) {
      fields.put("output_config", Nodes.object("effort", word));
    }
    return on;
  }

  /** A tool that has to be called is the harder wish: Claude refuses both at once. */
  private boolean mayThink() {
    boolean forced =
        request.toolChoice().kind() == ToolChoice.Kind.REQUIRED && !request.tools().isEmpty();
    drop(forced, "thinking");
    return !forced;
  }

  private void topK() {
    Long topK = request.sampling().topK();
    if (topK != null && traits.maker() == Maker.ANTHROPIC && !thinks) {
      fields.put("top_k", topK);
    } else {
      drop(topK != null, "top_k");
    }
  }

  /** Converse has no word for it; Claude's own is handed on. */
  private void parallel() {
    if (!Boolean.FALSE.equals(request.parallelTools()) || request.tools().isEmpty()) {
      return;
    }
    ToolChoice choice = request.toolChoice();
    boolean free =
        choice.kind() == ToolChoice.Kind.DEFAULT || choice.kind() == ToolChoice.Kind.AUTO;
    if (free && traits.maker() == Maker.ANTHROPIC && traits.can(Traits.Feature.PARALLEL_SWITCH)) {
      fields.put("tool_choice", Nodes.object("type", "auto", "disable_parallel_tool_use", true));
    } else {
      drop(choice.kind() != ToolChoice.Kind.NONE, "parallel_tool_calls");
    }
  }

  private void drop(boolean lost, String name) {
    if (lost) {
      notes.dropped(name);
    }
  }

  /** The form of the answer; null if it is free. */
  @Nullable Map<String, @Nullable Object> outputConfig() {
    OutputFormat format = request.format();
    drop(format.kind() == OutputFormat.Kind.JSON, "response_format");
    if (format.kind() != OutputFormat.Kind.SCHEMA) {
      return null;
    }
    Map<String, @Nullable Object> wanted = format.schema();
    if (wanted != null && traits.maker() == Maker.ANTHROPIC) {
      wanted = new ClosedSchema("response_format", notes).of(wanted);
    }
    String schema = new String(JsonWriter.write(wanted), StandardCharsets.UTF_8);
    Map<String, @Nullable Object> told = Nodes.object("schema", schema);
    if (format.name() != null) {
      told.put("name", format.name());
    }
    if (format.description() != null) {
      told.put("description", format.description());
    }
    return Nodes.object(
        "textFormat",
        Nodes.object("type", "json_schema", "structure", Nodes.object("jsonSchema", told)));
  }
}
