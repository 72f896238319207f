// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code tools} and {@code toolConfig}. */
final class ToolReader {

  private final List<String> bound;
  private final Notes notes;

  /**
   * @param bound where go the tools that Google runs
   */
  ToolReader(List<String> bound, Notes notes) {
    this.bound = bound;
    this.notes = notes;
  }

  List<Tool> tools(List<@Nullable Object> tools) {
    List<Tool> read = new ArrayList<>();
    for (int i = 0; i < tools.size(); i++) {
      String where = "tools[" + i + "].";
      for (Map.Entry<String, @Nullable Object> member : Spelling.camel(tools.get(i)).entrySet()) {
        if (member.getKey().equals("functionDeclarations")) {
          for (Object declaration : Spelling.list(member.getValue())) {
            declaration(Spelling.camel(declaration), read);
          }
        } else if (member.getValue() != null) {
          bound.add(where + member.getKey());
        }
      }
    }
    return read;
  }

  private void declaration(Map<String, @Nullable Object> declaration, List<Tool> read) {
    String name = Nodes.text(declaration.get("name"));
    if (name.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> schema = Nodes.map(declaration.get("parametersJsonSchema"));
    Map<String, @Nullable Object> parameters = Nodes.map(declaration.get("parameters"));
    if (schema == null && parameters != null) {
      schema = SchemaReader.jsonSchema(parameters);
    }
    for (String member : new String[] {"response", "responseJsonSchema"}) {
      if (Spelling.said(declaration.get(member))) {
        notes.dropped("functionDeclarations." + member);
      }
    }
    if (Spelling.word(declaration.get("behavior")).equals("NON_BLOCKING")) {
      notes.dropped("functionDeclarations.behavior");
    }
    read.add(new Tool(name, Nodes.textOrNull(declaration.get("description")), schema, null, null));
  }

  static ToolChoice choice(Map<String, @Nullable Object> config, Notes notes) {
    Map<String, @Nullable Object> calling = Spelling.camel(config.get("functionCallingConfig"));
    List<String> names = new ArrayList<>();
    for (Object name : Spelling.list(calling.get("allowedFunctionNames"))) {
      if (name instanceof String text && !text.isEmpty()) {
        names.add(text);
      }
    }
    if (Spelling.said(config.get("retrievalConfig"))) {
      notes.dropped("toolConfig.retrievalConfig");
    }
    return switch (Spelling.word(calling.get("mode"))) {
      case "AUTO" -> new ToolChoice(ToolChoice.Kind.AUTO, names);
      case "ANY" -> new ToolChoice(ToolChoice.Kind.REQUIRED, names);
      case "NONE" -> new ToolChoice(ToolChoice.Kind.NONE, List.of());
      case "VALIDATED" -> {
        notes.changed("toolConfig.functionCallingConfig.mode", "VALIDATED", "AUTO");
        yield new ToolChoice(ToolChoice.Kind.AUTO, names);
      }
      default -> new ToolChoice(ToolChoice.Kind.DEFAULT, names);
    };
  }
}
