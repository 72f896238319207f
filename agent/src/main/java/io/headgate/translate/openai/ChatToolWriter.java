// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.StrictSchema;
import io.headgate.translate.Traits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes tools and how they are to be chosen. */
final class ChatToolWriter {

  /** Who knows {@code allowed_tools}; the others are just given fewer tools. */
  private static final Set<String> OPENAI_ITSELF = Set.of("openai", "azure");

  private final ChatRequest request;
  private final Traits traits;
  private final Notes notes;

  ChatToolWriter(ChatRequest request, Traits traits, Notes notes) {
    this.request = request;
    this.traits = traits;
    this.notes = notes;
  }

  void into(Map<String, @Nullable Object> body) {
    if (request.tools().isEmpty()) {
      // A choice without tools is refused.
      return;
    }
    List<String> names = request.toolChoice().names();
    boolean one = names.size() == 1 && request.toolChoice().kind() == ToolChoice.Kind.REQUIRED;
    boolean fewer = !names.isEmpty() && !one && !OPENAI_ITSELF.contains(traits.provider());
    List<@Nullable Object> tools = Nodes.array();
    for (Tool tool : request.tools()) {
      if (!fewer || names.contains(tool.name())) {
        tools.add(tool(tool));
      }
    }
    body.put("tools", tools);
    Object choice = choice(request.toolChoice(), one, fewer);
    if (choice != null) {
      body.put("tool_choice", choice);
    }
    String parallel = traits.name("parallel_tool_calls");
    if (request.parallelTools() != null && !parallel.isEmpty()) {
      body.put(parallel, request.parallelTools());
    }
  }

  private Map<String, @Nullable Object> tool(Tool tool) {
    Map<String, @Nullable Object> function = Nodes.object("name", tool.name());
    if (tool.description() != null) {
      function.put("description", tool.description());
    }
    Map<String, @Nullable Object> schema = tool.schema();
    if (schema != null) {
      function.put("parameters", typed(schema));
    } else if (traits.maker() != Maker.OPENAI) {
      // OpenAI may do without, others may not.
      function.put("parameters", Nodes.object("type", "object", "properties", Nodes.object()));
    }
    Boolean strict =
        traits.maker() == Maker.OPENAI
            ? StrictSchema.strict(tool.strict(), schema, notes)
            : tool.strict();
    if (strict != null && traits.can(Traits.Feature.STRICT_TOOLS)) {
      function.put("strict", strict);
    }
    Map<String, @Nullable Object> written = Nodes.object("type", "function", "function", function);
    CacheMark mark = tool.cache();
    if (mark != null && traits.can(Traits.Feature.CACHE_MARKS)) {
      written.put("cache_control", CacheMarks.written(mark));
    } else if (mark != null) {
      notes.dropped("cache_control");
    }
    return written;
  }

  /** The root has to say that it is an object. */
  private static Map<String, @Nullable Object> typed(Map<String, @Nullable Object> schema) {
    for (String tells : List.of("type", "$ref", "anyOf", "oneOf", "allOf")) {
      if (schema.containsKey(tells)) {
        return schema;
      }
    }
    Map<String, @Nullable Object> typed = Nodes.object("type", "object");
    typed.putAll(schema);
    if (!typed.containsKey("properties")) {
      typed.put("properties", Nodes.object());
    }
    return typed;
  }

  private @Nullable Object choice(ToolChoice choice, boolean one, boolean fewer) {
    if (one) {
      return function(choice.names().get(0));
    }
    String word =
        switch (choice.kind()) {
          case DEFAULT -> null;
          case AUTO -> "auto";
          case NONE -> "none";
          // Mistral calls it "any".
          case REQUIRED -> traits.name("required");
        };
    boolean some = !choice.names().isEmpty() && !fewer && choice.kind() != ToolChoice.Kind.NONE;
    return some ? allowed(choice) : word;
  }

  private static Map<String, @Nullable Object> allowed(ToolChoice choice) {
    List<@Nullable Object> tools = Nodes.array();
    choice.names().forEach(name -> tools.add(function(name)));
    String mode = choice.kind() == ToolChoice.Kind.REQUIRED ? "required" : "auto";
    return Nodes.object(
        "type", "allowed_tools", "allowed_tools", Nodes.object("mode", mode, "tools", tools));
  }

  private static Map<String, @Nullable Object> function(String name) {
    return Nodes.object("type", "function", "function", Nodes.object("name", name));
  }
}
