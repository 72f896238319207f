// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.ClosedSchema;
import io.headgate.translate.Notes;
import io.headgate.translate.ToolSchema;
import io.headgate.translate.Traits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@code toolConfig}. There has to be one as soon as tools were called before, and it
 * has no word for no tool at all.
 */
final class ConverseToolsWriter {

  private final Traits traits;
  private final Notes notes;

  ConverseToolsWriter(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  /**
   * The tools and what is to be chosen of them; null if there are none.
   *
   * @param told whether the model is told of the choice in its own words: it may not be told twice
   */
  @Nullable Map<String, @Nullable Object> write(ChatRequest request, boolean told) {
    Set<String> called = called(request.turns());
    ToolChoice choice = request.toolChoice();
    boolean none = choice.kind() == ToolChoice.Kind.NONE;
    List<@Nullable Object> tools = new ArrayList<>();
    if (!none || !called.isEmpty()) {
      for (Tool tool : request.tools()) {
        if (choice.names().size() < 2 || choice.names().contains(tool.name())) {
          add(tool, tools);
        }
      }
    }
    if (none && !called.isEmpty() && !request.tools().isEmpty()) {
      notes.dropped("tool_choice");
    }
    if (tools.isEmpty()) {
      for (String name : called) {
        Map<String, @Nullable Object> schema = Nodes.object("type", "object");
        tools.add(spec(Nodes.object("name", name, "inputSchema", Nodes.object("json", schema))));
      }
      return tools.isEmpty() ? null : Nodes.object("tools", tools);
    }
    Map<String, @Nullable Object> config = Nodes.object("tools", tools);
    Map<String, @Nullable Object> chosen = told ? null : chosen(choice);
    if (chosen != null) {
      config.put("toolChoice", chosen);
    }
    return config;
  }

  private void add(Tool tool, List<@Nullable Object> tools) {
    Map<String, @Nullable Object> spec = Nodes.object("name", tool.name());
    if (tool.description() != null && !tool.description().isBlank()) {
      spec.put("description", tool.description());
    }
    boolean claude = traits.maker() == Maker.ANTHROPIC;
    Map<String, @Nullable Object> schema =
        claude ? ToolSchema.of(tool.schema(), notes) : schema(tool.schema());
    boolean held = traits.can(Traits.Feature.STRICT_TOOLS);
    if (claude && held && Boolean.TRUE.equals(tool.strict())) {
      Map<String, @Nullable Object> closed = ClosedSchema.held(schema, "tools", notes);
      held = closed != null;
      schema = closed != null ? closed : schema;
    }
    spec.put("inputSchema", Nodes.object("json", schema));
    if (held && tool.strict() != null) {
      spec.put("strict", tool.strict());
    } else if (Boolean.TRUE.equals(tool.strict())) {
      notes.dropped("strict");
    }
    tools.add(spec(spec));
    if (tool.cache() != null) {
      tools.add(ConverseCache.block(tool.cache()));
    }
  }

  private static Map<String, @Nullable Object> spec(Map<String, @Nullable Object> spec) {
    return Nodes.object("toolSpec", spec);
  }

  private static Map<String, @Nullable Object> schema(
      @Nullable Map<String, @Nullable Object> schema) {
    if (schema == null) {
      return Nodes.object("type", "object", "properties", Nodes.object());
    }
    if (schema.get("type") != null) {
      return schema;
    }
    Map<String, @Nullable Object> typed = Nodes.object("type", "object");
    schema.forEach(typed::putIfAbsent);
    return typed;
  }

  private static @Nullable Map<String, @Nullable Object> chosen(ToolChoice choice) {
    return switch (choice.kind()) {
      case DEFAULT, NONE -> null;
      case AUTO -> Nodes.object("auto", Nodes.object());
      case REQUIRED ->
          choice.names().size() == 1
              ? Nodes.object("tool", Nodes.object("name", choice.names().get(0)))
              : Nodes.object("any", Nodes.object());
    };
  }

  /** The names of the tools that were called, in order; a result whose call is gone needs one. */
  private static Set<String> called(List<Turn> turns) {
    Set<String> names = new LinkedHashSet<>();
    boolean results = false;
    for (Turn turn : turns) {
      for (Part part : turn.parts()) {
        if (part instanceof Part.ToolCall call) {
          names.add(call.name());
        }
        results |= part instanceof Part.ToolResult;
      }
    }
    if (results && names.isEmpty()) {
      names.add("tool");
    }
    return names;
  }
}
