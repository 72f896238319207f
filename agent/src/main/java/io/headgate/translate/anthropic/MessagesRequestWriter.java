// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Sampling;
import io.headgate.chat.Turn;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.translate.ClosedSchema;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the body of a request (Anthropic API reference, Create a Message). */
final class MessagesRequestWriter {

  /** Where the model is not known: the least that any Claude gives. */
  private static final long MAX_TOKENS = 4096;

  /** The longest {@code user_id}. */
  private static final int USER = 256;

  private static final String JSON_ONLY =
      "Answer with a single JSON object and nothing else: no other words, no Markdown.";

  private final ChatRequest request;
  private final Traits traits;
  private final Notes notes;
  private final Map<String, @Nullable Object> body = new LinkedHashMap<>();

  MessagesRequestWriter(ChatRequest request, Traits traits, Notes notes) {
    this.request = request;
    this.traits = traits;
    this.notes = notes;
  }

  Map<String, @Nullable Object> write() {
    long maxTokens = maxTokens();
    envelope();
    body.put("max_tokens", maxTokens);
    new ToolWriter(request, notes).write(body);
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    List<@Nullable Object> system = system();
    format(output, system);
    if (!system.isEmpty()) {
      body.put("system", system);
    }
    body.put("messages", messages());
    Thinking thinking = Thinking.of(request, traits, maxTokens, notes);
    thinking.write(body, output);
    new SamplingWriter(request.sampling(), traits, notes).write(body, thinking.on());
    if (!output.isEmpty()) {
      body.put("output_config", output);
    }
    account();
    return body;
  }

  /** Vertex AI has the model in the path; the path of a stream does not make it one. */
  private void envelope() {
    if (traits.provider().equals("vertex")) {
      body.put("anthropic_version", "vertex-2023-10-16");
    } else {
      body.put("model", request.model());
    }
    if (request.stream()) {
      body.put("stream", true);
    }
  }

  private long maxTokens() {
    Sampling sampling = request.sampling();
    if (sampling.maxTokens() != null) {
      return sampling.maxTokens();
    }
    return traits.maxOutput() > 0 ? traits.maxOutput() : MAX_TOKENS;
  }

  private List<@Nullable Object> system() {
    List<@Nullable Object> blocks = new BlockWriter(notes).blocks(request.system());
    for (Object block : blocks) {
      if (!"text".equals(Nodes.text(block instanceof Map<?, ?> map ? map.get("type") : null))) {
        throw new Ineligible("instructions are more than text");
      }
    }
    return blocks;
  }

  private void format(Map<String, @Nullable Object> output, List<@Nullable Object> system) {
    OutputFormat format = request.format();
    Map<String, @Nullable Object> schema = format.schema();
    switch (format.kind()) {
      case TEXT -> {
        // That is what it is by itself.
      }
      case JSON -> {
        notes.changed("response_format", "json_object", "instruction");
        system.add(Nodes.object("type", "text", "text", JSON_ONLY));
      }
      case SCHEMA -> {
        if (schema != null) {
          schema(schema, output, system);
        }
      }
    }
  }

  private void schema(
      Map<String, @Nullable Object> schema,
      Map<String, @Nullable Object> output,
      List<@Nullable Object> system) {
    Map<String, @Nullable Object> closed = ClosedSchema.held(schema, "response_format", notes);
    if (closed != null) {
      output.put("format", Nodes.object("type", "json_schema", "schema", closed));
      return;
    }
    // Asked of a model that is not Claude, whose answers fitting takes to be held to any schema.
    notes.changed("response_format", "json_schema", "instruction");
    String text = new String(JsonWriter.write(schema), StandardCharsets.UTF_8);
    String told = JSON_ONLY + " It has to fit this JSON Schema:\n" + text;
    system.add(Nodes.object("type", "text", "text", told));
  }

  private List<@Nullable Object> messages() {
    List<@Nullable Object> messages = Nodes.array();
    BlockWriter writer = new BlockWriter(notes);
    List<Turn> turns = request.turns();
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      boolean begun = turn.role() == Turn.Role.ASSISTANT && i == turns.size() - 1;
      List<@Nullable Object> blocks =
          writer.blocks(begun ? withoutEndingBlank(turn.parts()) : turn.parts());
      if (!blocks.isEmpty()) {
        messages.add(Nodes.object("role", role(turn.role()), "content", blocks));
      }
    }
    if (messages.isEmpty()) {
      throw new Ineligible("there is nothing to answer to");
    }
    return messages;
  }

  /** An answer that is begun for the model must not end in white space. */
  private static List<Part> withoutEndingBlank(List<Part> parts) {
    if (parts.isEmpty() || !(parts.get(parts.size() - 1) instanceof Part.Text text)) {
      return parts;
    }
    List<Part> copy = new ArrayList<>(parts);
    copy.set(
        parts.size() - 1,
        new Part.Text(text.text().stripTrailing(), text.cache(), text.citations()));
    return copy;
  }

  private static String role(Turn.Role role) {
    return switch (role) {
      case USER -> "user";
      case ASSISTANT -> "assistant";
      case SYSTEM -> "system";
    };
  }

  /** Who asks, on what terms; and what there is no place for. */
  private void account() {
    String user = request.user();
    if (user != null && !user.isBlank() && user.length() <= USER) {
      body.put("metadata", Nodes.object("user_id", user));
    } else if (user != null && !user.isBlank()) {
      notes.dropped("user");
    }
    String tier = request.serviceTier();
    if ("standard_only".equals(tier)) {
      body.put("service_tier", tier);
    } else if (tier != null && !tier.equals("auto") && !tier.equals("default")) {
      notes.dropped("service_tier");
    }
    if (!request.metadata().isEmpty()) {
      notes.dropped("metadata");
    }
    if (request.cacheKey() != null) {
      notes.dropped("prompt_cache_key");
    }
  }
}
