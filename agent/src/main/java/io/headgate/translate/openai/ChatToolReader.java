// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.json.Nodes;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the tools of a request and how they are to be chosen; also in their first, legacy form. */
final class ChatToolReader {

  private final Notes notes;
  private final List<String> bound;

  ChatToolReader(Notes notes, List<String> bound) {
    this.notes = notes;
    this.bound = bound;
  }

  void into(ChatRequest.Builder chat, Map<String, @Nullable Object> body) {
    List<Tool> tools = new ArrayList<>();
    List<@Nullable Object> said = Nodes.list(body.get("tools"));
    for (int i = 0; i < said.size(); i++) {
      tool(tools, "tools[" + i + "]", said.get(i));
    }
    List<@Nullable Object> functions = Nodes.list(body.get("functions"));
    for (int i = 0; i < functions.size(); i++) {
      tools.add(function("functions[" + i + "]", functions.get(i), null));
    }
    chat.tools = tools;
    chat.parallelTools = body.get("parallel_tool_calls") instanceof Boolean many ? many : null;
    if (said.isEmpty() && !functions.isEmpty()) {
      // An answer in the legacy form has room for one call.
      chat.parallelTools = false;
      chat.toolChoice = choice("function_call", body.get("function_call"));
    } else {
      chat.toolChoice = choice("tool_choice", body.get("tool_choice"));
    }
  }

  private void tool(List<Tool> tools, String path, @Nullable Object value) {
    Map<String, @Nullable Object> said = Nodes.map(value);
    if (said == null) {
      throw new Ineligible(path + " is no object");
    }
    String type = Nodes.text(said.get("type"));
    if (type.equals("function") || (type.isEmpty() && said.get("function") != null)) {
      tools.add(function(path, said.get("function"), CacheMarks.of(said)));
    } else {
      bound.add(path + ".type " + type);
    }
  }

  private static Tool function(String path, @Nullable Object value, @Nullable CacheMark mark) {
    Map<String, @Nullable Object> said = Nodes.map(value);
    if (said == null || Nodes.text(said.get("name")).isEmpty()) {
      throw new Ineligible(path + " has no name");
    }
    return new Tool(
        Nodes.text(said.get("name")),
        Nodes.textOrNull(said.get("description")),
        Nodes.map(said.get("parameters")),
        said.get("strict") instanceof Boolean strict ? strict : null,
        mark == null ? CacheMarks.of(said) : mark);
  }

  private ToolChoice choice(String path, @Nullable Object said) {
    Map<String, @Nullable Object> object = Nodes.map(said);
    if (object != null) {
      return choice(path, object);
    }
    switch (Nodes.text(said)) {
      case "":
        return ToolChoice.DEFAULT;
      case "auto":
        return ToolChoice.AUTO;
      case "none":
        return new ToolChoice(ToolChoice.Kind.NONE, List.of());
      case "required", "any":
        return new ToolChoice(ToolChoice.Kind.REQUIRED, List.of());
      default:
        notes.dropped(path);
        return ToolChoice.DEFAULT;
    }
  }

  private ToolChoice choice(String path, Map<String, @Nullable Object> said) {
    String type = Nodes.text(said.get("type"));
    if (type.equals("allowed_tools")) {
      return allowed(path, Nodes.map(said, "allowed_tools"));
    }
    String name = Nodes.text(Nodes.map(said, "function").get("name"));
    name = name.isEmpty() ? Nodes.text(said.get("name")) : name;
    if ((type.isEmpty() || type.equals("function")) && !name.isEmpty()) {
      return ToolChoice.named(name);
    }
    bound.add(path + ".type " + type);
    return ToolChoice.DEFAULT;
  }

  private ToolChoice allowed(String path, Map<String, @Nullable Object> said) {
    List<String> names = new ArrayList<>();
    for (Object tool : Nodes.list(said.get("tools"))) {
      Map<String, @Nullable Object> one = Nodes.map(tool);
      String name = one == null ? "" : Nodes.text(Nodes.map(one, "function").get("name"));
      if (name.isEmpty()) {
        bound.add(path + ".allowed_tools");
      } else {
        names.add(name);
      }
    }
    boolean required = Nodes.text(said.get("mode")).equals("required");
    return new ToolChoice(required ? ToolChoice.Kind.REQUIRED : ToolChoice.Kind.AUTO, names);
  }
}
