// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.ClosedSchema;
import io.headgate.translate.Notes;
import io.headgate.translate.ToolSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the tools of a request, and whether one has to be called. */
final class ToolWriter {

  private final ChatRequest request;
  private final Notes notes;

  ToolWriter(ChatRequest request, Notes notes) {
    this.request = request;
    this.notes = notes;
  }

  void write(Map<String, @Nullable Object> body) {
    ToolChoice choice = request.toolChoice();
    List<@Nullable Object> tools = new ArrayList<>();
    for (Tool tool : among(choice)) {
      tools.add(tool(tool));
    }
    if (!tools.isEmpty()) {
      body.put("tools", tools);
      Map<String, @Nullable Object> said = choice(choice);
      if (said != null) {
        body.put("tool_choice", said);
      }
      return;
    }
    // A conversation in which tools were called needs them, even if none may be called any more.
    for (String name : called()) {
      tools.add(Nodes.object("name", name, "input_schema", ToolSchema.of(null, notes)));
    }
    if (!tools.isEmpty()) {
      body.put("tools", tools);
      body.put("tool_choice", Nodes.object("type", "none"));
    }
  }

  /** A choice among some tools is a choice among those that are there, unless it is of one. */
  private List<Tool> among(ToolChoice choice) {
    List<Tool> tools = new ArrayList<>(request.tools());
    boolean one = choice.kind() == ToolChoice.Kind.REQUIRED && choice.names().size() == 1;
    if (!one && !choice.names().isEmpty()) {
      tools.removeIf(tool -> !choice.names().contains(tool.name()));
    }
    return tools.isEmpty() ? request.tools() : tools;
  }

  private Set<String> called() {
    Set<String> names = new LinkedHashSet<>();
    for (Turn turn : request.turns()) {
      for (Part part : turn.parts()) {
        if (part instanceof Part.ToolCall call) {
          names.add(call.name());
        }
      }
    }
    return names;
  }

  private Map<String, @Nullable Object> tool(Tool tool) {
    Map<String, @Nullable Object> written = Nodes.object("name", tool.name());
    if (tool.description() != null && !tool.description().isBlank()) {
      written.put("description", tool.description());
    }
    Map<String, @Nullable Object> schema = ToolSchema.of(tool.schema(), notes);
    if (Boolean.TRUE.equals(tool.strict())) {
      Map<String, @Nullable Object> closed = ClosedSchema.held(schema, "tools", notes);
      if (closed != null) {
        schema = closed;
        written.put("strict", true);
      } else {
        notes.dropped("strict");
      }
    }
    written.put("input_schema", schema);
    CacheControls.put(written, tool.cache());
    return written;
  }

  /** Null if there is nothing to say. */
  private @Nullable Map<String, @Nullable Object> choice(ToolChoice choice) {
    boolean single = Boolean.FALSE.equals(request.parallelTools());
    Map<String, @Nullable Object> said =
        switch (choice.kind()) {
          case DEFAULT -> single ? Nodes.object("type", "auto") : null;
          case AUTO -> Nodes.object("type", "auto");
          case REQUIRED ->
              choice.names().size() == 1
                  ? Nodes.object("type", "tool", "name", choice.names().get(0))
                  : Nodes.object("type", "any");
          case NONE -> Nodes.object("type", "none");
        };
    if (said != null && single && choice.kind() != ToolChoice.Kind.NONE) {
      said.put("disable_parallel_tool_use", true);
    }
    return said;
  }
}
