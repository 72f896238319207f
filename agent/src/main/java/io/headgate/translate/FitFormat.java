// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.translate.Traits.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fits the wish for JSON: asked for as such, by a tool, or in words. */
final class FitFormat {

  private static final String JSON = "Answer with one JSON object and nothing else.";
  private static final String SCHEMA =
      "Answer with JSON that is valid by this JSON Schema, and with nothing else: ";

  private final Traits traits;
  private final Notes notes;

  FitFormat(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  /** Whether a tool was added whose arguments are the answer. */
  boolean fit(ChatRequest.Builder request) {
    Map<String, @Nullable Object> schema = request.format.schema();
    return switch (request.format.kind()) {
      case TEXT -> false;
      case JSON -> {
        json(request);
        yield false;
      }
      case SCHEMA -> {
        if (schema == null) {
          request.format = OutputFormat.JSON;
          json(request);
          yield false;
        }
        if (traits.maker() == Maker.OPENAI && !schema.containsKey("type")) {
          schema = typed(schema);
          OutputFormat said = request.format;
          request.format =
              new OutputFormat(said.kind(), said.name(), said.description(), schema, said.strict());
        }
        yield !(enforced(schema) && sayable(request, Feature.SCHEMA)) && schema(request, schema);
      }
    };
  }

  /** Whether the target's answers can be held to the schema. */
  private boolean enforced(Map<String, @Nullable Object> schema) {
    return switch (traits.maker()) {
      // A schema of anything but an object is refused, strict or not.
      case OPENAI -> StrictSchema.rooted(schema);
      case ANTHROPIC -> ClosedSchema.holds(schema);
      case GOOGLE, OTHER -> true;
    };
  }

  private static Map<String, @Nullable Object> typed(Map<String, @Nullable Object> schema) {
    if (!(schema.get("properties") instanceof Map<?, ?>)) {
      return schema;
    }
    Map<String, @Nullable Object> typed = Nodes.object("type", "object");
    typed.putAll(schema);
    return typed;
  }

  private void json(ChatRequest.Builder request) {
    if (!sayable(request, Feature.JSON)) {
      request.format = OutputFormat.TEXT;
      notes.changed("response_format", "json_object", "instruction");
      instruct(request, JSON);
    } else if (!traits.can(Feature.JSON_UNPROMPTED) && !mentioned(request)) {
      // OpenAI and those that copied it refuse the mode if no message names it.
      instruct(request, JSON);
    }
  }

  private boolean schema(ChatRequest.Builder request, Map<String, @Nullable Object> schema) {
    ToolChoice choice = toolChoice(request, schema);
    if (choice != null) {
      List<Tool> tools = new ArrayList<>(request.tools);
      String description = request.format.description();
      tools.add(
          new Tool(
              Fitted.SCHEMA_TOOL,
              description == null ? "Takes the answer." : description,
              schema,
              null,
              null));
      request.tools = tools;
      request.toolChoice = choice;
      request.format = OutputFormat.TEXT;
      notes.changed("response_format", "json_schema", "tool");
      return true;
    }
    // The mode gives nothing but objects.
    boolean object = traits.maker() != Maker.OPENAI || StrictSchema.rooted(schema);
    boolean json = object && sayable(request, Feature.JSON);
    request.format = json ? OutputFormat.JSON : OutputFormat.TEXT;
    notes.changed("response_format", "json_schema", json ? "json_object" : "instruction");
    instruct(request, SCHEMA + new String(JsonWriter.write(schema), StandardCharsets.UTF_8));
    return false;
  }

  /** How the tool is to be chosen beside those of the app; null if it cannot be. */
  private @Nullable ToolChoice toolChoice(
      ChatRequest.Builder request, Map<String, @Nullable Object> schema) {
    boolean taken = request.tools.stream().anyMatch(tool -> tool.name().equals(Fitted.SCHEMA_TOOL));
    if (taken
        || !traits.can(Feature.TOOLS)
        || !traits.can(Feature.NAMED_TOOL)
        || !forcible()
        || !"object".equals(schema.get("type"))) {
      return null;
    }
    if (request.tools.isEmpty() || request.toolChoice.kind() == ToolChoice.Kind.NONE) {
      return ToolChoice.named(Fitted.SCHEMA_TOOL);
    }
    boolean free =
        request.toolChoice.kind() != ToolChoice.Kind.REQUIRED
            && request.toolChoice.names().isEmpty();
    return free && traits.can(Feature.TOOL_CHOICE)
        ? new ToolChoice(ToolChoice.Kind.REQUIRED, List.of())
        : null;
  }

  /** Who cannot be made to call a tool while it thinks, and always thinks, may not call one. */
  private boolean forcible() {
    return traits.can(Feature.FORCED_TOOL_WHILE_THINKING) || !FitReasoning.always(traits);
  }

  private boolean sayable(ChatRequest.Builder request, Feature feature) {
    return traits.can(feature)
        && (request.tools.isEmpty() || traits.can(Feature.FORMAT_WITH_TOOLS));
  }

  private void instruct(ChatRequest.Builder request, String words) {
    Part text = new Part.Text(words);
    if (traits.can(Feature.SYSTEM) || request.turns.isEmpty()) {
      List<Part> system = new ArrayList<>(request.system);
      system.add(text);
      request.system = system;
      return;
    }
    List<Turn> turns = new ArrayList<>(request.turns);
    int at = turns.get(0).role() == Turn.Role.USER ? 0 : -1;
    List<Part> parts = new ArrayList<>();
    parts.add(text);
    if (at == 0) {
      parts.addAll(turns.remove(0).parts());
    }
    turns.add(0, new Turn(Turn.Role.USER, parts));
    request.turns = turns;
  }

  private static boolean mentioned(ChatRequest.Builder request) {
    return mentioned(request.system)
        || request.turns.stream().anyMatch(turn -> mentioned(turn.parts()));
  }

  private static boolean mentioned(List<Part> parts) {
    return parts.stream()
        .anyMatch(
            part ->
                part instanceof Part.Text text
                    && text.text().toLowerCase(Locale.ROOT).contains("json"));
  }
}
