// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.json.Nodes;
import io.headgate.translate.StrictSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the tools of a request, and whether one has to be called. */
final class ResponsesToolReader {

  private final List<String> bound;

  /**
   * @param bound where to tell of tools that OpenAI runs, or that take no JSON
   */
  ResponsesToolReader(List<String> bound) {
    this.bound = bound;
  }

  List<Tool> tools(List<@Nullable Object> tools) {
    List<Tool> functions = new ArrayList<>();
    for (int i = 0; i < tools.size(); i++) {
      Map<String, @Nullable Object> tool = Nodes.map(tools.get(i));
      String type = tool == null ? "" : Nodes.text(tool.get("type"));
      if (tool != null && type.equals("function")) {
        functions.add(function(tool));
      } else {
        bound.add("tools[" + i + "].type " + type);
      }
    }
    return functions;
  }

  private static Tool function(Map<String, @Nullable Object> tool) {
    Map<String, @Nullable Object> schema = Nodes.map(tool.get("parameters"));
    return new Tool(
        Nodes.text(tool.get("name")),
        Nodes.textOrNull(tool.get("description")),
        schema,
        strict(tool.get("strict"), schema),
        null);
  }

  /**
   * Functions are strict unless the app says otherwise. OpenAI then bends a schema that was not
   * written for it; others refuse such a schema, so that it is told of as strict only if it could
   * be.
   */
  private static @Nullable Boolean strict(
      @Nullable Object said, @Nullable Map<String, @Nullable Object> schema) {
    if (said instanceof Boolean flag) {
      return flag;
    }
    return (schema == null || StrictSchema.fits(schema)) ? Boolean.TRUE : null;
  }

  ToolChoice choice(@Nullable Object choice) {
    Map<String, @Nullable Object> map = Nodes.map(choice);
    if (map == null) {
      return byWord(Nodes.text(choice));
    }
    String type = Nodes.text(map.get("type"));
    switch (type) {
      case "function":
        return ToolChoice.named(Nodes.text(map.get("name")));
      case "allowed_tools":
        return allowed(map);
      case "auto":
      case "none":
      case "required":
        return byWord(type);
      default:
        bound.add("tool_choice.type " + type);
        return ToolChoice.DEFAULT;
    }
  }

  private static ToolChoice byWord(String word) {
    return switch (word) {
      case "auto" -> ToolChoice.AUTO;
      case "required" -> new ToolChoice(ToolChoice.Kind.REQUIRED, List.of());
      case "none" -> new ToolChoice(ToolChoice.Kind.NONE, List.of());
      default -> ToolChoice.DEFAULT;
    };
  }

  private ToolChoice allowed(Map<String, @Nullable Object> choice) {
    List<String> names = new ArrayList<>();
    List<@Nullable Object> tools = Nodes.list(choice.get("tools"));
    for (int i = 0; i < tools.size(); i++) {
      Map<String, @Nullable Object> tool = Nodes.map(tools.get(i));
      String type = tool == null ? "" : Nodes.text(tool.get("type"));
      if (tool != null && type.equals("function")) {
        names.add(Nodes.text(tool.get("name")));
      } else {
        bound.add("tool_choice.tools[" + i + "].type " + type);
      }
    }
    boolean required = "required".equals(choice.get("mode"));
    return new ToolChoice(required ? ToolChoice.Kind.REQUIRED : ToolChoice.Kind.AUTO, names);
  }
}
