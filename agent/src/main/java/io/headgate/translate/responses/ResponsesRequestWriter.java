// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.StrictSchema;
import io.headgate.translate.Traits;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the request to a provider: the parameters; items and tools have writers of their own. */
final class ResponsesRequestWriter {

  /** The API refuses a lower limit of output. */
  private static final long LEAST_OUTPUT = 16;

  private static final Set<String> TIERS = Set.of("default", "flex", "priority", "scale");

  private final ChatRequest request;
  private final Traits traits;
  private final Notes notes;
  private final Map<String, @Nullable Object> body = new LinkedHashMap<>();
  private final List<@Nullable Object> include = Nodes.array();

  ResponsesRequestWriter(ChatRequest request, Traits traits, Notes notes) {
    this.request = request;
    this.traits = traits;
    this.notes = notes;
  }

  Map<String, @Nullable Object> write() {
    body.put("model", request.model());
    ResponsesItemWriter items = new ResponsesItemWriter(request, traits, notes);
    set("instructions", items.instructions());
    body.put("input", items.input());
    new ResponsesToolWriter(request, traits, notes).write(body);
    sampling();
    format();
    reasoning();
    labels();
    if (!include.isEmpty()) {
      body.put("include", include);
    }
    // The app did not ask this provider to keep anything.
    body.put("store", false);
    if (request.stream()) {
      body.put("stream", true);
    }
    return body;
  }

  private void set(String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  private void sampling() {
    Sampling sampling = request.sampling();
    Long most = sampling.maxTokens();
    if (most != null && most < LEAST_OUTPUT) {
      notes.changed("max_tokens", most, LEAST_OUTPUT);
      most = LEAST_OUTPUT;
    }
    set("max_output_tokens", most);
    set("temperature", sampling.temperature());
    set("top_p", sampling.topP());
    if (sampling.logprobs()) {
      include.add("message.output_text.logprobs");
      set("top_logprobs", sampling.topLogprobs());
    }
    missing("top_k", sampling.topK() != null);
    missing("stop", !sampling.stop().isEmpty());
    missing("seed", sampling.seed() != null);
    missing("frequency_penalty", counts(sampling.frequencyPenalty()));
    missing("presence_penalty", counts(sampling.presencePenalty()));
    Long choices = sampling.choices();
    missing("n", choices != null && choices > 1);
    missing("logit_bias", !sampling.logitBias().isEmpty());
  }

  private static boolean counts(@Nullable BigDecimal penalty) {
    return penalty != null && penalty.signum() != 0;
  }

  private void missing(String name, boolean asked) {
    if (asked) {
      notes.dropped(name);
    }
  }

  private void format() {
    OutputFormat format = request.format();
    switch (format.kind()) {
      case TEXT -> {
        // The default.
      }
      case JSON -> body.put("text", Nodes.object("format", Nodes.object("type", "json_object")));
      case SCHEMA -> body.put("text", Nodes.object("format", schema(format)));
    }
  }

  private Map<String, @Nullable Object> schema(OutputFormat format) {
    Map<String, @Nullable Object> schema = format.schema();
    Map<String, @Nullable Object> written =
        Nodes.object("type", "json_schema", "name", name(format.name()));
    if (format.description() != null) {
      written.put("description", format.description());
    }
    written.put("schema", schema == null ? Nodes.object("type", "object") : schema);
    // An open schema is refused as a strict one.
    written.put("strict", Boolean.TRUE.equals(StrictSchema.strict(format.strict(), schema, notes)));
    return written;
  }

  /** Schemas need a name here; other formats have none, or allow more in it. */
  private static String name(@Nullable String name) {
    String fit = name == null ? "" : name.replaceAll("[^a-zA-Z0-9_-]", "_");
    return fit.isEmpty() ? "structured_output" : fit.substring(0, Math.min(64, fit.length()));
  }

  private void reasoning() {
    Reasoning wish = request.reasoning();
    if (traits.reasoning() != Traits.ReasoningStyle.EFFORT) {
      missing("thinking", wish.mode() == Reasoning.Mode.ON);
      return;
    }
    Map<String, @Nullable Object> reasoning = new LinkedHashMap<>();
    String effort = Efforts.word(wish, traits, notes);
    if (effort != null) {
      reasoning.put("effort", effort);
    }
    if (Boolean.TRUE.equals(wish.shown())) {
      reasoning.put("summary", "auto");
    }
    if (!reasoning.isEmpty()) {
      body.put("reasoning", reasoning);
    }
    // Nothing is stored, so that thoughts have to travel with the conversation.
    include.add("reasoning.encrypted_content");
  }

  private void labels() {
    set(traits.name("user"), request.user());
    set("prompt_cache_key", request.cacheKey());
    String tier = request.serviceTier();
    if (tier != null && TIERS.contains(tier)) {
      body.put("service_tier", tier);
    } else {
      missing("service_tier", tier != null && !tier.equals("auto"));
    }
    if (!request.metadata().isEmpty()) {
      // In an order of its own: the same request is the same bytes.
      body.put("metadata", new TreeMap<>(request.metadata()));
    }
  }
}
