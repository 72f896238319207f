// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the tools of a request, and whether one has to be called. */
final class ToolReader {

  private final List<String> bound;
  private final Notes notes;

  /**
   * @param bound takes the tools that only Anthropic, or only Claude, knows
   */
  ToolReader(List<String> bound, Notes notes) {
    this.bound = bound;
    this.notes = notes;
  }

  List<Tool> tools(@Nullable Object value) {
    List<@Nullable Object> list = Nodes.list(value);
    List<Tool> tools = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      Map<String, @Nullable Object> tool = Nodes.map(list.get(i));
      if (tool == null) {
        continue;
      }
      String place = "tools[" + i + "]";
      String type = Nodes.text(tool.get("type"));
      if (!type.isEmpty() && !type.equals("custom")) {
        bound.add(place + ".type " + type);
        continue;
      }
      tools.add(
          new Tool(
              Nodes.text(tool.get("name")),
              Nodes.textOrNull(tool.get("description")),
              Nodes.map(tool.get("input_schema")),
              tool.get("strict") instanceof Boolean strict ? strict : null,
              BlockReader.mark(tool)));
      for (String other : List.of("defer_loading", "input_examples", "allowed_callers")) {
        Object said = tool.get(other);
        if (!Nodes.empty(said) && !Boolean.FALSE.equals(said)) {
          notes.dropped(place + "." + other);
        }
      }
    }
    return tools;
  }

  static ToolChoice choice(Map<String, @Nullable Object> choice) {
    String name = Nodes.text(choice.get("name"));
    return switch (Nodes.text(choice.get("type"))) {
      case "auto" -> ToolChoice.AUTO;
      case "any" -> new ToolChoice(ToolChoice.Kind.REQUIRED, List.of());
      case "tool" ->
          name.isEmpty()
              ? new ToolChoice(ToolChoice.Kind.REQUIRED, List.of())
              : ToolChoice.named(name);
      case "none" -> new ToolChoice(ToolChoice.Kind.NONE, List.of());
      default -> ToolChoice.DEFAULT;
    };
  }

  /** False if it was switched off. That it is on is the default everywhere. */
  static @Nullable Boolean parallel(Map<String, @Nullable Object> choice) {
    return Boolean.TRUE.equals(choice.get("disable_parallel_tool_use")) ? Boolean.FALSE : null;
  }
}
