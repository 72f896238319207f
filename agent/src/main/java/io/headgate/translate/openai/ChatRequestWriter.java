// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.StrictSchema;
import io.headgate.translate.Traits;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a request, with the parameters named as the provider names them. */
final class ChatRequestWriter {

  private static final Set<String> TIERS = Set.of("default", "flex", "priority", "scale");

  /** By its name the switch goes that some have beside the words for effort. */
  private static final String OFF = "reasoning-off";

  private final ChatRequest request;
  private final Traits traits;
  private final Notes notes;
  private final Map<String, @Nullable Object> body = Nodes.object();

  ChatRequestWriter(ChatRequest request, Traits traits, Notes notes) {
    this.request = request;
    this.traits = traits;
    this.notes = notes;
  }

  Map<String, @Nullable Object> write() {
    body.put("model", request.model());
    body.put("messages", new ChatMessageWriter(traits, notes).messages(request));
    new ChatToolWriter(request, traits, notes).into(body);
    format(request.format());
    reasoning();
    sampling(request.sampling());
    if (request.stream()) {
      body.put("stream", true);
      if (traits.can(Traits.Feature.STREAM_OPTIONS)) {
        // Asked for in any case: what a call cost is to be known.
        body.put("stream_options", Nodes.object("include_usage", true));
      }
    }
    put("user", request.user());
    put("prompt_cache_key", request.cacheKey());
    tier(request.serviceTier());
    if (!request.metadata().isEmpty()) {
      metadata();
    }
    return body;
  }

  /** Under the provider's name of it; one without a name is not said. */
  private void put(String name, @Nullable Object value) {
    String theirs = traits.name(name);
    if (value != null && !theirs.isEmpty()) {
      body.put(theirs, value);
    } else if (value != null) {
      notes.dropped(name);
    }
  }

  private void sampling(Sampling sampling) {
    boolean newName = traits.can(Traits.Feature.MAX_COMPLETION_TOKENS);
    put(newName ? "max_completion_tokens" : "max_tokens", sampling.maxTokens());
    put("temperature", sampling.temperature());
    put("top_p", sampling.topP());
    if (traits.can(Traits.Feature.TOP_K)) {
      put("top_k", sampling.topK());
    } else if (sampling.topK() != null) {
      notes.dropped("top_k");
    }
    put("stop", sampling.stop().isEmpty() ? null : sampling.stop());
    put("seed", sampling.seed());
    put("frequency_penalty", sampling.frequencyPenalty());
    put("presence_penalty", sampling.presencePenalty());
    Long choices = sampling.choices();
    put("n", choices != null && choices > 1 ? choices : null);
    boolean logprobs = sampling.logprobs() || sampling.topLogprobs() != null;
    put("logprobs", logprobs ? true : null);
    put("top_logprobs", sampling.topLogprobs());
    // In the same order each time, so that the same request has the same bytes.
    put("logit_bias", sampling.logitBias().isEmpty() ? null : new TreeMap<>(sampling.logitBias()));
  }

  private void format(OutputFormat format) {
    Map<String, @Nullable Object> schema = format.schema();
    if (format.kind() == OutputFormat.Kind.TEXT) {
      return;
    }
    if (schema == null) {
      put("response_format", Nodes.object("type", "json_object"));
      return;
    }
    Map<String, @Nullable Object> said = Nodes.object("name", name(format.name()));
    if (format.description() != null) {
      said.put("description", format.description());
    }
    said.put("schema", schema);
    Boolean strict =
        traits.maker() == Maker.OPENAI
            ? StrictSchema.strict(format.strict(), schema, notes)
            : format.strict();
    if (strict != null) {
      said.put("strict", strict);
    }
    put("response_format", Nodes.object("type", "json_schema", "json_schema", said));
  }

  /** OpenAI wants a name of at most 64 letters, digits, underscores and dashes. */
  private static String name(@Nullable String said) {
    String clean = said == null ? "" : said.replaceAll("[^a-zA-Z0-9_-]", "_");
    return clean.isEmpty() ? "structured_output" : clean.substring(0, Math.min(64, clean.length()));
  }

  private void reasoning() {
    Reasoning reasoning = request.reasoning();
    String off = traits.name(OFF);
    if (reasoning.mode() == Reasoning.Mode.OFF && !off.equals(OFF)) {
      body.put(off, Nodes.object("type", "disabled"));
    } else if (traits.reasoning() == Traits.ReasoningStyle.EFFORT) {
      String word = EffortWords.word(reasoning, traits, notes);
      put("reasoning_effort", word);
    }
  }

  private void tier(@Nullable String tier) {
    if (tier == null || tier.equals("auto")) {
      return;
    }
    // Anthropic's word for the same.
    String ours = tier.equals("standard_only") ? "default" : tier;
    if (TIERS.contains(ours)) {
      put("service_tier", ours);
    } else {
      notes.dropped("service_tier");
    }
  }

  private void metadata() {
    if (traits.can(Traits.Feature.METADATA)) {
      put("metadata", new TreeMap<>(request.metadata()));
    } else {
      // OpenAI takes it only with what it is to store, and nobody asked for that.
      notes.dropped("metadata");
    }
  }
}
