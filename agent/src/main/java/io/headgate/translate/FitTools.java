// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Traits.Feature;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Fits tools and what is said of how to use them. */
final class FitTools {

  private final Traits traits;
  private final Notes notes;

  FitTools(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  void fit(ChatRequest.Builder request) {
    Set<String> called = called(request.turns);
    if (!traits.can(Feature.TOOLS)) {
      refuse(request, called);
      return;
    }
    choice(request, !called.isEmpty());
    if (request.tools.isEmpty() && !called.isEmpty() && !traits.can(Feature.UNDECLARED_TOOLS)) {
      declare(request, called);
    }
    if (request.tools.isEmpty()) {
      request.toolChoice = ToolChoice.DEFAULT;
      request.parallelTools = null;
    }
    if (request.parallelTools != null && !traits.can(Feature.PARALLEL_SWITCH)) {
      if (!request.parallelTools) {
        notes.dropped("parallel_tool_calls");
      }
      request.parallelTools = null;
    }
    strict(request);
  }

  private void refuse(ChatRequest.Builder request, Set<String> called) {
    boolean needed = !request.tools.isEmpty() && request.toolChoice.kind() != ToolChoice.Kind.NONE;
    if (needed || !called.isEmpty()) {
      throw new Ineligible(traits.model() + " takes no tools");
    }
    request.tools = List.of();
    request.toolChoice = ToolChoice.DEFAULT;
    request.parallelTools = null;
  }

  private void choice(ChatRequest.Builder request, boolean history) {
    ToolChoice choice = request.toolChoice;
    if (request.tools.isEmpty()) {
      if (choice.kind() == ToolChoice.Kind.REQUIRED) {
        notes.dropped("tool_choice");
      }
      return;
    }
    switch (choice.kind()) {
      case DEFAULT, AUTO -> {
        if (!choice.names().isEmpty() && !traits.can(Feature.ALLOWED_TOOLS)) {
          only(request, choice.names());
          request.toolChoice = new ToolChoice(choice.kind(), List.of());
        }
      }
      case NONE -> none(request, history);
      case REQUIRED -> required(request);
    }
  }

  private void none(ChatRequest.Builder request, boolean history) {
    if (traits.can(Feature.NO_TOOL)) {
      return;
    }
    request.toolChoice = ToolChoice.DEFAULT;
    if (!history || traits.can(Feature.UNDECLARED_TOOLS)) {
      request.tools = List.of();
    } else {
      notes.dropped("tool_choice");
    }
  }

  private void required(ChatRequest.Builder request) {
    List<String> names = request.toolChoice.names();
    boolean sayable =
        names.isEmpty()
            ? traits.can(Feature.TOOL_CHOICE)
            : names.size() == 1
                ? traits.can(Feature.NAMED_TOOL)
                : traits.can(Feature.ALLOWED_TOOLS);
    if (sayable) {
      return;
    }
    // A choice between those that are there says the same.
    only(request, names);
    boolean one = request.tools.size() == 1 && traits.can(Feature.NAMED_TOOL);
    if (one) {
      request.toolChoice = ToolChoice.named(request.tools.get(0).name());
    } else if (traits.can(Feature.TOOL_CHOICE)) {
      request.toolChoice = new ToolChoice(ToolChoice.Kind.REQUIRED, List.of());
    } else {
      request.toolChoice = ToolChoice.DEFAULT;
      notes.dropped("tool_choice");
    }
  }

  private static void only(ChatRequest.Builder request, List<String> names) {
    List<Tool> left = new ArrayList<>(request.tools);
    left.removeIf(tool -> !names.contains(tool.name()));
    if (!left.isEmpty()) {
      request.tools = left;
    }
  }

  /** Anthropic and Bedrock refuse calls in the history if there are no tools. */
  private void declare(ChatRequest.Builder request, Set<String> called) {
    List<Tool> tools = new ArrayList<>();
    for (String name : called) {
      tools.add(
          new Tool(
              name,
              null,
              Nodes.object("type", "object", "properties", Nodes.object()),
              null,
              null));
    }
    request.tools = tools;
    request.toolChoice =
        traits.can(Feature.NO_TOOL)
            ? new ToolChoice(ToolChoice.Kind.NONE, List.of())
            : ToolChoice.DEFAULT;
    notes.changed("tools", "none", "those of the history");
  }

  private void strict(ChatRequest.Builder request) {
    if (traits.can(Feature.STRICT_TOOLS)) {
      return;
    }
    List<Tool> tools = new ArrayList<>(request.tools.size());
    for (Tool tool : request.tools) {
      if (Boolean.TRUE.equals(tool.strict())) {
        notes.dropped("strict");
      }
      tools.add(
          tool.strict() == null
              ? tool
              : new Tool(tool.name(), tool.description(), tool.schema(), null, tool.cache()));
    }
    request.tools = tools;
  }

  /** The names of the tools that were called before, in order. */
  private static Set<String> called(List<Turn> turns) {
    Set<String> names = new LinkedHashSet<>();
    for (Turn turn : turns) {
      for (Part part : turn.parts()) {
        if (part instanceof Part.ToolCall call) {
          names.add(call.name());
        }
      }
    }
    return names;
  }
}
