// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tools, which look as OpenAI's, and what is to be chosen of them. A single one is
 * forced by leaving out the others.
 */
final class CohereTools {

  private final Traits traits;
  private final Notes notes;

  CohereTools(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  void write(ChatRequest request, Map<String, @Nullable Object> body) {
    ToolChoice choice = request.toolChoice();
    List<@Nullable Object> tools = new ArrayList<>();
    boolean allStrict = traits.can(Traits.Feature.STRICT_TOOLS);
    boolean anyStrict = false;
    for (Tool tool : request.tools()) {
      if (choice.names().isEmpty() || choice.names().contains(tool.name())) {
        tools.add(tool(tool));
        boolean strict = Boolean.TRUE.equals(tool.strict());
        allStrict &= strict;
        anyStrict |= strict;
        drop(tool.cache() != null, "cache_control");
      }
    }
    if (tools.isEmpty()) {
      return;
    }
    body.put("tools", tools);
    // It is said of all tools or of none.
    if (allStrict) {
      body.put("strict_tools", true);
    } else {
      drop(anyStrict, "strict");
    }
    switch (choice.kind()) {
      case DEFAULT, AUTO -> {
        // What it is anyway.
      }
      case REQUIRED -> body.put("tool_choice", "REQUIRED");
      case NONE -> body.put("tool_choice", "NONE");
    }
    drop(Boolean.FALSE.equals(request.parallelTools()), "parallel_tool_calls");
  }

  private static Map<String, @Nullable Object> tool(Tool tool) {
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

  private void drop(boolean lost, String name) {
    if (lost) {
      notes.dropped(name);
    }
  }
}
