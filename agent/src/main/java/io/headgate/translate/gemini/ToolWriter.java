// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes {@code tools} and {@code toolConfig}. */
final class ToolWriter {

  private ToolWriter() {}

  static void write(
      ChatRequest request, GeminiModel model, Map<String, @Nullable Object> body, Notes notes) {
    ToolChoice choice = request.toolChoice();
    boolean free =
        choice.kind() == ToolChoice.Kind.AUTO || choice.kind() == ToolChoice.Kind.DEFAULT;
    List<@Nullable Object> declarations = Nodes.array();
    for (Tool tool : request.tools()) {
      // Only who has to call can be told by name which.
      if (!free || choice.names().isEmpty() || choice.names().contains(tool.name())) {
        declarations.add(declaration(tool, model, notes));
      }
      if (tool.cache() != null) {
        notes.dropped("cache_control");
      }
    }
    if (declarations.isEmpty()) {
      return;
    }
    body.put("tools", Nodes.array(Nodes.object("functionDeclarations", declarations)));
    Map<String, @Nullable Object> calling =
        switch (choice.kind()) {
          case DEFAULT -> null;
          case AUTO -> Nodes.object("mode", "AUTO");
          case NONE -> Nodes.object("mode", "NONE");
          case REQUIRED -> {
            Map<String, @Nullable Object> any = Nodes.object("mode", "ANY");
            if (!choice.names().isEmpty()) {
              any.put("allowedFunctionNames", Nodes.array(choice.names().toArray()));
            }
            yield any;
          }
        };
    if (calling != null) {
      body.put("toolConfig", Nodes.object("functionCallingConfig", calling));
    }
    if (Boolean.FALSE.equals(request.parallelTools())) {
      notes.dropped("parallel_tool_calls");
    }
  }

  private static Map<String, @Nullable Object> declaration(
      Tool tool, GeminiModel model, Notes notes) {
    Map<String, @Nullable Object> declaration = Nodes.object("name", tool.name());
    if (tool.description() != null) {
      declaration.put("description", tool.description());
    }
    Map<String, @Nullable Object> schema = tool.schema();
    if (schema == null || Nodes.empty(schema)) {
      return declaration;
    }
    if (model.takesJsonSchema()) {
      declaration.put("parametersJsonSchema", typed(schema));
    } else if (!Nodes.map(schema, "properties").isEmpty() || !isObject(schema)) {
      Map<String, @Nullable Object> cleaned =
          SchemaCleaner.clean(typed(schema), false, "tools", notes);
      declaration.put("parameters", MergedObject.of(cleaned));
    } // Else it takes no arguments, and these models refuse an object without members.
    return declaration;
  }

  private static boolean isObject(Map<String, @Nullable Object> schema) {
    return !schema.containsKey("$ref")
        && !schema.containsKey("anyOf")
        && !schema.containsKey("oneOf")
        && !schema.containsKey("allOf");
  }

  /** Arguments are an object, whether a schema says so or not. */
  private static Map<String, @Nullable Object> typed(Map<String, @Nullable Object> schema) {
    boolean said = schema.containsKey("type") || !isObject(schema);
    if (said && !schema.containsKey("$schema")) {
      return schema;
    }
    Map<String, @Nullable Object> typed = new LinkedHashMap<>();
    if (!said) {
      typed.put("type", "object");
    }
    typed.putAll(schema);
    typed.remove("$schema");
    return typed;
  }
}
