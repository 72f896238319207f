// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.StrictSchema;
import io.headgate.translate.Traits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the tools of a request, and whether one has to be called. */
final class ResponsesToolWriter {

  private final ChatRequest request;
  private final Traits traits;
  private final Notes notes;

  ResponsesToolWriter(ChatRequest request, Traits traits, Notes notes) {
    this.request = request;
    this.traits = traits;
    this.notes = notes;
  }

  void write(Map<String, @Nullable Object> body) {
    if (request.tools().isEmpty()) {
      return; // A choice among no tools is refused.
    }
    List<@Nullable Object> tools = Nodes.array();
    for (Tool tool : request.tools()) {
      tools.add(function(tool));
    }
    body.put("tools", tools);
    Object choice = choice(request.toolChoice());
    if (choice != null) {
      body.put("tool_choice", choice);
    }
    if (request.parallelTools() != null) {
      body.put("parallel_tool_calls", request.parallelTools());
    }
  }

  private Map<String, @Nullable Object> function(Tool tool) {
    if (tool.cache() != null) {
      notes.dropped("cache_control");
    }
    Map<String, @Nullable Object> written = Nodes.object("type", "function", "name", tool.name());
    if (tool.description() != null) {
      written.put("description", tool.description());
    }
    Map<String, @Nullable Object> schema = tool.schema();
    written.put(
        "parameters",
        schema == null ? Nodes.object("type", "object", "properties", Nodes.object()) : schema);
    // Said in any case: what is not said is strict here, unlike anywhere else.
    written.put("strict", strict(tool, schema));
    return written;
  }

  private boolean strict(Tool tool, @Nullable Map<String, @Nullable Object> schema) {
    return traits.can(Traits.Feature.STRICT_TOOLS)
        && Boolean.TRUE.equals(StrictSchema.strict(tool.strict(), schema, notes));
  }

  private static @Nullable Object choice(ToolChoice choice) {
    String mode =
        switch (choice.kind()) {
          case DEFAULT -> null;
          case AUTO -> "auto";
          case REQUIRED -> "required";
          case NONE -> "none";
        };
    if (choice.names().isEmpty() || mode == null || mode.equals("none")) {
      return mode;
    }
    if (mode.equals("required") && choice.names().size() == 1) {
      return function(choice.names().get(0));
    }
    List<@Nullable Object> tools = Nodes.array();
    choice.names().forEach(name -> tools.add(function(name)));
    return Nodes.object("type", "allowed_tools", "mode", mode, "tools", tools);
  }

  private static Map<String, @Nullable Object> function(String name) {
    return Nodes.object("type", "function", "name", name);
  }
}
