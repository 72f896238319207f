// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.json.JsonNumber;
import io.headgate.json.Nodes;
import io.headgate.translate.AppRequest;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the request of an app: the parameters; items and tools have readers of their own. */
final class ResponsesRequestReader {

  /** Parameters that are read, or that change nothing about an answer that comes from elsewhere. */
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "input",
          "instructions",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "max_output_tokens",
          "temperature",
          "top_p",
          "top_logprobs",
          "include",
          "reasoning",
          "text",
          "user",
          "safety_identifier",
          "prompt_cache_key",
          "service_tier",
          "metadata",
          "stream",
          // Random padding, and what is told of a stream that is told of anyway.
          "stream_options");

  /** What only who keeps the app's state can do. */
  private static final List<String> STATE =
      List.of("previous_response_id", "conversation", "prompt");

  private final Map<String, @Nullable Object> body;
  private final String pathModel;
  private final Notes notes;
  private final List<String> bound = new ArrayList<>();
  private final ChatRequest.Builder request = ChatRequest.builder();

  ResponsesRequestReader(AppRequest request, Notes notes) {
    this.body = request.body();
    String model = request.endpoint().model();
    this.pathModel = model == null ? "" : model;
    this.notes = notes;
  }

  ChatRequest read() {
    String model = Nodes.text(body.get("model"));
    request.model = model.isEmpty() ? pathModel : model;
    state();
    input();
    ResponsesToolReader tools = new ResponsesToolReader(bound);
    request.tools = tools.tools(Nodes.list(body.get("tools")));
    request.toolChoice = tools.choice(body.get("tool_choice"));
    request.parallelTools = body.get("parallel_tool_calls") instanceof Boolean flag ? flag : null;
    request.sampling = sampling();
    request.reasoning = reasoning();
    text();
    request.stream = Boolean.TRUE.equals(body.get("stream"));
    request.streamUsage = request.stream; // The last event has it, asked for or not.
    labels();
    unknown();
    request.bound = bound;
    return request.build();
  }

  private void state() {
    for (String name : STATE) {
      if (body.get(name) != null) {
        bound.add(name);
      }
    }
    if (Boolean.TRUE.equals(body.get("background"))) {
      bound.add("background");
    }
  }

  private void input() {
    ResponsesItemReader items = new ResponsesItemReader(bound);
    Object input = body.get("input");
    if (input instanceof CharSequence text) {
      items.text(text.toString());
    } else if (input instanceof List<?>) {
      items.read(Nodes.list(input));
    } else if (bound.isEmpty()) {
      throw new Ineligible("input is neither a text nor a list");
    }
    List<Part> system = new ArrayList<>();
    String instructions = Nodes.text(body.get("instructions"));
    if (!instructions.isEmpty()) {
      system.add(new Part.Text(instructions));
    }
    system.addAll(items.system());
    request.system = system;
    request.turns = items.turns();
  }

  private Sampling sampling() {
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = Nodes.whole(body.get("max_output_tokens"));
    sampling.temperature = Nodes.decimal(body.get("temperature"));
    sampling.topP = Nodes.decimal(body.get("top_p"));
    Long top = Nodes.whole(body.get("top_logprobs"));
    boolean wanted =
        Nodes.list(body.get("include")).contains("message.output_text.logprobs")
            || (top != null && top > 0);
    sampling.logprobs = wanted;
    sampling.topLogprobs = wanted ? top : null;
    return sampling.build();
  }

  private Reasoning reasoning() {
    Map<String, @Nullable Object> wish = Nodes.map(body, "reasoning");
    Object summary =
        wish.get("summary") == null ? wish.get("generate_summary") : wish.get("summary");
    Boolean shown = summary == null ? null : Boolean.TRUE;
    String word = Nodes.text(wish.get("effort")).toLowerCase(Locale.ROOT);
    if (word.equals("none")) {
      return Reasoning.OFF;
    }
    for (Reasoning.Effort effort : Reasoning.Effort.values()) {
      if (effort.name().toLowerCase(Locale.ROOT).equals(word)) {
        return new Reasoning(Reasoning.Mode.ON, effort, null, shown);
      }
    }
    if (!word.isEmpty()) {
      notes.dropped("reasoning.effort");
    }
    return new Reasoning(Reasoning.Mode.DEFAULT, null, null, shown);
  }

  private void text() {
    Map<String, @Nullable Object> text = Nodes.map(body, "text");
    String verbosity = Nodes.text(text.get("verbosity"));
    if (!verbosity.isEmpty() && !verbosity.equals("medium")) {
      notes.dropped("text.verbosity");
    }
    Map<String, @Nullable Object> format = Nodes.map(text, "format");
    Map<String, @Nullable Object> schema = Nodes.map(format.get("schema"));
    switch (Nodes.text(format.get("type"))) {
      case "json_schema" ->
          request.format =
              schema == null
                  ? OutputFormat.JSON
                  : new OutputFormat(
                      OutputFormat.Kind.SCHEMA,
                      Nodes.textOrNull(format.get("name")),
                      Nodes.textOrNull(format.get("description")),
                      schema,
                      format.get("strict") instanceof Boolean flag ? flag : null);
      case "json_object" -> request.format = OutputFormat.JSON;
      case "text", "" -> request.format = OutputFormat.TEXT;
      default -> bound.add("text.format.type " + Nodes.text(format.get("type")));
    }
  }

  private void labels() {
    String user = Nodes.textOrNull(body.get("safety_identifier"));
    request.user = user == null ? Nodes.textOrNull(body.get("user")) : user;
    request.cacheKey = Nodes.textOrNull(body.get("prompt_cache_key"));
    String tier = Nodes.textOrNull(body.get("service_tier"));
    request.serviceTier = "auto".equals(tier) ? null : tier;
    Map<String, String> metadata = new LinkedHashMap<>();
    Nodes.map(body, "metadata")
        .forEach(
            (name, value) -> {
              if (value instanceof CharSequence
                  || value instanceof JsonNumber
                  || value instanceof Boolean) {
                metadata.put(name, value.toString());
              }
            });
    request.metadata = metadata;
  }

  /** What else there is has no place in a request to somebody else. */
  private void unknown() {
    body.forEach(
        (name, value) -> {
          boolean idle =
              value == null
                  || Boolean.FALSE.equals(value)
                  || (name.equals("truncation") && "disabled".equals(value));
          if (!idle
              && !KNOWN.contains(name)
              && !STATE.contains(name)
              && !name.equals("background")) {
            notes.dropped(name);
          }
        });
  }
}
