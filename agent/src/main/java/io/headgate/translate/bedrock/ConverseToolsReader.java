// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code toolConfig} of a request. */
final class ConverseToolsReader {

  private final Notes notes;
  private final List<String> bound;

  ConverseToolsReader(Notes notes, List<String> bound) {
    this.notes = notes;
    this.bound = bound;
  }

  void read(Map<String, @Nullable Object> config, ChatRequest.Builder request) {
    List<Tool> tools = new ArrayList<>();
    List<@Nullable Object> items = Nodes.list(config.get("tools"));
    for (int i = 0; i < items.size(); i++) {
      Map<String, @Nullable Object> item = Nodes.map(items.get(i));
      if (item != null) {
        tool(i, item, tools);
      }
    }
    request.tools = tools;
    request.toolChoice = choice(Nodes.map(config, "toolChoice"));
  }

  private void tool(int index, Map<String, @Nullable Object> item, List<Tool> tools) {
    Map<String, @Nullable Object> spec = Nodes.map(item.get("toolSpec"));
    if (spec != null) {
      tools.add(
          new Tool(
              Nodes.text(spec.get("name")),
              Nodes.textOrNull(spec.get("description")),
              Nodes.map(Nodes.map(spec, "inputSchema").get("json")),
              spec.get("strict") instanceof Boolean strict ? strict : null,
              null));
    } else if (item.get("cachePoint") == null) {
      item.forEach(
          (kind, value) -> {
            Map<String, @Nullable Object> hosted = Nodes.map(value);
            String name = hosted == null ? "" : " " + Nodes.text(hosted.get("name"));
            bound.add("toolConfig.tools[" + index + "] " + kind + name);
          });
    } else if (tools.isEmpty()) {
      notes.dropped("cachePoint");
    } else {
      Tool last = tools.remove(tools.size() - 1);
      CacheMark mark = ConverseCache.mark(item.get("cachePoint"));
      tools.add(new Tool(last.name(), last.description(), last.schema(), last.strict(), mark));
    }
  }

  private static ToolChoice choice(Map<String, @Nullable Object> choice) {
    if (choice.get("any") != null) {
      return new ToolChoice(ToolChoice.Kind.REQUIRED, List.of());
    }
    if (choice.get("tool") != null) {
      return ToolChoice.named(Nodes.text(Nodes.map(choice, "tool").get("name")));
    }
    return choice.get("auto") == null ? ToolChoice.DEFAULT : ToolChoice.AUTO;
  }
}
